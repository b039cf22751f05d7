"""Grading a submission: the outcome, its JSON, pass marks, critical errors,
draws and responses that fit nothing.
"""

from __future__ import annotations

from decimal import Decimal

import orjson
import pytest
from dirty_equals import Contains

from psm_course.grading import grade
from psm_course.grading.grade import Grader, ItemGrader, compile_scoring
from psm_course.items import TYPES
from psm_course.items.marks import Mark
from tests.builders import a_choice, a_quiz, a_submission, an_item, graded, marked, options, pairs

# ---- the outcome ---------------------------------------------------------------------------------


def test_outcome_as_json_is_exactly_the_line_of_psm_grade() -> None:
    quiz = a_quiz(
        [
            an_item("choice", id="pak-j", choices=options("abc", critical="c")),
            an_item("match", id="mitra", pairs=pairs("abc")),
            an_item("text", id="sebutan", accept=["relawan"]),
            an_item("number", id="kelurahan", answer="63", points="0,5"),
            an_item("rating", id="puas"),
            an_item("choice", id="salam"),
        ],
        pass_mark=70,
    )

    outcome = graded(
        quiz,
        {
            "pak-j": "c",
            "mitra": {"a": "a", "b": "b", "c": "a"},
            "sebutan": "relawn",
            "kelurahan": "enam",
            "puas": "4",
            "lain": "a",
        },
    )

    assert orjson.loads(orjson.dumps(outcome.as_json())) == {
        "quiz": "tes-akhir",
        "participant": "D26-017",
        "id": "5f0c",
        "points": "0.67",
        "maximum": "4.5",
        "percent": "14.81",
        "passed": False,
        "critical": ["pak-j"],
        "items": {
            "pak-j": {"points": "0", "maximum": "1", "status": "marked", "message": ""},
            "mitra": {"points": "0.67", "maximum": "1", "status": "marked", "message": ""},
            "sebutan": {
                "points": "0",
                "maximum": "1",
                "status": "review",
                "message": Contains("hampir sama", "diperiksa pelatih"),
            },
            "kelurahan": {
                "points": "0",
                "maximum": "0.5",
                "status": "ungradable",
                "message": Contains('"enam"', "satu angka"),
            },
            "puas": {"points": "0", "maximum": "0", "status": "marked", "message": ""},
            "salam": {"points": "0", "maximum": "1", "status": "blank", "message": ""},
            "lain": {
                "points": "0",
                "maximum": "0",
                "status": "ungradable",
                "message": Contains('butir "lain"', "di kuis ini"),
            },
        },
    }


def test_keys_stand_in_the_order_of_the_design() -> None:
    line = orjson.dumps(graded(a_quiz([a_choice("satu")]), {"satu": "a"}).as_json())

    assert (
        line == b'{"quiz":"tes-akhir","participant":"D26-017","id":"5f0c","points":"1",'
        b'"maximum":"1","percent":"100","passed":null,"critical":[],'
        b'"items":{"satu":{"points":"1","maximum":"1","status":"marked","message":""}}}'
    )


def test_blank_ungradable_and_wrong_are_three_things() -> None:
    quiz = a_quiz([a_choice("satu"), a_choice("dua"), a_choice("tiga")])

    outcome = graded(quiz, {"satu": "", "dua": "z", "tiga": "b"})

    refusal = outcome.marks["dua"].message
    assert refusal == Contains('pilihan "z"', "di butir ini")
    assert outcome.marks == {
        "satu": Mark(Decimal(0), Decimal(1), "blank"),
        "dua": Mark(Decimal(0), Decimal(1), "ungradable", refusal),
        "tiga": Mark(Decimal(0), Decimal(1), "marked"),
    }
    assert outcome.has_ungradable
    assert not graded(quiz, {"satu": "", "tiga": "b"}).has_ungradable


def test_items_stand_in_the_order_shown_and_strange_ones_after_them_in_one_order() -> None:
    """Two machines must print the same line, so no order may come from a set."""
    quiz = a_quiz([a_choice("b"), a_choice("a")])
    strange = [f"lain-{number:02}" for number in range(30)]

    outcome = graded(quiz, dict.fromkeys(strange, "a"))

    assert list(outcome.marks) == ["b", "a", *strange]


def test_by_which_key_it_was_graded_makes_it_no_other_outcome() -> None:
    outcome = graded(a_quiz([a_choice("satu")]), {"satu": "a"})
    other = graded(a_quiz([a_choice("satu")]), {"satu": "b"})

    assert {outcome, outcome._replace(scoring="lain"), other} == {outcome, other}
    assert outcome != other


# ---- passing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("right", "pass_mark", "passed"),
    [
        (7, "70", True),
        (6, "70", False),
        (7, "70,01", False),
        (0, "0", True),
        (10, "100", True),
        (9, "100", False),
        (7, None, None),
        (10, None, None),
    ],
)
def test_pass_mark_is_reached_or_not(
    right: int, pass_mark: str | None, passed: bool | None
) -> None:
    names = [f"butir-{number}" for number in range(10)]
    header = {} if pass_mark is None else {"pass_mark": pass_mark}

    outcome = graded(
        a_quiz([a_choice(name) for name in names], **header), dict.fromkeys(names[:right], "a")
    )

    assert (outcome.points, outcome.passed) == (right, passed)


