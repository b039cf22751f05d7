"""`psm grade` and what is no submission, or an odd answer: said, and the others are graded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from dirty_equals import Contains

from tests.cli.answers.conftest import ITEMS, RIGHT, a_line, graded, outcomes, what_came
from tests.cli.conftest import Psm

# ---- what is no submission -----------------------------------------------------------------------


def not_json(column: int) -> list[str]:
    return ["bukan JSON", f"(baris 1, kolom {column})"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("rusak", not_json(1)),
        ("{", not_json(2)),
        (a_line()[:-1], not_json(len(a_line()))),
        (a_line().replace('"63"', "NaN"), not_json(a_line().index('"63"') + 1)),
        (a_line().replace('"63"', "Infinity"), not_json(a_line().index('"63"') + 1)),
        ("null", ["bukan dokumen jawaban", "objek JSON"]),
        ("17", ["bukan dokumen jawaban", "objek JSON"]),
        ("[[]]", ["bukan dokumen jawaban", "objek JSON"]),
        ("{}", ['"format" harus "psm-submission/1"']),
        (a_line(format="psm-submission/2"), ['"format" harus "psm-submission/1"']),
        (a_line(quiz="tes-lain"), ['kuis "tes-lain"', 'bukan "tes-kecil"']),
        (a_line(participant=17), ['"participant" harus ada']),
        (a_line(participant=" "), ['"participant" harus ada']),
        (a_line(participant="9" * 201), ['"participant" lebih panjang', "200 huruf"]),
        (a_line(id=None), ['"id" harus ada']),
        (a_line(mac=7), ['"mac" harus berupa teks']),
        (a_line([]), ['"responses"', "jawaban per butir"]),
        (a_line("a"), ['"responses"', "jawaban per butir"]),
        (a_line(attempt=0), ['"attempt"', "bilangan bulat", "mulai dari 1"]),
        (a_line(attempt=True), ['"attempt"', "bilangan bulat", "mulai dari 1"]),
        (a_line({"salam": "x" * 1_100_000}), ["lebih besar dari 1 MB"]),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_line_that_is_none_says_why_and_the_others_are_graded(
    psm: Psm, quiz: Path, line: str, said: list[str]
) -> None:
    ran = graded(psm, quiz, a_line(), line, a_line({}))

    assert ran.code == 2
    assert [outcomes(ran)[0]["percent"], outcomes(ran)[1], outcomes(ran)[2]["percent"]] == [
        "100",
        {"line": 2, "error": Contains(*said)},
        "0",
    ]
    assert ran.err.splitlines() == [
        Contains(f"jawaban.jsonl:2: {outcomes(ran)[1]['error']} - ", "dikirim ulang")
    ]


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
        Contains(f" {len(outcomes(ran)) - 20} hal lain"),
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
