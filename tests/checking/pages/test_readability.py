"""Readability: long sentences, long pages, uncommon words;
warnings all, and never for what is quoted or for trainers.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from psm_course.authoring.problems import has_errors
from psm_course.checking.check import check_course, check_quiz
from tests.builders import a_course, a_notebook, code_cell, edit, markdown_cell, write
from tests.checking.checked import TODAY, Said, said, warning

PAGE = "modules/01-menyapa/index.md"
LESSON = "modules/01-menyapa/01-salam.ipynb"


def a_sentence(count: int) -> str:
    return " ".join(["Warga", *["datang"] * (count - 1)]) + "."


def messages(root: Path) -> list[Said]:
    """What is said of these pages, but for how long their steps are: that is another file's."""
    problems = check_course(root, TODAY).problems
    assert not has_errors(problems)
    return said(problem for problem in problems if not problem.message.startswith("langkah "))


def page(root: Path, text: str) -> None:
    edit(root, PAGE, "\nBaca", f"\n{text}\n\nBaca")


def lesson(root: Path, *texts: str, tags: tuple[str, ...] = (), minutes: int = 45) -> None:
    cells = [
        markdown_cell("judul", "# Datang"),
        *[markdown_cell(f"isi-{n}", text, *tags) for n, text in enumerate(texts)],
    ]
    write(
        root,
        LESSON,
        a_notebook(*cells, metadata={"psm": {"minutes": minutes, "objectives": ["sapa-warga"]}}),
    )


def test_sentence_over_thirty_words_is_named_with_its_length(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    page(root, f"Selamat pagi.\n{a_sentence(31)}")

    assert messages(root) == [
        warning(
            f"{PAGE}:12:1",
            "",
            'kalimat "Warga datang datang datang datang datan…"',
            " 31 kata, lebih dari",
            "dari 30",
            "pecah menjadi dua kalimat",
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        a_sentence(30),
        f"> {a_sentence(60)}",
        f"{a_sentence(29)[:-1]} (UU 14/2019 Pasal 1 angka 1 dan Pasal 2).",
        f"## Sumber\n\n{a_sentence(60)}",
    ],
    ids=["thirty", "quoted law", "citation", "sources"],
)
def test_sentence_that_is_not_too_long(tmp_path: Path, text: str) -> None:
    root = a_course(tmp_path)
    lesson(root, "Ia duduk. Ia diam.", text)

    assert messages(root) == []


def test_half_of_the_sentences_over_fourteen_words(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    lesson(root, a_sentence(14), a_sentence(15), a_sentence(15))

    assert messages(root) == [
        warning(
            f"{LESSON}:1:1", "", "separuh kalimatnya", "lebih panjang dari 14", "pendekkan kalimat"
        )
    ]


def test_phrases_do_not_shorten_the_sentences(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    lesson(root, "- tanggal\n- siapa\n- tujuan\n- tempat\n- jam", "## Kepala", a_sentence(15))

    assert len(messages(root)) == 1


def test_lesson_longer_than_its_minutes(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    lesson(root, " ".join(["Ia datang."] * 90), minutes=1)

    assert messages(root) == [
        warning(
            f"{LESSON}:1:1",
            "",
            "181 kata perlu 2 menit",
            "lebih dari 1 menit",
            "pendekkan teksnya",
            "tambah menitnya",
        )
    ]


def test_lesson_that_just_fits(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    lesson(root, " ".join(["Ia datang."] * 89), minutes=1)

    assert messages(root) == []


def test_tables_take_time_too(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    table = f"tabel('Siapa datang', {['ia datang'] * 100})"
    cells = [markdown_cell("judul", "# Menyapa"), code_cell("tabel", table, "remove-input")]
    write(
        root,
        LESSON,
        a_notebook(*cells, metadata={"psm": {"minutes": 1, "objectives": ["sapa-warga"]}}),
    )

    assert len(messages(root)) == 1


def test_what_trainers_read_is_not_measured(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    lesson(root, a_sentence(400), OFFICE, tags=("trainer",), minutes=1)

    assert messages(root) == []


COMMON = " ".join(["Ia datang ke rumah."] * 24)
OFFICE = " ".join(["Optimalisasi akuntabel sinergitas komprehensif."] * 4)


def test_page_of_uncommon_words(tmp_path: Path) -> None:
    """Of 112 words 16 are uncommon; 12 of 112 are not."""
    root = a_course(tmp_path)
    lesson(root, f"{COMMON} Kita {OFFICE.lower()}")

    assert messages(root) == [
        warning(
            f"{LESSON}:1:1",
            "",
            "14 % katanya tidak umum",
            "lebih dari 12 %",
            ": optimalisasi, akuntabel, sinergitas, komprehensif",
        )
    ]
    assert messages(root)[0].text.endswith("komprehensif")


@pytest.mark.parametrize(
    "text",
    [
        f"{COMMON} Kita {OFFICE.lower()}".replace("sinergitas", "sekolah"),
        f"{COMMON} Kita {OFFICE.lower()} **Sinergitas** itu kerja bersama.",
        f"{COMMON} " + "SINERGITAS datang. AKUNTABEL datang. " * 8,
        f"{COMMON} " + " ".join(["Ia Optimalisasi Akuntabel."] * 8),
        (
            f"{COMMON} (UU 14/2019: optimalisasi akuntabel sinergitas komprehensif optimalisasi"
            f" akuntabel sinergitas komprehensif {OFFICE})"
        ),
        OFFICE,
    ],
    ids=["fewer", "explained in bold", "abbreviations", "names", "sources", "too little text"],
)
def test_what_does_not_count_as_uncommon(tmp_path: Path, text: str) -> None:
    root = a_course(tmp_path)
    lesson(root, text)

    assert messages(root) == []


QUIZ = f"""\
id: latihan
title: Latihan
use: practice
items:
  - id: salam
    type: choice
    prompt: {a_sentence(31)}
    choices:
      - {{id: a, text: Salam, correct: yes, feedback: {a_sentence(32)}}}
      - {{id: b, text: Perintah}}
    explanation: Warga berhak tahu siapa yang datang.
    source: {a_sentence(40)}
"""


def test_guides_beside_the_modules_are_not_measured(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    write(root, "book/panduan.md", f"# Panduan\n\n{a_sentence(40)}\n")

    assert messages(root) == []


def test_long_sentences_of_a_quiz(tmp_path: Path) -> None:
    file = write(tmp_path, "kuis.yml", QUIZ)

    report = check_quiz(file, TODAY)

    assert [(problem.where, problem.line) for problem in report.problems] == [
        ('butir "salam", prompt', 7),
        ('butir "salam", pilihan "a", feedback', 9),
    ]
    assert not has_errors(report.problems)
