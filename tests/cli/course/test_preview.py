"""`psm preview` as a process of its own, looked at in a real browser: what is saved is shown, what
is wrong is said, nothing stops it.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
from dirty_equals import Contains
from playwright.sync_api import Browser, Error, Page, expect

from tests.builders import CONTENTS, a_course, a_notebook, code_cell, edit, markdown_cell, write
from tests.cli.conftest import REPOSITORY, Psm
from tests.cli.office.test_serve import free_port

LESSON = "modules/01-menyapa/01-salam"
QUIZ = "quizzes/latihan-salam.yml"
PRACTICE = """\
id: latihan-salam
title: Latihan salam
use: practice
module: 01-menyapa
items:
  - id: ketuk
    type: choice
    objective: sapa-warga
    prompt: Apa yang Anda lakukan di depan pintu?
    choices:
      - {id: a, text: Mengetuk dan memberi salam, correct: yes, feedback: Begitulah tamu yang baik.}
      - {id: b, text: Langsung masuk, feedback: Rumah orang bukan kantor kita.}
    explanation: Warga berhak menolak tamu.
    source: Panduan kursus
"""
# Long enough for a machine on which everything else is being tested too;
# passing takes a second or two.
PATIENCE = 60_000


class Preview:
    """A running `psm preview` and the folder it watches."""

    def __init__(self, place: Path) -> None:
        self.root, self._log, self.port = (
            a_written_course(place / "kursus"),
            place / "keluaran",
            free_port(),
        )
        self.address = f"http://127.0.0.1:{self.port}"
        command = [
            sys.executable,
            "-u",
            "-m",
            "psm_course.cli.main",
            "preview",
            "--port",
            str(self.port),
        ]
        with self._log.open("w") as stream:
            self.process = subprocess.Popen(command, cwd=self.root, stdout=stream, stderr=stream)

    @property
    def said(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def open(self, page: Page) -> None:
        """The lesson, opened as soon as the server answers:
        once it is built, and put right after the test before.
        """
        while True:
            try:
                page.goto(f"{self.address}/{LESSON}.html")
                break
            except Error:
                assert self.process.poll() is None, self.said
                page.wait_for_timeout(200)
        see(page, "Apa yang Anda lakukan di depan pintu?")
        see(page, "Kalimat pertama.")
        page.locator("aside.preview-box").wait_for(
            state="attached"
        )  # its script runs: from now on the page asks, and is told

    def answer_to(self, path: str) -> int:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request("GET", path)
            return connection.getresponse().status


def a_written_course(root: Path) -> Path:
    """A course of one lesson that shows one practice quiz."""
    a_course(root)
    write(root, QUIZ, PRACTICE)
    write(root, "book/_toc.yml", CONTENTS)
    write(root, "_config.yml", (REPOSITORY / "_config.yml").read_text(encoding="utf-8"))
    text = markdown_cell("judul", "# Menyapa warga\n\nKalimat pertama.")
    write(
        root,
        f"{LESSON}.ipynb",
        a_notebook(text, markdown_cell("kuis", "```{quiz} latihan-salam\n```")),
    )
    return root


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One preview for all tests: it is meant to run for a day of writing."""
    preview = Preview(tmp_path_factory.mktemp("pratinjau"))
    yield preview
    preview.process.kill()
    preview.process.wait()


@pytest.fixture
def preview(running: Preview) -> Iterator[Preview]:
    """What a test wrote is put right again."""
    kept = {
        path: path.read_bytes()
        for path in running.root.rglob("*")
        if path.is_file() and "var" not in path.parts
    }
    yield running
    for path, content in kept.items():
        if path.read_bytes() != content:
            path.write_bytes(content)


@pytest.fixture
def page(chromium: Browser, preview: Preview) -> Iterator[Page]:
    page = chromium.new_page()
    preview.open(page)
    yield page
    page.close()


def see(page: Page, text: str) -> None:
    expect(page.locator("main")).to_contain_text(text, timeout=PATIENCE)


def be_told(page: Page, text: str) -> None:
    expect(page.locator("aside.preview-box")).to_contain_text(text, timeout=PATIENCE)


def not_be_told_anything(page: Page) -> None:
    expect(page.locator("aside.preview-box")).to_be_hidden(timeout=PATIENCE)


def test_saved_changes_appear_in_the_open_page_by_themselves(preview: Preview, page: Page) -> None:
    edit(
        preview.root,
        QUIZ,
        "Apa yang Anda lakukan di depan pintu?",
        "Apa yang Anda lakukan di halaman?",
    )
    see(page, "Apa yang Anda lakukan di halaman?")

    edit(preview.root, f"{LESSON}.ipynb", "Kalimat pertama.", "Kalimat yang diganti.")
    see(page, "Kalimat yang diganti.")

    edit(preview.root, "modules/01-menyapa/index.md", "# Menyapa warga", "# Bertamu")
    expect(page.get_by_label("Halaman sebelum dan sesudah ini")).to_contain_text(
        "Bertamu", timeout=PATIENCE
    )


