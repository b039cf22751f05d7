"""`psm review`: what waits for whom, sheets to ask with, and answers taken in."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from dirty_equals import Contains

from psm_course.content.review import read_review
from tests.builders import a_notebook, edit, markdown_cell, write
from tests.checking.test_review import LEDGER, LESSON, SAID
from tests.cli.conftest import Psm
from tests.content.test_field_guide import a_guide

FILE = "modules/tinjauan.yml"
_REPLY = {3: "ya", 5: "Seksi Rehabilitasi Sosial", 6: "20-11-2026"}


@pytest.fixture
def asking(psm: Psm, course: Path) -> Psm:
    """The command in a course with a ledger of two entries."""
    write(
        course,
        LESSON,
        a_notebook(markdown_cell("judul", "# Menyapa warga"), markdown_cell("isi", SAID)),
    )
    write(course, FILE, f"# catatan yang tinggal\n{LEDGER}")
    return psm


def filled(sheet: Path, row: int, **cells: str) -> Path:
    """The sheet as it comes back, one row of it answered."""
    document = docx.Document(str(sheet))
    for column, text in (_REPLY | {int(name[1:]): text for name, text in cells.items()}).items():
        document.tables[0].rows[row].cells[column].text = text
    document.save(str(sheet))
    return sheet


def answers(course: Path) -> dict[str, Any]:
    return {
        entry.id: entry.answer and (entry.answer.verdict, entry.answer.text, entry.answer.on)
        for entry in read_review(course)[1].entries
    }


def test_what_waits_is_listed_by_authority(asking: Psm) -> None:
    listed = json.loads(asking("review", "--json").out)

    assert [
        (name, [entry["id"] for entry in entries]) for name, entries in listed.items() if entries
    ] == [("dinsos", ["nomor-polri", "ketuk"])]
    assert "Dinas Sosial: 2 menunggu" in asking("review").out


def test_a_sheet_for_paper_and_one_for_word(asking: Psm, course: Path) -> None:
    done = asking("review", "--sheets", "lembar")

    assert sorted(path.name for path in (course / "lembar").iterdir()) == [
        "tinjauan-dinsos.docx",
        "tinjauan-dinsos.pdf",
    ]
    paper = " ".join(
        page.extract_text() for page in pypdf.PdfReader(course / "lembar/tinjauan-dinsos.pdf").pages
    )
    assert all(
        words in paper
        for words in (
            "Lembar tinjauan: Dinas Sosial",
            "Ketuk pintu dua kali",
            "Polri 110",
            "Salah, hapus",
        )
    )
    table = docx.Document(io.BytesIO((course / "lembar/tinjauan-dinsos.docx").read_bytes())).tables[
        0
    ]
    assert [row.cells[0].text for row in table.rows] == ["Kode", "nomor-polri", "ketuk"]
    assert done.code == 0
    assert all(entry.asked_on for entry in read_review(course)[1].entries)
    assert (course / FILE).read_text(encoding="utf-8").startswith("# catatan yang tinggal\n")


def test_answers_come_back_in_the_sheet(asking: Psm, course: Path) -> None:
    asking("review", "--sheets", "lembar")
    sheet = filled(course / "lembar/tinjauan-dinsos.docx", 1)
    filled(sheet, 2, c3="Ubah", c4='Ketuk "sekali": cukup')

    done = asking("review", "--take", str(sheet))

    assert answers(course) == {
        "nomor-polri": ("yes", None, date(2026, 11, 20)),
        "ketuk": ("changed", 'Ketuk "sekali": cukup', date(2026, 11, 20)),
    }
    assert 'ubah menjadi "Ketuk "sekali": cukup"' in done.out
    assert asking("review", "--take", str(sheet)).out == Contains("Tidak ada jawaban baru")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"c3": "mungkin"}, ('jawaban "mungkin" tidak dikenal', "ya, ubah, atau tidak")),
        ({"c3": "ubah"}, ("yang benar masih kosong",)),
        ({"c5": ""}, ("isi siapa yang menjawab",)),
        ({"c6": "31-2-2026"}, ('tanggal "31-2-2026" tidak dapat dibaca',)),
        ({"c6": "1-1-2199"}, ("belum tiba",)),
        ({"c0": "ketok"}, ('Tidak ada "ketok"',)),
    ],
)
def test_a_row_that_cannot_be_understood_stops_all(
    asking: Psm, course: Path, cells: dict[str, str], said: tuple[str, ...]
) -> None:
    asking("review", "--sheets", "lembar")
    before = (course / FILE).read_bytes()
    sheet = filled(filled(course / "lembar/tinjauan-dinsos.docx", 1), 2, **cells)

    done = asking("review", "--take", str(sheet))

    assert (done.code, (course / FILE).read_bytes()) == (2, before)
    assert done.err == Contains(*said)


@pytest.mark.parametrize("content", [b"bukan Word", b"PK\x03\x04rusak", b""])
def test_a_file_that_is_no_sheet_is_refused(asking: Psm, course: Path, content: bytes) -> None:
    (course / "aneh.docx").write_bytes(content)

    done = asking("review", "--take", "aneh.docx")

    assert (done.code, done.err) == (
        2,
        Contains("aneh.docx: ", "bukan lembar tinjauan", "`psm review --sheets FOLDER`"),
    )


def test_an_answer_on_paper_is_typed(asking: Psm, course: Path) -> None:
    done = asking(
        "review", "--answer", "ketuk", "--verdict", "tidak", "--by", "Seksi", "--on", "2026-11-20"
    )

    assert (done.code, answers(course)["ketuk"]) == (0, ("no", None, date(2026, 11, 20)))
    assert "ketuk: salah. Hapus dari" in done.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("--answer", "ketuk", "--verdict", "ubah", "--by", "Seksi"),
        ("--answer", "ketuk", "--by", "Seksi"),
        ("--answer", "ketuk", "--verdict", "ya"),
        ("--answer", "ketuk", "--verdict", "ya", "--by", "Seksi", "--on", "2199-01-01"),
        ("--answer", "lain", "--verdict", "ya", "--by", "Seksi"),
    ],
)
def test_an_answer_that_says_too_little_or_too_much_is_refused(
    asking: Psm, course: Path, arguments: tuple[str, ...]
) -> None:
    before = (course / FILE).read_bytes()

    assert (asking("review", *arguments).code, (course / FILE).read_bytes()) == (2, before)


def test_an_answer_is_not_overwritten_by_another(asking: Psm, course: Path) -> None:
    asking(
        "review", "--answer", "ketuk", "--verdict", "tidak", "--by", "Seksi", "--on", "2026-11-20"
    )

    done = asking(
        "review", "--answer", "ketuk", "--verdict", "ya", "--by", "Seksi", "--on", "2026-11-21"
    )

    assert (done.code, answers(course)["ketuk"][0]) == (2, "no")
    assert done.err == Contains("sudah dijawab 20 November 2026", "jawaban lain")


def test_a_ledger_written_in_its_own_way_is_left_alone(asking: Psm, course: Path) -> None:
    one_line = (
        "{id: satu, kind: sentence, where: [tes-akhir#salam], text: Salam, question: Ya, authority:"
        " dinsos}"
    )
    edit(course, FILE, "entries:\n", f"entries:\n  - {one_line}\n")

    done = asking(
        "review", "--answer", "satu", "--verdict", "ya", "--by", "Seksi", "--on", "2026-11-20"
    )

    assert (done.code, "isi dengan tangan" in done.err) == (2, True)


def test_a_course_without_a_ledger_says_so(psm: Psm) -> None:
    assert psm("review").err == Contains("belum punya ", "modules/tinjauan.yml")


def test_a_situation_is_asked_about_as_its_page_shows_it_and_signs_in_one_row(
    asking: Psm, course: Path
) -> None:
    a_guide(course)
    edit(
        course,
        "modules/rujukan.yml",
        "    call: [polri]\n    first",
        "    call: [polri]\n    words: pukul teriak\n    first",
    )
    entry = (
        '  - id: {}\n    kind: table\n    where: [{}]\n    text: {}\n    question: "Benar?"\n   '
        " authority: uptd-ppa\n"
    )
    signs = entry.format(
        "tanda", "modules/kategori.yml#di-jalan, modules/kategori.yml#terancam", "Anak"
    )
    write(
        course,
        FILE,
        LEDGER + entry.format("keadaan", "modules/rujukan.yml#bahaya", "Menjauh") + signs,
    )

    assert asking("review", "--sheets", "lembar").err == ""

    table = docx.Document(
        io.BytesIO((course / "lembar/tinjauan-uptd-ppa.docx").read_bytes())
    ).tables[0]
    assert [row.cells[1].text.split("\n") for row in table.rows[1:]] == [
        [
            "Kekerasan sedang terjadi",
            "Menjauh",
            "Ucapkan: Tolong",
            "Jangan: Masuk sendirian",
            "Alur: Polisi",
        ],
        ["Anak di jalan", "Ada ancaman"],
    ]
