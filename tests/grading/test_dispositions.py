"""A faulty item that counts for nobody, or has full marks for all;
and marking a sitting again with the items it had.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psm_course.grading.dispositions import Dispositions
from psm_course.grading.grade import Grader, scoring_digest
from psm_course.grading.outcome import Outcome
from psm_course.items import TYPES
from psm_course.items.marks import Mark
from tests.builders import a_choice, a_quiz, a_submission, an_item, options
from tests.items.any_item import responses as any_response

NAMES = ("satu", "dua", "tiga")
QUIZ = a_quiz(
    [
        a_choice("satu", points="2", choices=options("abc", correct="a", critical="c")),
        a_choice("dua"),
        a_choice("tiga"),
    ],
    pass_mark=60,
)


def graded(dispositions: Dispositions, **responses: str) -> Outcome:
    return Grader(QUIZ, dispositions).grade(a_submission(responses))


def score(outcome: Outcome) -> tuple[int, int, bool | None]:
    return int(outcome.points), int(outcome.maximum), outcome.passed


# ---- the two dispositions ------------------------------------------------------------------------


def test_a_disregarded_item_counts_neither_in_points_nor_in_the_maximum() -> None:
    outcome = graded({"dua": "disregard"}, satu="a", dua="b", tiga="b")

    assert score(outcome) == (2, 3, True)
    message = outcome.marks["dua"].message
    assert "tidak dihitung" in message
    assert outcome.marks["dua"] == Mark(Decimal(0), Decimal(0), "marked", message)


def test_full_marks_are_for_everybody_also_for_a_blank() -> None:
    outcome = graded({"satu": "full"}, dua="b")

    assert score(outcome) == (2, 4, False)
    assert outcome.marks["satu"] == Mark(Decimal(2), Decimal(2), "blank", "nilai penuh untuk semua")


@pytest.mark.parametrize("disposition", ["disregard", "full"])
def test_a_faulty_item_makes_no_critical_error(disposition: Any) -> None:
    assert graded({}, satu="c", dua="a", tiga="a").critical == ("satu",)
    assert (
        graded({"satu": disposition}, satu="c", dua="a", tiga="a").critical,
        graded({"satu": disposition}, dua="a", tiga="a").passed,
    ) == (
        (),
        True,
    )


@pytest.mark.parametrize("disposition", ["disregard", "full"])
def test_no_answer_to_a_faulty_item_is_ungradable(disposition: Any) -> None:
    assert not graded({"satu": disposition}, satu="bukan pilihan").has_ungradable


def test_a_disposition_on_an_item_that_was_not_drawn_changes_nothing() -> None:
    quiz = a_quiz([a_choice(name) for name in NAMES], draw=1)
    (drawn,) = Grader(quiz).grade(a_submission()).marks
    others = {name: "full" for name in NAMES if name != drawn}

    assert Grader(quiz, others).grade(a_submission({drawn: "a"})) == Grader(quiz).grade(
        a_submission({drawn: "a"})
    )  # type: ignore[arg-type]


# ---- the name of a key ---------------------------------------------------------------------------


def test_an_outcome_names_all_that_decided_it() -> None:
    other_key = a_quiz([a_choice("satu", choices=options("abc", correct="b"))])
    keys = [
        scoring_digest(a_quiz([a_choice("satu", choices=options("abc"))]), {}),
        scoring_digest(other_key, {}),
        scoring_digest(a_quiz(other_key.items, pass_mark=70), {}),
        scoring_digest(a_quiz(other_key.items, pass_mark=80), {}),
        scoring_digest(other_key, {"satu": "full"}),
        scoring_digest(other_key, {"satu": "disregard"}),
    ]

    assert len(set(keys)) == 6
    assert {len(key) for key in keys} == {12}
    assert Grader(other_key, {"satu": "full"}).grade(a_submission()).scoring == keys[4]


def test_other_words_leave_the_name_of_the_key() -> None:
    assert scoring_digest(a_quiz([a_choice("satu")]), {}) == scoring_digest(
        a_quiz([a_choice("satu", prompt="Kata lain")], title="Lain"), {}
    )


# ---- marking again -------------------------------------------------------------------------------


def again(quiz: Any, outcome: Outcome, **responses: str) -> Outcome:
    return Grader(quiz).grade_again(a_submission(responses), outcome.as_json()["items"])


def test_a_pool_that_grew_asks_nobody_what_was_never_on_the_screen() -> None:
    small = a_quiz([a_choice("satu"), a_choice("dua")])
    before = Grader(small).grade(a_submission({"satu": "a", "dua": "b"}))

    assert score(again(a_quiz([a_choice(name) for name in NAMES]), before, satu="a", dua="b")) == (
        1,
        2,
        None,
    )


def test_a_draw_keeps_the_items_it_gave() -> None:
    quiz = a_quiz([a_choice(name) for name in NAMES], draw=1)
    before = Grader(quiz).grade(a_submission(dict.fromkeys(NAMES, "a")))
    more = a_quiz([a_choice(name) for name in (*NAMES, *"abcdefgh")], draw=5)

    assert score(again(more, before, **dict.fromkeys(NAMES, "a"))) == score(before) == (1, 1, None)


def test_an_item_taken_out_of_the_quiz_counts_no_more() -> None:
    before = Grader(QUIZ).grade(a_submission({"satu": "c", "dua": "a"}))

    outcome = again(a_quiz(QUIZ.items[1:], pass_mark=50), before, satu="c", dua="a")

    assert (score(outcome), outcome.critical) == ((1, 2, True), ())


def test_a_corrected_key_marks_the_same_answer_otherwise() -> None:
    before = Grader(QUIZ).grade(a_submission({"dua": "b"}))
    corrected = a_quiz(
        [QUIZ.items[0], a_choice("dua", choices=options("abc", correct="b")), QUIZ.items[2]],
        pass_mark=60,
    )

    assert (score(before), score(again(corrected, before, dua="b"))) == (
        (0, 4, False),
        (1, 4, False),
    )


EVERY_TYPE = a_quiz([an_item(kind, id=f"butir-{kind}") for kind in TYPES], pass_mark=50, draw=5)


@given(st.data(), st.integers(1, 500))
def test_marking_again_by_the_same_key_changes_nothing(data: st.DataObject, person: int) -> None:
    answers = {f"butir-{kind}": data.draw(any_response(an_item(kind))) for kind in TYPES} | {
        "tidak-ada": "a"
    }
    submission = a_submission(answers, participant=f"D26-{person:03}")
    grader = Grader(EVERY_TYPE)

    once = grader.grade(submission)

    twice = grader.grade_again(submission, once.as_json()["items"])

    assert (twice.points, twice.maximum, twice.passed, twice.critical) == (
        once.points,
        once.maximum,
        once.passed,
        once.critical,
    )
    assert {
        name: (mark.points, mark.maximum, mark.status) for name, mark in twice.marks.items()
    } == {name: (mark.points, mark.maximum, mark.status) for name, mark in once.marks.items()}


# ---- laws ----------------------------------------------------------------------------------------

answers = st.fixed_dictionaries({}, optional={name: st.sampled_from("abcx") for name in NAMES})
one_item = st.sampled_from(NAMES)


@given(answers, one_item)
def test_full_marks_lower_nobody(responses: dict[str, str], item: str) -> None:
    before, after = graded({}, **responses), graded({item: "full"}, **responses)

    assert before.points <= after.points
    assert bool(before.passed) <= bool(after.passed)


@given(answers, one_item)
def test_disregarding_what_somebody_has_right_raises_nobody_who_does(
    responses: dict[str, str], item: str
) -> None:
    responses = responses | {item: "a"}
    before, after = graded({}, **responses), graded({item: "disregard"}, **responses)

    assert after.percent <= before.percent
    assert bool(after.passed) <= bool(before.passed)


@given(answers, one_item)
def test_disregarding_what_earned_nothing_lowers_nobody(
    responses: dict[str, str], item: str
) -> None:
    responses = responses | {item: "b"}
    before, after = graded({}, **responses), graded({item: "disregard"}, **responses)

    assert before.percent <= after.percent
    assert bool(before.passed) <= bool(after.passed)


@given(answers, answers, one_item, st.sampled_from(["disregard", "full"]))
def test_an_item_with_a_disposition_makes_no_difference_between_two_people(
    one: dict[str, str], other: dict[str, str], item: str, disposition: Any
) -> None:
    same = {name: answer for name, answer in one.items() if name != item}
    answered = {item: other[item]} if item in other else {}

    assert (
        graded({item: disposition}, **same).percent
        == graded({item: disposition}, **same, **answered).percent
    )
