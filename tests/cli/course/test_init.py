"""`psm init`: a course folder is begun, whole or not at all, for any city; or in a browser."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from psm_course.cli.office.serve import own_port
from psm_course.content.course import read_course
from psm_course.errors import Refused, cause
from psm_course.registrar.accounts.accounts import list_accounts
from psm_course.settings import read_settings
from psm_course.starting import starter
from psm_course.store.opening import open_register
from tests.axe import axe_findings
from tests.cli.conftest import Psm
from tests.cli.office.test_serve import free_port
from tests.faults.processes import until

COMMAND = [sys.executable, "-m", "psm_course.cli.main", "init"]
PASSWORD = "tiga gelas kopi pahit"  # noqa: S105 - of a made-up office


def errors(psm: Psm, root: Path) -> list[tuple[str, str]]:
    found: list[dict[str, Any]] = json.loads(psm("check", root, "--json").out)["problems"]
    return [
        (problem["file"], problem["message"]) for problem in found if problem["severity"] == "error"
    ]


def test_the_course_is_there_and_passes_its_check(psm: Psm, tmp_path: Path) -> None:
    ran = psm("init", tmp_path / "kantor")
    spaced = psm("init", tmp_path / "kantor baru")

    assert (ran.code, ran.err) == (0, "")
    assert f"Langkah berikutnya: cd '{tmp_path}/kantor baru', lalu psm build" in spaced.out
    assert f"Kursus untuk Kota Depok ditulis di {tmp_path / 'kantor'}.\n" in ran.out
    assert sorted(path.name for path in (tmp_path / "kantor").iterdir()) == [
        "_config.yml",
        "book",
        "modules",
        "psm.toml",
        "quizzes",
    ]
    assert not (tmp_path / "kantor" / "book" / "maintaining").exists()
    assert errors(psm, tmp_path / "kantor") == []
    assert read_settings(tmp_path / "kantor", {}).office == "32.76"


def test_it_may_be_read_by_whoever_works_on_the_course(psm: Psm, tmp_path: Path) -> None:
    psm("init", tmp_path / "kantor")

    assert stat.S_IMODE((tmp_path / "kantor").stat().st_mode) == 0o755


def test_another_city_has_its_region_and_none_of_the_other_s_numbers(
    psm: Psm, tmp_path: Path
) -> None:
    ran = psm("init", tmp_path / "bogor", "--kota", "32.71")
    root = tmp_path / "bogor"
    course, _ = read_course(root)

    assert ran.code == 0
    assert "Kursus untuk Kota Bogor ditulis di" in ran.out
    assert course is not None
    assert (course.region.name, course.file.organiser) == ("Kota Bogor", "Dinas Sosial Kota Bogor")
    assert "Depok" not in (root / "modules" / "bantuan.yml").read_text(encoding="utf-8")
    assert not {"0811-1186-598", "0812-8775-3740"} & set(
        (root / "modules" / "bantuan.yml").read_text(encoding="utf-8").split('"')
    )
    assert {file for file, _ in errors(psm, root)} == {
        "modules/bantuan.yml",
        "modules/tinjauan.yml",
    }


def test_what_still_speaks_of_the_other_city_is_listed(psm: Psm, tmp_path: Path) -> None:
    psm("init", tmp_path / "bogor", "--kota", "Kota Bogor")
    root = tmp_path / "bogor"
    naming = {
        path.relative_to(root).as_posix()
        for folder in starter.FOLDERS
        for path in (root / folder).rglob("*.*")
        if path.suffix in {".md", ".ipynb", ".yml"} and "Depok" in path.read_text(encoding="utf-8")
    }
    listed = {
        line.split("`")[1]
        for line in (root / starter.TODO).read_text(encoding="utf-8").splitlines()
        if line.startswith("- [ ]")
    }

    assert naming
    assert listed == naming


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["kursus"], "sudah berisi. Pilih nama folder yang baru; tidak ada yang diubah."),
        (["berkas.txt"], "adalah berkas. Pilih nama folder yang baru."),
        (["kantor", "--kota", "99.99"], 'Kota "99.99" tidak dikenal. Tulis kode Kemendagri-nya'),
    ],
)
def test_what_cannot_be_is_said_and_nothing_written(
    psm: Psm, course: Path, arguments: list[str], said: str
) -> None:
    (course.parent / "berkas.txt").write_text("", encoding="utf-8")
    before = sorted(course.parent.rglob("*"))

    ran = psm("init", course.parent / arguments[0], *arguments[1:])

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert sorted(course.parent.rglob("*")) == before


def test_an_empty_folder_is_taken(psm: Psm, tmp_path: Path) -> None:
    (tmp_path / "kosong").mkdir()

    assert psm("init", tmp_path / "kosong").code == 0
    assert (tmp_path / "kosong" / "modules" / "course.yml").is_file()


@pytest.mark.parametrize("named", [".", ""])
def test_the_folder_in_which_a_terminal_stands_stays_that_folder(
    psm: Psm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    """It may be a disk of its own, or stand in one where this account may not write."""
    here = tmp_path / "kosong"
    here.mkdir(mode=0o750)
    monkeypatch.chdir(here)
    before = here.stat()

    ran = psm("init", named)

    assert (ran.code, ran.err) == (0, "")
    assert (here.stat().st_ino, here.stat().st_mode) == (before.st_ino, before.st_mode)
    assert sorted(path.name for path in Path.cwd().iterdir()) == [
        "_config.yml",
        "book",
        "modules",
        "psm.toml",
        "quizzes",
    ]
    assert "cd " not in ran.out


def test_what_cannot_be_moved_into_a_folder_leaves_it_empty(tmp_path: Path) -> None:
    made, root = tmp_path / "jadi", tmp_path / "kosong"
    made.mkdir()
    (made / "a").write_text("", encoding="utf-8")
    (made / "b").mkdir()
    (root / "b").mkdir(parents=True)
    (root / "b" / "ada").write_text("", encoding="utf-8")

    with pytest.raises(OSError, match="not empty"):
        starter._move_into(root, made)

    assert [path.name for path in root.iterdir()] == ["b"]
    assert sorted(path.name for path in made.iterdir()) == ["a", "b"]


def test_where_nothing_can_be_written_it_says_so(psm: Psm, tmp_path: Path) -> None:
    ran = psm("init", Path("/proc/kantor"))

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Folder /proc/kantor tidak dapat dibuat: ")


def test_a_disk_that_is_full_leaves_nothing(
    psm: Psm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starter, "CONFIG", "tidak-ada.yml")  # the last file cannot be copied

    ran = psm("init", tmp_path / "kantor")

    assert (ran.code, ran.out) == (3, "")
    assert "tidak selesai ditulis" in ran.err
    assert "Tidak ada yang tertinggal." in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["kursus"]


# ---- in a browser --------------------------------------------------------------------------------


class Beginning:
    """`psm init FOLDER --open` in a process of its own, and what it opened in the browser."""

    def __init__(self, tmp_path: Path, *more: str) -> None:
        self.folder, self.port, self.opened = (
            tmp_path / "kantor",
            free_port(),
            tmp_path / "dibuka.txt",
        )
        browser = tmp_path / "peramban.sh"
        browser.write_text(f'#!/bin/sh\necho "$1" >> "{self.opened}"\n', encoding="utf-8")
        browser.chmod(0o755)
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("PSM_")
        } | {"BROWSER": str(browser)}
        self.process = subprocess.Popen(
            [*COMMAND, str(self.folder), "--open", "--port", str(self.port), *more],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def addresses(self) -> list[str]:
        return self.opened.read_text(encoding="utf-8").split() if self.opened.is_file() else []

    def address(self) -> str:
        until(self.addresses)
        until(self._is_listening)
        return self.addresses()[0]

    def _is_listening(self) -> bool:
        with closing(socket.socket()) as asking:
            return asking.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> str:
        self.process.send_signal(signal.SIGINT)
        return self.process.communicate(timeout=60)[0]


@pytest.fixture
def beginning(tmp_path: Path) -> Iterator[Beginning]:
    begun = Beginning(tmp_path, "--kota", "32.71")
    yield begun
    if begun.process.poll() is None:
        begun.stop()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with closing(chromium.new_page(viewport={"width": 360, "height": 640})) as opened:
        yield opened


def answer(page: Page, **typed: str) -> None:
    for label, words in typed.items():
        page.locator(f"#{label}").fill(words)
    page.get_by_role("button", name="Mulai").click()


def test_one_page_asks_what_is_a_city_s_own(page: Page, beginning: Beginning) -> None:
    page.goto(beginning.address())
    assert page.locator("#kota").input_value() == "32.71 Kota Bogor"
    assert axe_findings(page) == []

    answer(
        page,
        kop="PEMERINTAH KOTA BOGOR\nDINAS SOSIAL",
        penanda="Rina Wulandari",
        akun="sari",
        sandi="bogor",
    )
    expect(page.get_by_role("alert")).to_contain_text("Kata sandi terlalu pendek")
    assert not beginning.folder.exists()
    assert page.locator("#kop").input_value() == "PEMERINTAH KOTA BOGOR\nDINAS SOSIAL"

    answer(page, sandi=PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Kursus sudah ditulis")
    said = beginning.process.communicate(timeout=300)[0]

    where = read_settings(beginning.folder, {})
    assert (where.office, where.letterhead_lines, where.signatory_name) == (
        "32.71",
        ("PEMERINTAH KOTA BOGOR", "DINAS SOSIAL"),
        "Rina Wulandari",
    )
    with open_register(where) as store:
        assert [(account.name, account.role) for account in list_accounts(store)] == [
            ("sari", "petugas")
        ]
    # Another city's help numbers are not known yet: no site is made that sends somebody to ours.
    assert beginning.process.returncode == 1
    assert "kata dari pola belum diganti" in said
    assert "Traceback" not in said


def test_a_port_in_use_is_said_with_the_same_command_for_another(psm: Psm, tmp_path: Path) -> None:
    folder = tmp_path / "kantor baru"
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = int(listening.getsockname()[1])
        ran = psm("init", folder, "--kota", "32.71", "--port", str(port), "--open")

    assert ran == (
        2,
        "",
        (
            f"Port {port} sedang dipakai. Coba: psm init '{folder}' --kota 32.71 --open"
            f" --port {port + 1}\n"
        ),
    )
    assert not folder.exists()


def test_a_port_that_was_taken_meanwhile_is_said_with_where_to_type_what(
    tmp_path: Path,
) -> None:
    """The site is built, so all that is left to do is to serve it."""
    with socket.create_server(("127.0.0.1", 0)) as listening, pytest.raises(Refused) as refused:
        own_port(int(listening.getsockname()[1]), f"cd {tmp_path}, lalu psm serve")

    assert f"Coba: cd {tmp_path}, lalu psm serve --port " in str(refused.value)


@pytest.mark.parametrize("way", ["no key", "another site", "another host"])
def test_a_stranger_is_not_answered(page: Page, beginning: Beginning, way: str) -> None:
    address = beginning.address()
    bare = address.split("?")[0]
    if way == "no key":
        answered = page.request.get(bare)
    elif way == "another site":
        answered = page.request.post(
            bare, form={"kunci": address.split("=")[1]}, headers={"Origin": "https://lain.example"}
        )
    else:
        answered = page.request.get(address, headers={"Host": "lain.example"})

    assert answered.status in {400, 403, 422}
    assert "Akun petugas pertama" not in answered.text() or way == "another site"
    assert not beginning.folder.exists()


def test_ctrl_c_before_an_answer_leaves_nothing(beginning: Beginning) -> None:
    beginning.address()

    said = beginning.stop()

    assert beginning.process.returncode == 2
    assert "Dibatalkan." in said
    assert not beginning.folder.exists()


def test_a_copy_that_failed_says_why(tmp_path: Path) -> None:
    (tmp_path / "modul").mkdir()
    (tmp_path / "modul" / "hilang.md").symlink_to(tmp_path / "tidak-ada.md")

    with pytest.raises(shutil.Error) as failed:
        shutil.copytree(tmp_path / "modul", tmp_path / "salinan")

    assert cause(failed.value) == "tidak ditemukan"
