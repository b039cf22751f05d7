"""`psm publish TEMPAT`: the office's site on another machine, its snapshot last;
cut, killed, and beside a newer register.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.credentials.lists.paths import SNAPSHOT
from psm_course.registrar.certificates.announcing import Waiting, waiting_to_be_announced
from psm_course.settings import read_settings
from psm_course.site.output.listed import HALF, MANIFEST, listed_in
from psm_course.store.opening import open_register
from tests.cli.conftest import PASSPHRASE, Psm
from tests.conftest import ROOT
from tests.faults.office_folder import some_pages

# Fixtures.
from tests.upload.conftest import Place, account, in_folder, store, store_place  # noqa: F401
from tests.upload.servers import SshServer


@pytest.fixture
def ssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SshServer]:
    server = SshServer(tmp_path / "ssh")
    monkeypatch.setenv("HOME", str(server.home))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    yield server
    server.door.close()


@pytest.fixture
def away(ssh: SshServer, tmp_path: Path) -> Place:
    folder = tmp_path / "server"
    folder.mkdir()
    return in_folder(ssh, folder)


@pytest.fixture
def publishing(signing: Psm, course: Path) -> Psm:
    """The office with its pages built, in their smallest form."""
    some_pages(course, "Kursus")
    return signing


def grown(course: Path) -> None:
    """Every page is 30 kB that cannot be made smaller:
    more than a connection lets in that is cut after 40,000 bytes.
    """
    some_pages(course, random.Random(1).randbytes(15_000).hex())  # noqa: S311 - no secret


def version(content: bytes) -> int:
    return int(json.loads(content)["version"])


def site_here(course: Path) -> dict[str, bytes]:
    site = course / "var" / "site"
    return {
        path.as_posix(): (site / path).read_bytes() for path in listed_in(site, site / MANIFEST)
    }


def test_the_site_arrives_and_then_only_what_changed(
    publishing: Psm, away: Place, course: Path
) -> None:
    first = publishing("publish", away.typed)
    publishing("issue", "D26")
    second = publishing("publish", away.typed)

    count = len(away.shown())
    assert (first.code, first.err) == (0, "")
    assert f"Sampai di {away.typed}: " in first.out
    assert "Unggah" not in first.out
    assert (second.code, version(away.shown()[SNAPSHOT])) == (0, 2)
    assert away.shown() == site_here(course)
    assert f"{count} semuanya" in second.out
    assert f"{count} berkas baru" not in second.out


def test_the_place_may_be_written_down_once(publishing: Psm, away: Place, course: Path) -> None:
    with (course / "psm.toml").open("a", encoding="utf-8") as written:
        written.write(f'publish_to = "{away.typed}"\n')

    sent = publishing("publish")
    kept_here = publishing("publish", "--out", "salinan")

    assert (sent.code, version(away.shown()[SNAPSHOT])) == (0, 1)
    assert (kept_here.code, "snapshot ke-2. Unggah" in kept_here.out) == (0, True)
    assert version((course / "salinan" / SNAPSHOT).read_bytes()) == 2
    assert version(away.shown()[SNAPSHOT]) == 1


def test_a_folder_may_be_named_too(publishing: Psm, course: Path) -> None:
    ran = publishing("publish", "situs-lain")

    assert (ran.code, version((course / "situs-lain" / SNAPSHOT).read_bytes())) == (0, 1)
    assert ran.out == Contains("Situs lengkap", "di situs-lain: ")
    assert ran.out == Contains("membuka folder lain? Unggah")


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("berkas.txt", ["berkas.txt adalah berkas"]),
        ("modules", ["sudah berisi berkas lain", "modules/situs"]),
    ],
)
def test_nothing_is_signed_for_a_folder_that_cannot_take_the_site(
    publishing: Psm, course: Path, folder: str, said: list[str]
) -> None:
    (course / "berkas.txt").write_text("", encoding="utf-8")

    refused = publishing("publish", folder)
    first = publishing("publish", "situs-lain")

    assert refused == (2, "", Contains(*said))
    assert "snapshot ke-1." in first.out


def test_nothing_is_signed_before_there_are_pages(signing: Psm, course: Path) -> None:
    refused = signing("publish")
    some_pages(course, "Kursus")

    assert refused == (2, "", Contains("Belum ada situs", "psm build"))
    assert "snapshot ke-1." in signing("publish").out


def waiting(course: Path) -> Waiting:
    settings = read_settings(course, {})
    with open_register(settings) as register:
        return waiting_to_be_announced(register, settings, datetime.now(UTC))


def test_what_was_signed_and_could_not_be_written_still_waits(
    publishing: Psm, course: Path
) -> None:
    site = course / "var" / "site"
    publishing("publish")
    publishing("issue", "D26")
    (site / HALF).write_text(
        "", encoding="utf-8"
    )  # as on a disk that is full: nothing new can be laid there

    failed = publishing("publish")
    still = waiting(course)
    (site / HALF).unlink()
    again = publishing("publish")

    assert failed.code == 3
    assert failed.err == Contains("Snapshot ke-2", "belum diumumkan", ": psm publish\n")
    assert still == Waiting(2, unsent=str(site))
    assert (again.code, waiting(course)) == (0, Waiting())


def test_a_copy_in_a_folder_has_not_reached_the_place_that_is_written_down(
    publishing: Psm, away: Place, course: Path
) -> None:
    with (course / "psm.toml").open("a", encoding="utf-8") as written:
        written.write(f'publish_to = "{away.typed}"\n')
    publishing("issue", "D26")

    publishing("publish", "--out", "salinan")
    before = waiting(course)
    publishing("publish")

    assert before == Waiting(2, unsent=away.typed)
    assert waiting(course) == Waiting()


def test_nothing_is_signed_while_the_place_is_not_there(
    publishing: Psm, ssh: SshServer, away: Place, course: Path
) -> None:
    ssh.know(None)

    ran = publishing("publish", away.typed)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == Contains("belum mengenal 127.0.0.1", "SHA256:")
    assert not (course / "var" / "site").exists()


def test_what_is_cut_is_said_and_goes_on(publishing: Psm, away: Place, course: Path) -> None:
    publishing("publish", away.typed)
    before = away.shown()
    grown(course)
    away.door.left = 40_000

    cut = publishing("publish", away.typed)
    seen = away.shown()
    away.door.left = None
    again = publishing("publish", away.typed)

    assert (cut.code, seen) == (3, before)
    assert cut.err.startswith(f"Belum sampai di {away.typed}: ")
    assert cut.err == Contains(
        "Snapshot ke-2 sudah ditandatangani",
        f"di {course / 'var' / 'site'}.",
        f"psm publish {away.typed};",
    )
    assert (again.code, version(away.shown()[SNAPSHOT])) == (0, 3)
    assert away.shown() == site_here(course)


def test_a_publishing_that_is_killed_goes_on(publishing: Psm, away: Place, course: Path) -> None:
    """While it waits for a server that takes in nothing more: killed there for certain."""
    publishing("publish", away.typed)
    before = away.shown()
    grown(course)
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PSM_KEY_PASSPHRASE": PASSPHRASE}
    away.door.hold_after(40_000)
    with subprocess.Popen(
        [sys.executable, "-m", "psm_course.cli.main", "publish", away.typed],
        cwd=course,
        env=environment,
    ) as running:
        away.door.held.wait()
        running.send_signal(signal.SIGKILL)
    seen = away.shown()
    away.door.let_go()

    again = publishing("publish", away.typed)

    assert seen == before
    assert (again.code, away.shown()) == (0, site_here(course))


def test_a_register_that_knows_less_than_the_place_announces_nothing(
    publishing: Psm, away: Place, course: Path, tmp_path: Path
) -> None:
    """An older day's folder was copied back, its site too; only the other machine has seen more."""
    publishing("publish", away.typed)
    shutil.copytree(course / "var", tmp_path / "lama")
    publishing("issue", "D26")
    publishing("publish", away.typed)
    before = away.look()
    shutil.rmtree(course / "var")
    shutil.copytree(tmp_path / "lama", course / "var")

    ran = publishing("publish", away.typed)

    assert ran.code == 2
    assert ran.err == Contains("lebih tua", "pernah diterbitkan, dicetak")
    assert "psm restore BERKAS" in ran.err
    assert away.look() == before


def test_another_offices_site_is_left_alone(
    publishing: Psm, away: Place, course: Path, tmp_path: Path
) -> None:
    publishing("publish", away.typed)
    before = away.look()
    (course / "psm.toml").write_text(
        'site_address = "https://dinsos.bogor.go.id/psm"\n', encoding="utf-8"
    )
    shutil.rmtree(course / "var" / "keys")
    publishing("keys", "new")

    ran = publishing("publish", away.typed)

    assert ran.code == 2
    assert f"{away.typed} ada situs kantor lain (" in ran.err
    assert away.look() == before


def test_into_an_object_store(
    publishing: Psm,
    store_place: Place,  # noqa: F811
    course: Path,
) -> None:
    first = publishing("publish", store_place.typed)
    publishing("issue", "D26")
    second = publishing("publish", store_place.typed)

    plain = {
        path: content for path, content in site_here(course).items() if not path.endswith(".gz")
    }
    assert (first.code, second.code, second.err) == (0, 0, "")
    assert (store_place.shown(), version(store_place.shown()[SNAPSHOT])) == (plain, 2)
