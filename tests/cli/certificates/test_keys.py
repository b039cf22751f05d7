"""Keys at the keyboard: the ceremony, the list, the rotation, and the day one leaks."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.local_time import day
from psm_course.site.output.listed import MANIFEST
from tests.built import note_searched
from tests.cli.conftest import Psm
from tests.conftest import ROOT, BuiltCourse

PASSPHRASE = "empat kata yang acak"  # noqa: S105 - of keys that live for one test
NO_KEY = Contains("Belum ada kunci", "psm keys new")


def key_names(psm: Psm) -> list[str]:
    return [
        key["public_key"][-12:] for key in json.loads(psm("keys", "list", "--json").out)["keys"]
    ]


def commands(said: str) -> list[str]:
    """The commands that are named, in their order."""
    return re.findall(r"psm(?: [\w-]+)+", said)


def at_a_terminal(course: Path, words: list[str], *typed: tuple[str, str]) -> tuple[int, list[str]]:
    """The exit code and the screen's lines, when each question is answered at once."""
    master, screen = os.openpty()
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PSM_")
    } | {"PYTHONPATH": str(ROOT)}
    command = ["setsid", "--ctty", sys.executable, "-m", "psm_course.cli.main", *words]
    with subprocess.Popen(
        command, cwd=course, env=environment, stdin=screen, stdout=screen, stderr=screen
    ) as process:
        os.close(screen)
        shown = b""
        for question, answer in typed:
            begin = len(shown)
            while question.encode() not in shown[begin:]:
                shown += os.read(master, 4096)
            os.write(master, f"{answer}\n".encode())
        with suppress(OSError):  # so a terminal ends whose program has left
            while more := os.read(master, 4096):
                shown += more
    os.close(master)
    return process.returncode, shown.decode().splitlines()


def test_the_passphrase_is_typed_twice_and_never_shown(psm: Psm, course: Path) -> None:
    (course / "psm.toml").write_text(
        'site_address = "https://dinsos.depok.go.id/psm"\n', encoding="utf-8"
    )

    code, shown = at_a_terminal(
        course, ["keys", "new"], ("kunci baru: ", PASSPHRASE), ("sekali lagi: ", PASSPHRASE)
    )

    (name,) = key_names(psm)
    assert code == 0
    assert shown == [
        "Frasa sandi kunci baru: ",
        "Ketik sekali lagi: ",
        f"Kunci …{name} dibuat di {course / 'var/keys'}.",
        "Penerbit: did:web:dinsos.depok.go.id:psm",
        Contains("dua tempat", "psm build", "psm publish"),
    ]
    kept = ["cadangan.json", f"{name}.kunci", "keys.json"]
    assert sorted(path.name for path in (course / "var/keys").iterdir()) == sorted(kept)


def test_two_passphrases_that_differ_are_said_in_indonesian(course: Path) -> None:
    first, other = ("kunci baru: ", PASSPHRASE), ("sekali lagi: ", "satu yang lain sama sekali")

    code, shown = at_a_terminal(
        course, ["keys", "new"], first, other, first, ("sekali lagi: ", PASSPHRASE)
    )

    assert (code, shown[2]) == (0, Contains("Keduanya tidak sama"))


