"""What a gradable quiz owes its readers: explanations, sources, dates; and what it may not hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from psm_course.checking.check import check_quiz
from psm_course.checking.quizzes.editorial import PHONE
from tests.builders import write
from tests.checking.checked import TODAY, Expected, Said, error, said

QUIZ = """\
id: latihan
title: Latihan
use: practice
items:
  - id: salam
    type: choice
    prompt: Apa yang Anda ucapkan lebih dulu?
    choices:
      - {id: a, text: Salam dan nama Anda, correct: yes, feedback: Ya.}
      - {id: b, text: Perintah}
    explanation: Warga berhak tahu siapa yang datang.
    source: Panduan kursus
"""


def messages(folder: Path, text: str, today: date = TODAY) -> list[Said]:
    """Problems of a quiz file with this text; places are line and column."""
    file = write(folder, "kuis.yml", text)
    return [
        each._replace(place=each.place.removeprefix(f"{file}:"))
        for each in said(check_quiz(file, today).problems)
    ]


def owing(place: str, item: str) -> list[Expected]:
    """The problems of an item without an explanation and a source."""
    return [
        error(place, item, 'belum ada "explanation"', "mengapa jawabannya demikian"),
        error(place, item, 'belum ada "source"', "dasar hukum"),
    ]


NO_PASS_MARK = error("3:6", "use", "tes akhir", "belum punya batas lulus", "pass_mark")


def test_complete_item_owes_nothing(tmp_path: Path) -> None:
    assert messages(tmp_path, QUIZ) == []


def test_missing_explanation_and_source(tmp_path: Path) -> None:
    text = QUIZ[: QUIZ.index("    explanation")]

    assert messages(tmp_path, text) == owing("5:5", 'butir "salam"')


@pytest.mark.parametrize(
    ("today", "stale"),
    [
        (date(2026, 10, 31), False),
        (date(2026, 11, 30), False),
        (date(2026, 12, 1), True),
        (date(2028, 1, 1), True),
    ],
)
def test_item_is_stale_from_the_day_after_its_review_month(
    tmp_path: Path, today: date, stale: bool
) -> None:
    text = QUIZ + "    review_by: 2026-11\n"

    assert messages(tmp_path, text, today) == (
        [error("13:16", 'butir "salam", review_by', "sudah lewat bulan", "perbarui review_by")]
        if stale
        else []
    )


def test_final_test_needs_a_pass_mark(tmp_path: Path) -> None:
    assert messages(tmp_path, QUIZ.replace("use: practice", "use: posttest")) == [NO_PASS_MARK]
    assert messages(tmp_path, QUIZ.replace("use: practice", "use: pretest")) == []


# ---- telephone numbers ---------------------------------------------------------------------------

A_PHONE = error(
    "5:5", 'butir "salam"', "nomor telepon", "di dalam soal", "modules/bantuan.yml saja"
)


@pytest.mark.parametrize(
    "place",
    [
        "Apa yang Anda ucapkan lebih dulu?",
        "Warga berhak tahu siapa yang datang.",
        "Ya.",
        "Perintah",
        "Salam dan nama Anda",
    ],
)
def test_telephone_number_anywhere_in_an_item(tmp_path: Path, place: str) -> None:
    """In the prompt, the explanation, the feedback, a wrong choice or the right one:
    all of it is printed and goes stale.
    """
    text = QUIZ.replace(place, f"{place} Hubungi 0812-8775-3740")

    assert messages(tmp_path, text) == [A_PHONE]


@pytest.mark.parametrize(
    "number",
    [
        "081287753740",
        "0812-8775-3740",
        "0812 8775 3740",
        "0812.8775.374",
        "021-77201234",
        "021 7720-1234",
        "(021) 7720 1234",
        "+6281287753740",
        "+62 812-8775-3740",
        "+62-812-8775-3740",
    ],
)
def test_telephone_numbers_as_people_write_them(number: str) -> None:
    assert PHONE.search(f"Hubungi {number} segera.")


@pytest.mark.parametrize(
    "text",
    [
        "PSC 119",
        "SAPA 129",
        "112",
        "Permensos 8/2012",
        "UU 14/2019 Pasal 16",
        "08.00-16.00",
        "1.250.000",
        "Rp500.000",
        "2027-06-01",
        "tahun 2010-2020",
    ],
)
def test_short_codes_laws_times_and_amounts_are_no_telephone_numbers(text: str) -> None:
    assert not PHONE.search(text)


# ---- pools ---------------------------------------------------------------------------------------


def test_items_of_a_pool_are_judged_in_their_own_file_only(tmp_path: Path) -> None:
    write(tmp_path, "latihan.yml", QUIZ.replace("    source: Panduan kursus\n", ""))

    assert messages(tmp_path, "id: tes-awal\ntitle: Tes awal\nuse: pretest\npool: latihan\n") == []


# ---- help numbers --------------------------------------------------------------------------------


# ---- nothing hides behind another mistake --------------------------------------------------------


def test_a_mistake_in_one_item_hides_nothing_about_itself_or_the_others(tmp_path: Path) -> None:
    text = """\
id: tes
title: Tes
use: posttest
items:
  - {id: satu, type: number, prompt: Berapa, answer: banyak}
  - {id: dua, type: number, prompt: Berapa, answer: 2}
"""

    assert messages(tmp_path, text) == [
        NO_PASS_MARK,
        *owing("5:5", 'butir "satu"'),
        error("5:54", 'butir "satu", answer', '"banyak" bukan angka', "2 atau 0,5"),
        *owing("6:5", 'butir "dua"'),
    ]


def test_an_opinion_has_no_answer_to_explain(tmp_path: Path) -> None:
    text = "id: a\ntitle: A\nuse: practice\nitems:\n  - {id: siap, type: rating, prompt: Siap}\n"

    assert messages(tmp_path, text) == []
