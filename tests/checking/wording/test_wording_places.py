"""Where `psm check` looks for words that hurt, how it says so, and whose voice may say them."""

from __future__ import annotations

from pathlib import Path

import pytest

from psm_course.checking.check import check_course, check_quiz
from tests.builders import a_course, a_notebook, code_cell, edit, markdown_cell, write
from tests.checking.checked import TODAY, error, messages


def test_page_is_blamed_at_its_line_and_column(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(
        root,
        "modules/01-menyapa/index.md",
        "\nBaca",
        "\nSapa semua warga,\ntermasuk **penyandang cacat** di RW Anda.\n\nBaca",
    )

    assert messages(root) == [
        error(
            "modules/01-menyapa/index.md:12:12",
            "",
            '"penyandang cacat": merendahkan orangnya',
            'tulis "penyandang disabilitas"',
            "di antara tanda kutip",
        )
    ]


def test_lesson_is_blamed_at_the_line_of_the_notebook_file(tmp_path: Path) -> None:
    """In Markdown, in the tables of code cells and in cells for trainers;
    what an import cell holds nobody reads.
    """
    root = a_course(tmp_path)
    cells = [
        markdown_cell("judul", "# Menyapa"),
        markdown_cell("isi", ["Satu.\n", "\n", "Ada orang gila."], "trainer"),
        code_cell("impor", ["x = 'orang gila di sini'"], "remove-cell"),
        code_cell("tabel", ["tabel(\n", "    'Siapa',\n", "    [['Ada orang gila']],\n", ")"]),
    ]
    notebook = a_notebook(*cells)
    write(root, "modules/01-menyapa/01-salam.ipynb", notebook)
    lines = [
        f"{number}:{line.index('orang gila') + 1}"
        for number, line in enumerate(notebook.splitlines(), 1)
        if "Ada orang gila" in line
    ]

    assert [problem.place.partition(":")[2] for problem in messages(root)] == lines
    assert len(lines) == 2


@pytest.mark.parametrize(
    ("path", "old", "new", "where"),
    [
        (
            "modules/01-menyapa/index.md",
            "text: Menyapa warga",
            "text: Menyapa orang gila",
            'tujuan "sapa-warga", text',
        ),
        ("modules/bantuan.yml", "when: Kejahatan", "when: Orang gila", 'nomor "polri", when'),
        (
            "modules/course.yml",
            "title: Pembukaan}",
            "title: Orang gila}",
            'sesi "pembukaan", title',
        ),
        ("quizzes/tes-akhir.yml", "title: Tes", "title: Tes orang gila", "title"),
        (
            "quizzes/tes-akhir.yml",
            "prompt: Apa",
            "prompt: Kepada orang gila, apa",
            'butir "salam", prompt',
        ),
        (
            "quizzes/tes-akhir.yml",
            "text: Salam",
            "text: Kepada orang gila salam",
            'butir "salam", pilihan "a", text',
        ),
        (
            "quizzes/tes-akhir.yml",
            "explanation: Warga",
            "explanation: Orang gila",
            'butir "salam", explanation',
        ),
    ],
)
def test_objectives_data_files_and_quizzes_are_read_too(
    tmp_path: Path, path: str, old: str, new: str, where: str
) -> None:
    root = a_course(tmp_path)
    edit(root, path, old, new)

    (problem,) = check_course(root, TODAY).problems

    assert (problem.file, problem.where, problem.severity) == (path, where, "error")


def test_wrong_choice_in_a_quiz_may_say_it(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(
        root,
        "quizzes/tes-akhir.yml",
        "text: Perintah}",
        "text: Ada orang gila, feedback: Orang gila bukan sebutan.}",
    )

    assert messages(root) == []


CASE = """\
id: kasus
title: Kasus
use: practice
items:
  - id: kasus
    type: case
    steps:
      - id: satu
        prompt: Apa yang Anda tulis?
        choices:
          - {{id: a, text: "{good}", credit: 0.5, next: end}}
          - {{id: b, text: "{bad}", credit: 0.25, next: end}}
    explanation: Sebut orangnya dengan hormat.
    source: Panduan kursus
"""


def test_of_a_case_the_acceptable_ways_are_ours_and_the_others_mistakes(tmp_path: Path) -> None:
    good = write(tmp_path, "baik.yml", CASE.format(good="Seorang bapak", bad="Orang gila"))
    bad = write(tmp_path, "buruk.yml", CASE.format(good="Orang gila", bad="Seorang bapak"))

    assert check_quiz(good, TODAY).problems == ()
    assert [problem.where for problem in check_quiz(bad, TODAY).problems] == [
        'butir "kasus", langkah "satu", pilihan "a", text'
    ]


def test_texts_of_an_item_are_read_together(tmp_path: Path) -> None:
    """A question about the old name is right when its key or explanation says what replaced it."""
    root = a_course(tmp_path)
    edit(
        root,
        "quizzes/tes-akhir.yml",
        "prompt: Apa",
        "prompt: Kertas Pak Haris bertuliskan DTKS. Apa",
    )
    assert len(messages(root)) == 1

    edit(
        root,
        "quizzes/tes-akhir.yml",
        "explanation: Warga",
        "explanation: Namanya kini DTSEN. Warga",
    )
    assert messages(root) == []


def test_wrong_choice_excuses_nothing(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(root, "quizzes/tes-akhir.yml", "prompt: Apa", "prompt: Daftarkan ke DTKS. Apa")
    edit(root, "quizzes/tes-akhir.yml", "text: Perintah", "text: DTSEN")

    assert len(messages(root)) == 1


def test_cells_of_a_table_excuse_each_other_and_a_heading_leans_on_its_paragraph(
    tmp_path: Path,
) -> None:
    root = a_course(tmp_path)
    table = (
        "# DTKS\n\nKini namanya DTSEN.\n\n| Bagian PSM | Bagian Pekerja Sosial |\n|---|---|\n|"
        " Menyapa warga | Menilai keadaan |\n"
    )
    write(root, "book/isi.md", table)

    assert messages(root) == []


def test_block_quote_is_somebody_elses_voice(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    write(root, "book/isi.md", "# Isi\n\n> Pelaku melarikan diri ke orang gila itu.\n")

    assert messages(root) == []


def test_pages_for_programmers_are_not_read(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    write(root, "book/maintaining/words.md", "# Words\n\nNot penyandang cacat, DTKS, or BSrE.\n")

    assert messages(root) == []
