"""`psm init --open`: one page in a browser asks, and nothing is written before its answer."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from dirty_equals import Contains
from playwright.sync_api import Browser, Page, expect

from psm_course.cli.office.serve import own_port
from psm_course.errors import Refused
from psm_course.registrar.accounts.accounts import list_accounts
from psm_course.settings import read_settings
from psm_course.store.opening import open_register
from tests.axe import axe_findings
from tests.cli.conftest import Psm
from tests.cli.office.test_serve import free_port
from tests.faults.processes import until

COMMAND = [sys.executable, "-m", "psm_course.cli.main", "init"]
PASSWORD = "tiga gelas kopi pahit"  # noqa: S105 - of a made-up office


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
    assert "kata dari pola" in said
    assert "Traceback" not in said


def test_a_port_in_use_is_said_with_the_same_command_for_another(psm: Psm, tmp_path: Path) -> None:
    folder = tmp_path / "kantor baru"
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = int(listening.getsockname()[1])
        ran = psm("init", folder, "--kota", "32.71", "--port", str(port), "--open")

    assert ran == (
        2,
        "",
        Contains(
            f"Port {port} sedang dipakai",
            f": psm init '{folder}' --kota 32.71 --open --port {port + 1}\n",
        ),
    )
    assert not folder.exists()


def test_a_port_that_was_taken_meanwhile_is_said_with_where_to_type_what(
    tmp_path: Path,
) -> None:
    """The site is built, so all that is left to do is to serve it."""
    command = f"cd {tmp_path}, lalu psm serve"

    with socket.create_server(("127.0.0.1", 0)) as listening, pytest.raises(Refused) as refused:
        own_port(int(listening.getsockname()[1]), command)

    assert f"Coba: {command} --port " in str(refused.value)


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("/proc/kantor", ("Folder /proc/kantor ", "tidak dapat dibuat: ")),
        ("/proc/baru/kantor", ("Folder /proc/baru/kantor ", "tidak dapat dibuat: ")),
        ("berkas.txt/kantor", ("berkas.txt/kantor ", "tidak dapat dibuat: ")),
        ("berkas.txt", ("berkas.txt adalah berkas",)),
        ("penuh", ("penuh sudah berisi", "tidak ada yang diubah")),
    ],
)
def test_a_folder_that_cannot_be_used_is_refused_before_anything_is_asked(
    tmp_path: Path, folder: str, said: tuple[str, ...]
) -> None:
    (tmp_path / "berkas.txt").touch()
    (tmp_path / "penuh").mkdir()
    (tmp_path / "penuh" / "surat.txt").touch()
    before = sorted(tmp_path.rglob("*"))

    ran = subprocess.run(
        [*COMMAND, tmp_path / folder, "--open", "--port", str(free_port())],
        env=os.environ | {"BROWSER": "true"},
        capture_output=True,
        text=True,
        timeout=60,  # rather than wait for an answer in a browser
        check=False,
    )

    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == Contains(*said)
    assert sorted(tmp_path.rglob("*")) == before


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
