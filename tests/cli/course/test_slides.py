"""`psm slides`: one file a module, the module found by folder or number,
and sentences where something is missing.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pypdf
import pytest
from dirty_equals import Contains

from psm_course.site.execute import executed_source
from tests.builders import a_course, a_notebook, code_cell, edit, markdown_cell, write
from tests.cli.conftest import Psm
from tests.needs import CHROMIUM

LESSON = "modules/01-menyapa/01-salam.ipynb"


NOTEBOOK = a_notebook(
    markdown_cell("judul", "# Menyapa warga\n\nSalam."),
    markdown_cell("rencana", "Siapkan kartu.", "trainer"),
    code_cell("impor", "from psm_course.trainer import kuis, tabel", "remove-cell"),
    markdown_cell("datang", "## Datang\n\nKetuk pintu."),
    code_cell(
        "tabel", 'tabel("Salam", ["Waktu", "Ucapan"], [["Pagi", "Selamat pagi"]])', "remove-input"
    ),
    code_cell("kuis", 'kuis("tes-akhir")', "remove-input"),
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of that lesson, run once for all."""
    root = a_course(tmp_path_factory.mktemp("kursus"))
    executed_source(write(root, LESSON, NOTEBOOK), root, root / "executed")
    return root / "executed"


@pytest.fixture
def taught(psm: Psm, course: Path, kept: Path) -> Psm:
    """The command in a course whose one lesson has a table, a test, and something for trainers."""
    write(course, LESSON, NOTEBOOK)
    shutil.copytree(kept, course / "var/build/_build/executed")
    return psm


def test_a_module_becomes_one_file_of_ones_own(taught: Psm, course: Path) -> None:
    done = taught("slides", "1")

    deck = course / "var/slides/01-menyapa.html"
    text = deck.read_text(encoding="utf-8")
    assert (done.code, f"{deck} (" in done.out) == (0, True)
    assert "Sesudah pelajaran disunting" in done.out
    assert ("Ketuk pintu." in text, "<caption>Salam</caption>" in text) == (True, True)
    assert re.search(r'<aside class="notes"><p>[^<]* 45 menit\.</p><p>Siapkan kartu\.</p>', text)


def test_without_a_module_all_that_can_be_shown_is_made(taught: Psm, course: Path) -> None:
    done = taught("slides")

    assert done.code == 0
    assert [path.name for path in (course / "var/slides").iterdir()] == ["01-menyapa.html"]


def test_a_test_is_named_and_none_of_its_questions_shown(taught: Psm, course: Path) -> None:
    taught("slides", "01-menyapa")

    text = (course / "var/slides/01-menyapa.html").read_text(encoding="utf-8")
    lines = (course / "quizzes/tes-akhir.yml").read_text(encoding="utf-8").splitlines()
    (prompt,) = (line.split("prompt:")[1].strip() for line in lines if "prompt:" in line)
    assert "Soalnya tidak ditayangkan." in text
    assert prompt not in text


def test_an_edited_lesson_is_shown_once_the_deck_is_made_anew(taught: Psm, course: Path) -> None:
    taught("slides", "1")
    edit(course, LESSON, "Ketuk pintu.", "Ketuk pintu dua kali.")
    deck = course / "var/slides/01-menyapa.html"
    before = "dua kali" in deck.read_text(encoding="utf-8")

    again = taught("slides", "1")

    assert (before, "dua kali" in deck.read_text(encoding="utf-8")) == (False, True)
    assert "Menjalankan" not in again.out


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("01-menyapq", 'maksud Anda "01-menyapa"?'),
        ("menyapa", 'maksud Anda "01-menyapa"?'),
        ("9", "pilih salah satu: 01-menyapa"),
    ],
)
def test_a_wrong_name_gets_the_nearest_one(psm: Psm, written: str, hint: str) -> None:
    done = psm("slides", written)

    assert (done.code, done.err.strip()) == (2, f'Modul "{written}" tidak ada - {hint}')


def test_without_a_name_all_modules_are_made_where_one_says(
    taught: Psm, course: Path, tmp_path: Path
) -> None:
    done = taught("slides", "-o", tmp_path / "tayang", "--json")

    assert json.loads(done.out) == [
        {"module": "01-menyapa", "files": [str(tmp_path / "tayang/01-menyapa.html")]}
    ]


def test_a_lesson_that_does_not_run_is_named_and_no_deck_made(taught: Psm, course: Path) -> None:
    edit(course, LESSON, "import kuis, tabel", "import kuis, tabel, tiada")

    done = taught("slides", "1")

    assert (done.code, done.err) == (1, Contains(f'{LESSON}: sel "impor" ', "ImportError"))
    assert not (course / "var/slides").exists()


