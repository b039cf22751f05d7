"""Grading what was drawn for a sitting: alone, with others, again, and under another version."""

from __future__ import annotations

from decimal import Decimal

from dirty_equals import Contains

from psm_course.grading.grade import Grader
from psm_course.items.marks import Mark
from tests.builders import a_choice, a_quiz, a_submission, graded


def test_only_drawn_items_count_and_an_answer_to_another_is_ungradable() -> None:
    quiz = a_quiz(
        [a_choice(name) for name in ("pak-j", "bu-c", "alur", "mitra", "kelurahan", "sebutan")],
        draw=3,
        pass_mark=100,
    )

    outcome = graded(quiz, dict.fromkeys(("pak-j", "mitra", "kelurahan", "alur"), "a"))

    refusal = outcome.marks["alur"].message
    assert refusal == Contains('"alur"', "undian peserta ini")
    assert outcome.marks == {
        "pak-j": Mark(Decimal(1), Decimal(1), "marked"),
        "mitra": Mark(Decimal(1), Decimal(1), "marked"),
        "kelurahan": Mark(Decimal(1), Decimal(1), "marked"),
        "alur": Mark(Decimal(0), Decimal(0), "ungradable", refusal),
    }
    assert (outcome.points, outcome.maximum, outcome.passed) == (3, 3, True)


def test_the_attempt_decides_the_draw_and_the_office_may_correct_it() -> None:
    quiz = a_quiz(
        [a_choice(name) for name in ("pak-j", "bu-c", "alur", "mitra", "kelurahan", "sebutan")],
        draw=2,
    )
    first = a_submission({}, attempt=1)

    assert list(Grader(quiz).grade(first).marks) == ["mitra", "kelurahan"]
    assert list(Grader(quiz).grade(a_submission({}, attempt=2)).marks) == ["alur", "mitra"]
    assert list(Grader(quiz).grade(first, attempt=2).marks) == ["alur", "mitra"]


POOL = ["pak-j", "bu-c", "alur", "mitra", "kelurahan", "sebutan"]


def a_pool_grader(draw: int | None = 3, pool: list[str] = POOL) -> Grader:
    return Grader(
        a_quiz([a_choice(name) for name in pool], **({} if draw is None else {"draw": draw}))
    )


def test_many_sittings_are_graded_as_each_is_alone() -> None:
    submissions = [
        a_submission(dict.fromkeys(POOL, "a"), participant=f"D26-{at:03}", attempt=1 + at % 3)
        for at in range(70)
    ]

    for grader in (a_pool_grader(), a_pool_grader(draw=None)):
        assert grader.grade_all(submissions) == [grader.grade(each) for each in submissions]
    assert len({tuple(each.marks) for each in a_pool_grader().grade_all(submissions)}) > 10


def test_the_present_draw_is_that_of_the_grader_and_there_is_none_where_everybody_gets_all() -> (
    None
):
    submission = a_submission({})

    assert a_pool_grader().present_draw(submission) == [*a_pool_grader().grade(submission).marks]
    assert a_pool_grader(draw=None).present_draw(submission) is None


def test_a_sitting_is_graded_again_with_the_items_it_had_and_not_those_of_another_draw() -> None:
    had = a_pool_grader().grade(a_submission({}, attempt=2)).marks
    right = a_submission(dict.fromkeys(had, "a"))

    again = a_pool_grader().grade_again(right, {name: mark.as_json for name, mark in had.items()})

    assert (list(again.marks), again.points, again.maximum) == (list(had), 3, 3)
    assert list(had) != a_pool_grader().present_draw(right)


def test_an_item_that_was_taken_out_counts_no_more_and_what_was_never_asked_stays_so() -> None:
    had = a_pool_grader(draw=None).grade(a_submission({"lain": "a", "pak-j": 7})).marks
    printed = {name: mark.as_json for name, mark in had.items()}
    added = a_pool_grader(draw=None, pool=["lain", *POOL[:-1]])

    again = added.grade_again(a_submission({"pak-j": "a"}), printed)

    assert [(printed[name]["status"], printed[name]["maximum"]) for name in ("lain", "pak-j")] == [
        ("ungradable", "0"),
        ("ungradable", "1"),
    ]
    assert (list(again.marks), again.points, again.maximum) == (POOL[:-1], 1, 5)


def test_of_another_version_the_answered_items_count_and_as_many_blank_ones_as_were_left() -> None:
    grader = a_pool_grader()
    drawn = list(grader.grade(a_submission({})).marks)
    others = [name for name in POOL if name not in drawn]

    def items_of(*answered: str) -> list[str]:
        return list(grader.grade_other_version(a_submission(dict.fromkeys(answered, "a"))).marks)

    assert items_of() == drawn
    assert items_of(*others) == others
    assert items_of(*POOL) == POOL
    assert items_of(others[0]) == [others[0], *drawn[:2]]
    assert items_of(drawn[0]) == drawn
    assert items_of(drawn[1], others[0]) == [drawn[1], others[0], drawn[0]]
    assert items_of("hilang", others[0]) == [others[0], drawn[0], "hilang"]


def test_of_another_version_without_a_draw_everybody_has_all_items() -> None:
    assert (
        list(a_pool_grader(draw=None).grade_other_version(a_submission({"alur": "a"})).marks)
        == POOL
    )