def test_a_second_key_is_refused_before_a_passphrase_is_thought_of(
    psm: Psm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSM_KEY_PASSPHRASE", PASSPHRASE)
    psm("keys", "new")
    monkeypatch.delenv("PSM_KEY_PASSPHRASE")

    assert psm("keys", "new") == (2, "", Contains("Sudah ada kunci", "psm keys rotate"))


def test_a_key_for_trials_is_not_rotated_and_that_is_said_before_a_passphrase(
    psm: Psm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSM_KEY_PASSPHRASE", PASSPHRASE)
    psm("keys", "new")
    monkeypatch.delenv("PSM_KEY_PASSPHRASE")

    ran = psm("keys", "rotate")

    assert ran == (2, "", Contains("dibuat untuk percobaan", "site_address", "psm keys new"))


@pytest.mark.parametrize("words", ["keys list", "keys new", "keys publish", "verify x", "build"])
def test_a_broken_list_of_keys_is_said_and_not_replaced(
    psm: Psm, course: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setenv("PSM_KEY_PASSPHRASE", PASSPHRASE)
    psm("keys", "new")
    listed = course / "var/keys/keys.json"
    listed.write_text('{"rusak', encoding="utf-8")

    ran = psm(*words.split())

    assert (ran.code, ran.err.splitlines()[-1]) == (
        2,
        Contains(f"Daftar kunci {listed} rusak", "salinan folder kunci", "jangan membuat"),
    )
    assert listed.read_text(encoding="utf-8") == '{"rusak'


def test_before_the_site_has_an_address_a_key_is_for_trials(
    psm: Psm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSM_KEY_PASSPHRASE", PASSPHRASE)

    assert psm("keys", "new").out == Contains("untuk percobaan saja", "site_address")


@pytest.mark.parametrize(
    "words", ["keys list", "keys rotate", "keys retire abcd", "keys compromised abcd --yes"]
)
def test_without_a_key_every_command_says_how_to_make_one(
    psm: Psm, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSM_KEY_PASSPHRASE", PASSPHRASE)

    assert psm(*words.split()) == (2, "", NO_KEY)


def test_a_short_passphrase_is_refused(
    psm: Psm, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSM_KEY_PASSPHRASE", "pendek")

    ran = psm("keys", "new")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == Contains("terlalu pendek", "12 huruf")
    assert not (course / "var/keys").exists()


def test_the_list_tells_the_history_of_each_key(signing: Psm) -> None:
    (first,) = key_names(signing)
    today = day(datetime.now(UTC))
    assert signing("keys", "rotate").code == 0
    _, second = key_names(signing)
    struck = signing("keys", "compromised", f"…{first}", "--yes").out
    assert struck == Contains("Kunci dicoret")
    assert commands(struck) == ["psm keys resign", "psm publish"]
    assert signing("keys", "retire", second).out == Contains("dihentikan", "psm publish")
    signing("keys", "new")

    lines = signing("keys", "list").out.splitlines()

    assert lines[0].endswith(": did:web:dinsos.depok.go.id:psm")
    assert lines[1:] == [
        Contains(f"…{first}  dibuat {today}: DICORET {today}", "tidak dipercaya"),
        Contains(
            f"…{second}  dibuat {today}: tidak dipakai sejak {today}",
            "sudah ditandatanganinya berlaku",
        ),
        f"  …{key_names(signing)[2]}  dibuat {today}: dipakai",
    ]


def test_a_key_is_struck_off_only_after_a_yes(signing: Psm) -> None:
    (name,) = key_names(signing)

    refused = signing("keys", "compromised", name, stdin=b"t\n")

    assert (refused.code, refused.err) == (2, "Dibatalkan.\n")
    assert [
        key["compromised_at"] for key in json.loads(signing("keys", "list", "--json").out)["keys"]
    ] == [None]


def test_after_a_leak_everything_is_signed_and_printed_anew(signing: Psm, course: Path) -> None:
    signing("issue", "D26")
    folder = course / "var/records/D26"
    old = {path.name: path.read_bytes() for path in folder.iterdir()}
    (course / "lama.pdf").write_bytes(next(iter(old.values())))
    (leaked,) = key_names(signing)

    struck = signing("keys", "compromised", leaked, "--yes")
    made = signing("keys", "new")
    resigned = signing("keys", "resign", leaked, "--reason", "laptop kantor hilang")

    assert struck.out == Contains("Kunci dicoret")
    assert commands(struck.out) == ["psm keys new", "psm keys resign", "psm publish"]
    assert made.code == 0
    assert resigned.out == Contains("ditandatangani ulang")
    assert commands(resigned.out) == ["psm issue D26", "psm publish"]
    assert list(folder.iterdir()) == []
    assert signing("issue", "D26").out.splitlines() == [
        Contains("0 sertifikat baru, 2 sudah ada", "2 PDF dicetak", str(folder))
    ]
    assert {path.name for path in folder.iterdir()} == set(old)
    assert json.loads(signing("verify", "lama.pdf", "--json").out)["verdict"] == "revoked"
    assert signing("verify", folder).out.splitlines()[-1] == "2 diperiksa: 2 asli"
    assert signing("keys", "resign", leaked, "--reason", "sekali lagi saja").out == Contains(
        "Tidak ada sertifikat", "memakai kunci itu"
    )


@pytest.fixture
def composed(signing: Psm, course: Path, site: BuiltCourse) -> Psm:
    """An office whose pages have been composed."""
    shutil.copytree(site.work / "_build" / "html", course / "var" / "build" / "_build" / "html")
    note_searched(course / "var" / "build")
    return signing


def test_without_pages_nothing_is_put_anywhere(signing: Psm) -> None:
    assert signing("publish").err == Contains("Belum ada situs", "psm build")


@pytest.mark.parametrize("words", ["publish", "keys publish"])
def test_everything_is_announced_without_building_the_pages(
    composed: Psm, course: Path, words: str
) -> None:
    composed("issue", "D26")

    ran = composed(*words.split(), "--out", "situs")

    count = sum(path.is_file() and path.name != MANIFEST for path in (course / "situs").rglob("*"))
    assert ran.out.splitlines() == [
        Contains(
            f"di situs: {count} berkas", f"per {day(datetime.now(UTC))}", "snapshot ke-1. Unggah"
        ),
        Contains("belum punya kunci akar", "psm keys root BERKAS"),
    ]
    certificate = next((course / "var/records/D26").glob("*.pdf"))
    found = json.loads(composed("verify", certificate, "--site", course / "situs", "--json").out)
    assert (found["verdict"], found["status_as_of"][:10]) == (
        "valid",
        datetime.now(UTC).date().isoformat(),
    )
    kept = (course / "situs" / "sw.js").read_text(
        encoding="utf-8"
    )  # part of the release that phones keep
    assert ('"perbaikan.json"' in kept, '"snapshot.json"' in kept) == (True, True)


def test_a_strike_off_is_announced_with_the_offline_key_from_the_stick(
    composed: Psm, course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSM_ROOT_PASSPHRASE", "frasa kunci akar lain")
    stick = tmp_path / "akar.kunci"
    inside = composed("keys", "root", course / "akar.kunci")
    made = composed("keys", "root", stick)
    composed("issue", "D26")
    composed("publish", "--out", "situs")
    shutil.copytree(course / "situs", tmp_path / "dulu")
    certificate = next((course / "var/records/D26").glob("*.pdf"))
    (tmp_path / "lama.pdf").write_bytes(certificate.read_bytes())
    (leaked,) = key_names(composed)
    struck = composed("keys", "compromised", leaked, "--yes")
    composed("keys", "new")
    composed("keys", "resign", leaked, "--reason", "laptop kantor hilang")
    composed("issue", "D26")

    refused = composed("publish", "--out", "situs")
    announced = composed("publish", "--out", "situs", "--root", stick)

    assert (inside.code, "disimpan di folder kursus" in inside.err) == (2, True)
    assert made.out == Contains(f"dibuat di {stick}.", "satu salinan", "jauh dari laptop")
    assert struck.out == Contains("Kunci dicoret")
    assert commands(struck.out) == [
        "psm keys new",
        "psm keys resign",
        "psm publish --root BERKAS",
    ]
    assert (refused.code, refused.err) == (
        2,
        Contains("Sebuah kunci dicoret", "psm publish --root BERKAS"),
    )
    assert announced.out.splitlines()[-1] == Contains("snapshot ke-2. Unggah")
    both = ("--site", tmp_path / "dulu", "--site", course / "situs", "--json")
    assert [
        json.loads(composed("verify", pdf, *both).out)["verdict"]
        for pdf in (tmp_path / "lama.pdf", certificate)
    ] == [
        "revoked",
        "valid",
    ]


def test_after_a_rotation_the_key_before_signs_along(
    composed: Psm, course: Path, tmp_path: Path
) -> None:
    composed("issue", "D26")
    composed("publish", "--out", "situs")
    shutil.copytree(course / "situs", tmp_path / "dulu")
    composed("keys", "rotate")

    announced = composed("publish", "--out", "situs")

    certificate = next((course / "var/records/D26").glob("*.pdf"))
    found = json.loads(
        composed(
            "verify", certificate, "--site", tmp_path / "dulu", "--site", course / "situs", "--json"
        ).out
    )
    assert (announced.code, found["verdict"]) == (0, "valid")
    assert [path.name for path in (course / "situs/snapshot").glob("*.json")] == ["2.json"]