def test_on_paper_a_slide_is_a_page(taught: Psm, course: Path) -> None:
    CHROMIUM.require()

    done = taught("slides", "1", "--pdf")

    paper = pypdf.PdfReader(course / "var/slides/01-menyapa.pdf")
    pages = [page.extract_text() for page in paper.pages]
    assert done.code == 0
    assert [len(pages), paper.pages[0].mediabox.width / paper.pages[0].mediabox.height] == [
        4,
        pytest.approx(16 / 9),
    ]
    assert "Selamat pagi" in "".join(pages)
    assert "Siapkan kartu" not in "".join(pages)


def test_without_a_browser_the_deck_is_there_and_a_sentence_says_what_to_do(
    taught: Psm, course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    done = taught("slides", "1", "--pdf")

    assert (done.code, done.err) == (
        2,
        Contains("PDF belum dibuat: ", "Chrome, Chromium, atau Edge", "tidak ditemukan"),
    )
    assert (course / "var/slides/01-menyapa.html").is_file()


# ---- the trainers' notes on paper ----------------------------------------------------------------


def test_notes_are_printed_without_running_a_lesson(psm: Psm, course: Path, tmp_path: Path) -> None:
    write(course, LESSON, NOTEBOOK)

    done = psm("slides", "1", "--notes", tmp_path / "catatan.pdf")

    assert (done.code, done.out.splitlines()[0]) == (
        0,
        f"Catatan pelatih ada di {tmp_path / 'catatan.pdf'}.",
    )
    (page,) = (page.extract_text() for page in pypdf.PdfReader(tmp_path / "catatan.pdf").pages)
    assert [
        words
        for words in ("Menyapa warga", "45 menit.", "Siapkan kartu.", "Datang", "Halaman 1 dari 1")
        if words not in page
    ] == []
    assert "Ketuk pintu." not in page
    assert not (course / "var").exists()


def test_notes_for_a_program_are_the_same_list_of_files(
    psm: Psm, course: Path, tmp_path: Path
) -> None:
    done = psm("slides", "--notes", tmp_path / "catatan.pdf", "--json")

    assert json.loads(done.out) == [
        {"module": "01-menyapa", "files": [str(tmp_path / "catatan.pdf")]}
    ]


def test_notes_replace_no_file(psm: Psm, course: Path, tmp_path: Path) -> None:
    kept = write(tmp_path, "catatan.pdf", "milik orang lain")

    done = psm("slides", "1", "--notes", kept)

    assert (done.code, done.err) == (2, Contains(f"{kept} sudah ada"))
    assert kept.read_text(encoding="utf-8") == "milik orang lain"


def test_notes_that_cannot_be_written_are_a_sentence(
    psm: Psm, course: Path, tmp_path: Path
) -> None:
    write(tmp_path, "berkas", "")

    done = psm("slides", "1", "--notes", tmp_path / "berkas/catatan.pdf")

    assert (done.code, done.err) == (
        3,
        Contains(f"{tmp_path / 'berkas'} ", "dibaca atau ditulis", "berkas bernama sama"),
    )


@pytest.mark.parametrize("other", [["--pdf"], ["-o", "tayang"]], ids=" ".join)
def test_notes_are_printed_without_slides(psm: Psm, course: Path, other: list[str]) -> None:
    done = psm("slides", "1", "--notes", "catatan.pdf", *other)

    assert (done.code, done.err) == (
        2,
        Contains("--notes hanya mencetak catatan", "tanpa --pdf dan tanpa -o"),
    )


def test_notes_of_a_module_that_is_not_there_are_refused(psm: Psm, course: Path) -> None:
    done = psm("slides", "9", "--notes", "catatan.pdf")

    assert (done.code, done.err) == (2, Contains('Modul "9" tidak ada', ": 01-menyapa\n"))
    assert not (course / "catatan.pdf").exists()


def test_notes_with_the_key_of_a_test_are_not_printed(psm: Psm, course: Path) -> None:
    write(course, LESSON, NOTEBOOK)
    edit(course, LESSON, "Siapkan kartu.", "Warga berhak tahu siapa yang datang.")

    done = psm("slides", "1", "--notes", "catatan.pdf")

    assert (done.code, done.err.splitlines()[0]) == (
        1,
        Contains("Catatan tidak dicetak", "keluar dari kantor"),
    )
    assert not (course / "catatan.pdf").exists()


def test_the_opening_and_the_closing_are_one_more_deck(taught: Psm, course: Path) -> None:
    told = markdown_cell("judul", "# Pembukaan\n\nSelamat datang.")
    opening = a_notebook(told, metadata={"psm": {"minutes": 20, "session": "pembukaan"}})
    write(course, "modules/acara/pembukaan.ipynb", opening)

    done = taught("slides", "acara")

    assert (done.code, done.err) == (0, "")
    text = (course / "var/slides/acara.html").read_text(encoding="utf-8")
    assert "Pembukaan dan penutupan" in text
    assert "Selamat datang." in text