def test_a_broken_quiz_is_said_with_its_line_and_comes_back_when_mended(
    preview: Preview, page: Page
) -> None:
    edit(preview.root, QUIZ, "title: Latihan salam", "title: Latihan: salam")

    be_told(page, f"{QUIZ}:2:")
    see(page, '"latihan-salam" tidak ada')
    see(page, "Kalimat pertama.")

    edit(preview.root, QUIZ, "title: Latihan: salam", "title: Latihan bertamu")

    see(page, "Latihan bertamu")
    not_be_told_anything(page)


def test_a_quiz_written_after_the_page_that_shows_it_appears(preview: Preview, page: Page) -> None:
    edit(preview.root, f"{LESSON}.ipynb", "{quiz} latihan-salam", "{quiz} latihan-baru")
    see(page, '"latihan-baru" tidak ada')

    write(
        preview.root,
        "quizzes/latihan-baru.yml",
        PRACTICE.replace("latihan-salam", "latihan-baru").replace("di depan pintu", "di jalan"),
    )

    see(page, "Apa yang Anda lakukan di jalan?")


@pytest.mark.parametrize(
    ("path", "good", "bad", "said"),
    [
        ("modules/course.yml", "hours: 2", "hours: [2", "modules/course.yml:"),
        ("book/_toc.yml", "chapters:", "chapters: x", "book/_toc.yml:6:13: ada titik dua"),
        ("book/_toc.yml", "format: jb-book", "format: jb-buku", "Halaman belum dapat disusun:"),
        (
            f"{LESSON}.ipynb",
            '"nbformat": 4',
            '"nbformat": ',
            f"{LESSON}.ipynb:1:1: notebook ini rusak",
        ),
    ],
)
def test_pages_stay_while_a_file_cannot_be_read(
    preview: Preview, page: Page, path: str, good: str, bad: str, said: str
) -> None:
    edit(preview.root, path, good, bad)
    be_told(page, said)
    see(page, "Kalimat pertama.")

    edit(preview.root, path, bad, good)
    edit(preview.root, f"{LESSON}.ipynb", "Kalimat pertama.", "Kalimat sesudah diperbaiki.")

    see(page, "Kalimat sesudah diperbaiki.")
    not_be_told_anything(page)


def test_a_lesson_that_fails_keeps_its_text_and_names_the_cell(
    preview: Preview, page: Page
) -> None:
    cells = [
        markdown_cell("judul", "# Menyapa warga\n\nKalimat pertama."),
        code_cell("hitung-salah", "1 / 0"),
    ]
    write(preview.root, f"{LESSON}.ipynb", a_notebook(*cells))

    see(page, 'sel "hitung-salah" berhenti')
    see(page, '" berhenti dengan ZeroDivisionError')
    see(page, "Kalimat pertama.")


def test_nothing_of_the_preview_gets_into_the_files_of_the_pages(
    preview: Preview, page: Page
) -> None:
    assert page.locator("script[src*='_pratinjau']").count() == 1

    pages = preview.root / "var/build/_build/preview"
    texts = [
        path.read_text(encoding="utf-8")
        for path in pages.rglob("*")
        if path.suffix in {".html", ".js", ".css"}
    ]
    assert not [text for text in texts if "_pratinjau" in text]


def test_a_page_that_is_not_there_and_one_outside_are_not_found(
    preview: Preview, page: Page
) -> None:
    assert preview.answer_to(f"/{LESSON}.html") == 200
    for path in (
        "/tidak-ada.html",
        "/../../../../book/index.md",
        "/..%2f..%2f..%2f..%2fbook/index.md",
        "/../preview-doctrees/environment.pickle",
    ):
        assert preview.answer_to(path) == 404


def test_ctrl_c_ends_it_in_a_word(chromium: Browser, tmp_path: Path) -> None:
    preview, page = Preview(tmp_path), chromium.new_page()
    preview.open(page)

    preview.process.send_signal(signal.SIGINT)

    assert preview.process.wait(timeout=30) == 0
    assert preview.said.splitlines()[0] == f"Pratinjau:  {preview.address}/"
    assert preview.said.splitlines()[-1] == "Pratinjau selesai."
    assert "Traceback" not in preview.said
    be_told(page, "Jalankan lagi: psm preview")
    page.close()


def test_a_port_in_use_is_said_with_another_to_try(psm: Psm) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = int(listening.getsockname()[1])
        ran = psm("preview", "--port", str(port))

    assert ran == (
        2,
        "",
        Contains(f"Port {port} sedang dipakai", f": psm preview --port {port + 1}\n"),
    )
