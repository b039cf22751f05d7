"""`psm grade`: any quiz file, any submissions, one outcome a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from dirty_equals import Contains

from tests.cli.answers.conftest import QUIZ, RIGHT, a_line, graded, outcomes, what_came
from tests.cli.conftest import Psm

# ---- what is printed -----------------------------------------------------------------------------


def test_an_outcome_has_exactly_the_designed_shape(psm: Psm, quiz: Path) -> None:
    ran = graded(
        psm,
        quiz,
        a_line(
            {
                "salam": "c",
                "bekal": ["a"],
                "pasangan": {"x": "x", "y": "x"},
                "jumlah": "enam",
                "lain": "x",
            }
        ),
    )

    def mark(points: str, status: str = "marked") -> dict[str, str]:
        return {"points": points, "maximum": "1", "status": status, "message": ""}

    (outcome,) = outcomes(ran)
    said = {name: outcome["items"][name].pop("message") for name in ("jumlah", "lain")}
    assert outcome == {
        "quiz": "tes-kecil",
        "participant": "D26-017",
        "id": "5f0c",
        "points": "1",
        "maximum": "5",
        "percent": "20",
        "passed": False,
        "critical": ["salam"],
        "items": {
            "salam": mark("0"),
            "bekal": mark("0.5"),
            "pasangan": mark("0.5"),
            "jumlah": {"points": "0", "maximum": "1", "status": "ungradable"},
            "tahap": mark("0", "blank"),
            "lain": {"points": "0", "maximum": "0", "status": "ungradable"},
        },
    }
    assert said["jumlah"]
    assert said["lain"] == Contains('"lain"', "tidak ada di kuis")
    assert ran.err.splitlines() == [
        Contains(f"jawaban.jsonl:1: butir jumlah: {said['jumlah']}", "peserta D26-017"),
        Contains(f"jawaban.jsonl:1: butir lain: {said['lain']}", "peserta D26-017"),
    ]


@pytest.mark.parametrize(
    ("responses", "points", "percent"),
    [
        (RIGHT, "5", "100"),
        ({}, "0", "0"),
        (RIGHT | {"bekal": ["a"]}, "4.5", "90"),
        (RIGHT | {"salam": ""}, "4", "80"),
    ],
)
def test_points_and_percent_are_exact_decimals_in_text(
    psm: Psm, quiz: Path, responses: Any, points: str, percent: str
) -> None:
    ran = graded(psm, quiz, a_line(responses))

    assert (ran.code, ran.err) == (0, "")
    assert [(outcome["points"], outcome["percent"]) for outcome in outcomes(ran)] == [
        (points, percent)
    ]


def test_a_third_is_printed_with_two_places_half_up(psm: Psm, quiz: Path) -> None:
    quiz.write_text(QUIZ.replace("answer: 63", "answer: 63\n    points: 4"), encoding="utf-8")

    assert what_came(
        graded(psm, quiz, a_line({"salam": "a", "jumlah": "63"}), a_line({"salam": "a"}))
    ) == ["62.5", "12.5"]
    quiz.write_text(QUIZ.replace("answer: 63", "answer: 63\n    points: 2"), encoding="utf-8")
    assert what_came(
        graded(
            psm,
            quiz,
            a_line({"salam": "a"}),
            a_line({"jumlah": "63", "salam": "a", "tahap": ["p", "q"]}),
        )
    ) == [
        "16.67",
        "66.67",
    ]


# ---- how submissions come ------------------------------------------------------------------------


def test_one_submission_a_line_with_empty_lines_between(psm: Psm, quiz: Path) -> None:
    ran = graded(psm, quiz, a_line(id="a"), "", "  ", a_line({}, id="b"), "")

    assert [(outcome["id"], outcome["percent"]) for outcome in outcomes(ran)] == [
        ("a", "100"),
        ("b", "0"),
    ]
    assert (ran.code, ran.err) == (0, "")


def test_one_submission_over_many_lines(psm: Psm, quiz: Path) -> None:
    assert what_came(graded(psm, quiz, json.dumps(json.loads(a_line()), indent=4))) == ["100"]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_of_submissions(psm: Psm, quiz: Path, indent: int | None) -> None:
    documents = [json.loads(a_line(id=name)) for name in "abc"]

    ran = graded(psm, quiz, json.dumps(documents, indent=indent))

    assert [outcome["id"] for outcome in outcomes(ran)] == ["a", "b", "c"]


def test_a_list_with_something_else_in_it(psm: Psm, quiz: Path) -> None:
    ran = graded(psm, quiz, json.dumps([json.loads(a_line()), 3, None, json.loads(a_line({}))]))

    not_one = Contains("bukan dokumen jawaban")
    assert (ran.code, what_came(ran)) == (2, ["100", not_one, not_one, "0"])


def test_standard_input_and_several_files(psm: Psm, quiz: Path, tmp_path: Path) -> None:
    (tmp_path / "satu.json").write_text(a_line(id="satu"), encoding="utf-8")
    (tmp_path / "dua.jsonl").write_text(
        f"{a_line(id='dua')}\n{a_line(id='tiga')}\n", encoding="utf-8"
    )

    ran = psm(
        "grade",
        quiz,
        tmp_path / "satu.json",
        "-",
        tmp_path / "dua.jsonl",
        stdin=f"{a_line(id='baku')}\nrusak\n".encode(),
    )

    assert [outcome.get("id", outcome.get("line")) for outcome in outcomes(ran)] == [
        "satu",
        "baku",
        2,
        "dua",
        "tiga",
    ]
    assert ran.err.splitlines() == [
        Contains("masukan:2: ", "bukan JSON", "(baris 1, kolom 1)", "dikirim ulang")
    ]
    assert ran.code == 2


@pytest.mark.parametrize("content", [b"", b"\n", b"  \n\n", b"[]"])
def test_a_file_without_submissions_grades_nothing(psm: Psm, quiz: Path, content: bytes) -> None:
    assert graded(psm, quiz, content) == (0, "", "")


def test_a_file_saved_by_notepad_is_graded(psm: Psm, quiz: Path) -> None:
    """Windows puts a byte order mark before the first line."""
    assert what_came(graded(psm, quiz, b"\xef\xbb\xbf" + a_line().encode(), a_line({}))) == [
        "100",
        "0",
    ]


# ---- quizzes -------------------------------------------------------------------------------------


def test_a_quiz_that_cannot_grade_is_content_at_fault(psm: Psm, quiz: Path) -> None:
    quiz.write_text(QUIZ.replace("type: number", "type: nomor"), encoding="utf-8")

    ran = graded(psm, quiz, a_line())

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines()[0] == Contains("kuis.yml", "belum dapat dipakai")
    assert ran.err.splitlines()[1] == Contains(
        f'  {quiz}:27:11: butir "jumlah", type: ', '"nomor" tidak dikenal'
    )


def test_a_file_that_is_no_quiz_is_content_at_fault(psm: Psm, quiz: Path) -> None:
    quiz.write_bytes(bytes(range(256)))

    ran = graded(psm, quiz, a_line())

    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (
        1,
        "",
        Contains("kuis.yml", "belum dapat dipakai"),
    )
