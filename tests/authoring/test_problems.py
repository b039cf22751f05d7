"""How a problem is said."""

from __future__ import annotations

import pytest

from psm_course.authoring.problems import Problem, did_you_mean, has_errors, shorten

ERROR = Problem(
    "kuis.yml", 3, 5, "error", 'butir "salam"', 'belum ada "prompt"', "tambahkan baris prompt: …"
)
WARNING = Problem("kuis.yml", 1, 1, "warning", "", "agak panjang", "pendekkan")


def test_problem_reads_as_file_line_column_where_what_and_what_to_do() -> None:
    assert str(ERROR) == f"kuis.yml:3:5: {ERROR.where}: {ERROR.message} - {ERROR.hint}"
    assert str(WARNING) == "kuis.yml:1:1: peringatan: agak panjang - pendekkan"


def test_problems_sort_by_file_line_and_column() -> None:
    later = Problem("kuis.yml", 10, 2, "error", "", "x", "y")

    assert sorted([later, ERROR, WARNING]) == [WARNING, ERROR, later]


def test_warnings_alone_let_the_work_go_on() -> None:
    assert has_errors([WARNING, ERROR])
    assert not has_errors([WARNING])


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("promt", "prompt"),
        ("choises", "choices"),
        ("PROMPT", "prompt"),
        ("warna", None),
        ("", None),
    ],
)
def test_did_you_mean_offers_a_near_word_or_none(word: str, meant: str | None) -> None:
    assert did_you_mean(word, ["prompt", "choices", "answer"]) == meant


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Salam", "Salam"),
        ("dua\n  baris", "dua baris"),
        ("x" * 40, "x" * 40),
        ("x" * 41, "x" * 39 + "…"),
    ],
)
def test_shorten_keeps_a_message_on_one_line(text: str, short: str) -> None:
    assert shorten(text) == short
