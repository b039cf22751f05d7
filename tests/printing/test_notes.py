"""Trainers' notes on paper: what a note is made of is kept, and nothing in it is markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dirty_equals import Contains

from psm_course.forms.slides.markdown import block_tree
from psm_course.printing.notes import NotedLesson, NotedStep, NotesHeading, render_notes
from tests.printing.builders import LONG_NAMES, WORST
from tests.printing.readers import opened, printed_lines, read_out, stray_letters, texts

HEADING = NotesHeading(
    "Bimtek Dasar PSM", "Dinas Sosial Kota Depok", "0123456789ab", date(2026, 11, 20)
)
CARDS = """**Kunci kartu**

| Kartu | Jenis |
|---|---|
| 1 | *dugaan* anak jalanan |
| 2 | `tanya` Dinsos |

1. Bacakan
2. Tunggu
   - sampai **semua** selesai

> Bila lupa: [panduan](panduan.md)
"""
LESSON = NotedLesson(
    "Dasar",
    "Pelajaran 1.2",
    "Menyapa warga",
    45,
    (("Renungan di rumah", 4), ("Kasus", 7)),
    NotedStep("Menyapa warga", (block_tree("Siapkan kartu."),)),
    (NotedStep("Datang"), NotedStep("Coba", (block_tree(CARDS), block_tree("Sudah?")))),
)


def test_a_page_says_where_how_long_and_what_at_each_step() -> None:
    (page,) = printed_lines(render_notes(HEADING, [LESSON]))
    begins = page.index("Siapkan kartu.")
    (first, _), (second, _) = LESSON.cuts

    assert page[:2] == ["Catatan pelatih · Pelajaran 1.2 · Dasar", "Menyapa warga"]
    assert " ".join(page[2:begins]) == Contains(
        "45 menit. ",
        "Potong menurut urutan",
        f": {first} (hemat 4 menit); {second} (hemat 7 menit).",
    )
    assert page[begins + 1 :] == [
        "Datang",
        "Coba",
        "Kunci kartu",
        "Kartu Jenis",
        "1 dugaan anak jalanan",
        "2 tanya Dinsos",
        "1. Bacakan",
        "2. Tunggu",
        "• sampai semua selesai",
        "Bila lupa: panduan",
        "Sudah?",
        Contains("Pelajaran 1.2 · keadaan 20 November 2026 · versi 0123456789ab", " 1 dari 1"),
    ]


def test_a_lesson_that_cuts_nothing_says_only_its_minutes() -> None:
    (page,) = texts(render_notes(HEADING, [replace(LESSON, cuts=())]))

    assert "Menyapa warga 45 menit. Siapkan kartu." in page


def test_a_table_is_read_out_cell_by_cell() -> None:
    pieces = " ".join(" ".join(read_out(render_notes(HEADING, [LESSON]))).split())

    assert "Kartu Jenis 1 dugaan anak jalanan 2 tanya Dinsos" in pieces


def test_the_title_of_a_note_stands_on_the_page_of_what_follows() -> None:
    note = block_tree("**Judul catatan**\n\n" + "- Butir\n" * 30)
    alone = []
    for lines in range(20, 45):
        before = [block_tree("Baris.")] * lines
        lesson = replace(LESSON, steps=(NotedStep("Coba", (*before, note)),))
        pages = texts(render_notes(HEADING, [lesson]))
        alone += [
            lines
            for page in pages
            if "Judul catatan" in page and "Judul catatan • Butir" not in page
        ]

    assert alone == []


def test_letters_are_smaller_rather_than_a_last_page_of_a_few_lines() -> None:
    pages = {}
    for lines in range(30, 60):
        lesson = replace(LESSON, steps=(NotedStep("Coba", (block_tree("Baris."),) * lines),))
        with opened(render_notes(HEADING, [lesson])) as document:
            pages[lines] = [
                page.get_textpage().get_text_range().count("Baris") for page in document
            ]

    seconds = [counts[1] for counts in pages.values() if len(counts) == 2]
    assert min(seconds) > 2
    assert {len(counts) for counts in pages.values()} == {1, 2}


def test_nothing_typed_leaves_the_page_or_is_read_as_markup() -> None:
    typed = [*LONG_NAMES, "W" * 90, WORST]
    text = {"kind": "text", "text": " · ".join(typed), "inside": []}
    steps = tuple(
        NotedStep(each, ([{"kind": "paragraph", "text": "", "inside": [text]}],)) for each in typed
    )
    lessons = [replace(LESSON, title=each, cuts=((each, 4),), steps=steps) for each in typed]

    pdf = render_notes(HEADING, lessons)

    assert stray_letters(pdf, 20) == []
    assert WORST in " ".join(texts(pdf)).replace("\u200b", "")