def test_points_are_compared_not_printed_per_cent() -> None:
    """Two of three is 66.67 printed, and a little less in truth."""
    items = [a_choice(name) for name in "abc"]

    outcome = graded(a_quiz(items, pass_mark=66.67), {"a": "a", "b": "a"})

    assert outcome.as_json()["percent"] == "66.67"
    assert outcome.passed is False
    assert graded(a_quiz(items, pass_mark=66.66), {"a": "a", "b": "a"}).passed is True


def test_three_thirds_pass_a_hundred_per_cent() -> None:
    thirds = [an_item("match", id=name, pairs=pairs("abc")) for name in "xyz"]

    outcome = graded(
        a_quiz([*thirds], pass_mark=33.33), {name: {"a": "a", "b": "c", "c": "b"} for name in "xyz"}
    )
    assert (outcome.points, outcome.as_json()["points"], outcome.passed) == (1, "1", True)

    whole = graded(
        a_quiz([a_choice("w"), *thirds], pass_mark=50),
        {"w": "a"} | {name: {"a": "a"} for name in "xyz"},
    )
    assert (whole.points, whole.maximum, whole.passed) == (2, 4, True)


@pytest.mark.parametrize("parts", [3, 6, 7, 9, 11, 13])
def test_a_whole_made_of_parts_passes_a_hundred_per_cent(parts: int) -> None:
    """One right pair of `parts` in one item, and all but one in the other: one point of two."""
    ids = "abcdefghijklm"[:parts]
    items = [an_item("match", id=name, pairs=pairs(ids)) for name in ("satu", "dua")]

    outcome = graded(
        a_quiz(items, pass_mark=50), {"satu": {"a": "a"}, "dua": {name: name for name in ids[1:]}}
    )

    assert (outcome.points, outcome.percent, outcome.passed) == (1, 50, True)


def test_points_of_items_add_up() -> None:
    quiz = a_quiz(
        [
            a_choice("satu", points="2,5"),
            a_choice("dua", points="0,25"),
            an_item("rating", points="9"),
        ],
        pass_mark=90,
    )

    outcome = graded(quiz, {"satu": "a", "dua": "b", "rating": "5"})

    assert (outcome.points, outcome.maximum, outcome.as_json()["percent"], outcome.passed) == (
        Decimal("2.5"),
        Decimal("2.75"),
        "90.91",
        True,
    )


@pytest.mark.parametrize("pass_mark", [None, "0", "50"])
def test_a_critical_error_fails_whatever_the_total(pass_mark: str | None) -> None:
    header = {} if pass_mark is None else {"pass_mark": pass_mark}
    items = [
        *(a_choice(name) for name in "abc"),
        a_choice("d", choices=options("ab", critical="b")),
    ]

    outcome = graded(a_quiz(items, **header), {"a": "a", "b": "a", "c": "a", "d": "b"})

    assert (outcome.points, outcome.critical, outcome.passed) == (3, ("d",), False)


def test_a_sitting_in_which_nothing_can_be_earned_reaches_no_pass_mark() -> None:
    """`psm check` says that nobody can reach this pass mark; grading may not say the opposite."""
    outcome = graded(a_quiz([an_item("rating")], pass_mark=70), {"rating": "5"})

    assert (
        outcome.as_json()["points"],
        outcome.as_json()["maximum"],
        outcome.as_json()["percent"],
    ) == ("0", "0", "0")
    assert outcome.passed is not True


# ---- one definition of scoring -------------------------------------------------------------------


def test_scoring_is_plain_data_that_survives_json() -> None:
    quiz = a_quiz([an_item(kind) for kind in TYPES])

    scoring = compile_scoring(quiz)

    assert list(scoring) == list(TYPES)
    assert orjson.loads(orjson.dumps(scoring)) == scoring


# ---- remembered marks ----------------------------------------------------------------------------


def test_remembering_marks_never_mixes_two_responses() -> None:
    item = an_item("rating")
    responses = [
        "1",
        1,
        1.0,
        True,
        [1],
        ["1"],
        {"1": 1},
        None,
        "",
        " ",
        "null",
        "true",
        '"1"',
        0,
        False,
        "0",
    ]
    alone = [marked(item, response) for response in responses]

    together = ItemGrader(item.scoring_data())

    assert [together(response) for response in responses * 2] == alone * 2


def test_a_response_too_deep_to_remember_does_not_get_the_message_of_another() -> None:
    deep: object = "a"
    for _ in range(300):
        deep = [deep]
    grade_item = ItemGrader(an_item("match").scoring_data())

    messages = [grade_item({"a": deep}).message, grade_item({"z": deep}).message]

    assert messages == [Contains("pasangan id"), Contains('sisi kiri "z"')]


def test_marks_of_short_responses_are_remembered_and_not_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(grade, "_MEMORY", 3)
    grade_item = ItemGrader(an_item("text").scoring_data())

    for response in ("a" * 256, "a" * 257, ["a" * 252], ["a" * 253]):
        grade_item(response)
    assert {*grade_item.known} == {"a" * 256, orjson.dumps(["a" * 252])}
    for letter in "bcd":
        grade_item(letter)
    assert [*grade_item.known] == ["c", "d"]


def test_totals_are_shared_and_not_kept_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grade, "_MEMORY", 2)
    grader = Grader(a_quiz([a_choice("satu", points="1"), a_choice("dua", points="2")]))
    one, two, both = (
        a_submission(dict.fromkeys(names, "a")) for names in (["satu"], ["dua"], ["satu", "dua"])
    )

    first = grader.grade(one).total
    grader.grade(two)
    assert grader.grade(one).total is first
    grader.grade(both)
    assert grader.grade(one).total == first
    assert grader.grade(one).total is not first
