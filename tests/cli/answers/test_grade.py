"""`psm grade`: any quiz file, any submissions, one outcome a line; nothing that people send brings
it down.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_document
from tests.cli.conftest import Psm, Ran

QUIZ = """\
id: tes-kecil
title: Tes kecil
use: posttest
pass_mark: 70
items:
  - id: salam
    type: choice
    prompt: Apa yang lebih dulu?
    choices:
      - {id: a, text: Salam, correct: yes}
      - {id: b, text: Perintah}
      - {id: c, text: Ancaman, critical: yes}
  - id: bekal
    type: choices
    prompt: Apa saja yang dibawa?
    choices:
      - {id: a, text: Buku catatan, correct: yes}
      - {id: b, text: Kartu tugas, correct: yes}
      - {id: c, text: KTP warga}
  - id: pasangan
    type: match
    prompt: Pasangkan.
    pairs:
      - {id: x, left: Anak, right: UPTD PPA}
      - {id: y, left: Sakit, right: Puskesmas}
  - id: jumlah
    type: number
    prompt: Berapa kelurahan di Depok?
    answer: 63
  - id: tahap
    type: order
    prompt: Urutkan.
    sequence:
      - {id: p, text: Dengar}
      - {id: q, text: Catat}
"""
RIGHT = {
    "salam": "a",
    "bekal": ["a", "b"],
    "pasangan": {"x": "x", "y": "y"},
    "jumlah": "63",
    "tahap": ["p", "q"],
}
ITEMS = list(RIGHT)


@pytest.fixture
def quiz(tmp_path: Path) -> Path:
    path = tmp_path / "kuis.yml"
    path.write_text(QUIZ, encoding="utf-8")
    return path


def a_line(responses: Any = RIGHT, **changes: Any) -> str:
    return json.dumps(
        a_document(**{"quiz": "tes-kecil"} | changes) | {"responses": responses}, ensure_ascii=False
    )


def graded(psm: Psm, quiz: Path, *lines: str | bytes) -> Ran:
    path = quiz.with_name("jawaban.jsonl")
    path.write_bytes(
        b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    )
    return psm("grade", quiz, path)


def outcomes(ran: Ran) -> list[dict[str, Any]]:
    assert "Traceback" not in ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


def what_came(ran: Ran) -> list[str]:
    """For each line of output its percentage, or its error."""
    return [outcome.get("percent", outcome.get("error")) for outcome in outcomes(ran)]


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

    def mark(
        points: str, status: str = "marked", message: str = "", maximum: str = "1"
    ) -> dict[str, str]:
        return {"points": points, "maximum": maximum, "status": status, "message": message}

    (outcome,) = outcomes(ran)
    said = outcome["items"]["jumlah"].pop("message")
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
            "lain": mark("0", "ungradable", 'butir "lain" tidak ada di kuis ini', maximum="0"),
        },
    }
    assert said
    assert ran.err.splitlines() == [
        f"jawaban.jsonl:1: butir jumlah: {said} - periksa bersama peserta D26-017",
        (
            'jawaban.jsonl:1: butir lain: butir "lain" tidak ada di kuis ini - periksa bersama'
            " peserta D26-017"
        ),
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

    not_one = "ini bukan dokumen jawaban: harus berupa objek JSON"
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
    assert (
        ran.err
        == "masukan:2: ini bukan JSON yang utuh (baris 1, kolom 1) - minta jawaban ini dikirim"
        " ulang\n"
    )
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


# ---- what is no submission -----------------------------------------------------------------------

NOT_JSON = "ini bukan JSON yang utuh (baris 1, kolom {column})"


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("rusak", NOT_JSON.format(column=1)),
        ("{", NOT_JSON.format(column=2)),
        (a_line()[:-1], NOT_JSON.format(column=len(a_line()))),
        (a_line().replace('"63"', "NaN"), NOT_JSON.format(column=a_line().index('"63"') + 1)),
        (a_line().replace('"63"', "Infinity"), NOT_JSON.format(column=a_line().index('"63"') + 1)),
        ("null", "ini bukan dokumen jawaban: harus berupa objek JSON"),
        ("17", "ini bukan dokumen jawaban: harus berupa objek JSON"),
        ("[[]]", "ini bukan dokumen jawaban: harus berupa objek JSON"),
        ("{}", '"format" harus "psm-submission/1"'),
        (a_line(format="psm-submission/2"), '"format" harus "psm-submission/1"'),
        (a_line(quiz="tes-lain"), 'jawaban ini untuk kuis "tes-lain", bukan "tes-kecil"'),
        (a_line(participant=17), '"participant" harus ada dan berupa teks'),
        (a_line(participant=" "), '"participant" harus ada dan berupa teks'),
        (a_line(participant="9" * 201), '"participant" lebih panjang dari 200 huruf'),
        (a_line(id=None), '"id" harus ada dan berupa teks'),
        (a_line(mac=7), '"mac" harus berupa teks'),
        (a_line([]), '"responses" harus berisi jawaban per butir'),
        (a_line("a"), '"responses" harus berisi jawaban per butir'),
        (a_line(attempt=0), '"attempt" harus bilangan bulat mulai dari 1'),
        (a_line(attempt=True), '"attempt" harus bilangan bulat mulai dari 1'),
        (a_line({"salam": "x" * 1_100_000}), "jawaban ini lebih besar dari 1 MB"),
    ],
    ids=lambda value: value[:30],
)
def test_a_line_that_is_none_says_why_and_the_others_are_graded(
    psm: Psm, quiz: Path, line: str, error: str
) -> None:
    ran = graded(psm, quiz, a_line(), line, a_line({}))

    assert ran.code == 2
    assert [outcomes(ran)[0]["percent"], outcomes(ran)[1], outcomes(ran)[2]["percent"]] == [
        "100",
        {"line": 2, "error": error},
        "0",
    ]
    assert ran.err == f"jawaban.jsonl:2: {error} - minta jawaban ini dikirim ulang\n"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("[" * 2000, id="lists 2000 deep"),
        pytest.param("[" * 2000 + "]" * 2000, id="whole lists 2000 deep"),
        pytest.param('{"a":' * 2000 + "1" + "}" * 2000, id="maps 2000 deep"),
        pytest.param(
            a_line({"salam": "DI SINI"}).replace('"DI SINI"', "[" * 2000 + "]" * 2000),
            id="an answer 2000 deep",
        ),
        pytest.param(b"\xff\xfe\x00\x01", id="binary"),
        pytest.param(b'{"format": "\xff"}', id="not UTF-8"),
        pytest.param(
            a_line({"salam": "DI SINI"}).replace("DI SINI", "\\ud800"), id="half a surrogate"
        ),
        pytest.param(b"\x00", id="a nought byte"),
    ],
)
def test_no_line_can_bring_it_down(psm: Psm, quiz: Path, line: str | bytes) -> None:
    ran = graded(psm, quiz, a_line(), line, a_line({}))

    assert ran.code == 2
    assert [sorted(outcome) for outcome in outcomes(ran)][1] == ["error", "line"]
    assert (what_came(ran)[0], what_came(ran)[2], len(ran.err.splitlines())) == ("100", "0", 1)


def test_binary_garbage_is_refused_line_by_line_with_few_words(psm: Psm, quiz: Path) -> None:
    ran = graded(psm, quiz, bytes(range(256)) * 100)

    assert ran.code == 2
    assert {tuple(outcome) for outcome in outcomes(ran)} == {("line", "error")}
    assert (len(ran.err.splitlines()), ran.err.splitlines()[-1]) == (
        21,
        f"… dan {len(outcomes(ran)) - 20} hal lain; semuanya ada di hasil.",
    )


# ---- odd answers ---------------------------------------------------------------------------------

ODD: Sequence[Any] = [
    17,
    1.5,
    True,
    10**30,
    -0.0,
    "z",
    "x" * 1_000_000,
    "\x00\x1b[31m\u202e",
    ["a", "a", "z", 1, None],
    [["a"]],
    [{}],
    {"x": ["y"]},
    {"x": None, "": {}},
    {"a": {"b": {"c": []}}},
]


@pytest.mark.parametrize("item", ITEMS)
@pytest.mark.parametrize("response", ODD, ids=lambda value: repr(value)[:20])
def test_an_answer_of_any_kind_is_marked_or_said_to_be_none(
    psm: Psm, quiz: Path, item: str, response: Any
) -> None:
    ran = graded(psm, quiz, a_line(RIGHT | {item: response}))

    (outcome,) = outcomes(ran)
    marks = outcome["items"]
    assert {name: mark["points"] for name, mark in marks.items() if name != item} == {
        name: "1" for name in ITEMS if name != item
    }
    assert marks[item]["status"] in ("marked", "ungradable")
    assert ran.code == (2 if marks[item]["status"] == "ungradable" else 0)
    assert len(ran.err.splitlines()) == (1 if marks[item]["status"] == "ungradable" else 0)


@pytest.mark.parametrize("depth", [200, 300, 900])
def test_an_answer_nested_deep_is_none(psm: Psm, quiz: Path, depth: int) -> None:
    line = a_line(RIGHT | {"bekal": "DI SINI"}).replace('"DI SINI"', "[" * depth + "]" * depth)

    (outcome,) = outcomes(graded(psm, quiz, line, ""))

    assert (outcome["points"], outcome["items"]["bekal"]["status"]) == ("4", "ungradable")


def test_of_a_key_written_twice_the_last_counts(psm: Psm, quiz: Path) -> None:
    line = a_line().replace('"salam": "a"', '"salam": "c", "salam": "a"')

    assert what_came(graded(psm, quiz, line)) == ["100"]


def test_an_item_named_with_line_ends_and_colours_stays_one_plain_line(
    psm: Psm, quiz: Path
) -> None:
    ran = graded(psm, quiz, a_line(RIGHT | {"satu\ndua\x1b[31m": "x"}, participant="D26\n017"))

    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert all(character.isprintable() for character in ran.err.rstrip("\n"))


# ---- quizzes -------------------------------------------------------------------------------------


def test_a_quiz_that_cannot_grade_is_content_at_fault(psm: Psm, quiz: Path) -> None:
    quiz.write_text(QUIZ.replace("type: number", "type: nomor"), encoding="utf-8")

    ran = graded(psm, quiz, a_line())

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines()[0] == "kuis.yml belum dapat dipakai menilai:"
    assert ran.err.splitlines()[1].startswith(
        f'  {quiz}:27:11: butir "jumlah", type: jenis butir "nomor" tidak dikenal'
    )


def test_a_file_that_is_no_quiz_is_content_at_fault(psm: Psm, quiz: Path) -> None:
    quiz.write_bytes(bytes(range(256)))

    ran = graded(psm, quiz, a_line())

    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (
        1,
        "",
        "kuis.yml belum dapat dipakai menilai:",
    )
