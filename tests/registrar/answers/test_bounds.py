"""Why a hand-in waits and what is noted of it, minute by minute at the bounds. No register is
needed: values in, codes out.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from psm_course.domain.register import KeptSubmission
from psm_course.grading.grade import Grader
from psm_course.grading.pace import Pace
from psm_course.registrar.answers.holding import (
    codes_of,
    counts_without_card,
    is_too_soon,
    is_used_up,
    notes_on,
    reasons_to_hold,
    sentence_of,
)
from psm_course.registrar.answers.turns import TURN, let_in, used
from psm_course.registrar.people.cards import Binding
from psm_course.store.answers.attempts import Taken
from psm_course.store.completion.versions import QuizVersion
from psm_course.store.people.people import Learner
from tests.builders import a_submission
from tests.register_builders import NOW, RIGHT, a_hand_in, a_test

MINUTE = timedelta(minutes=1)
NOTHING_YET = Taken()
LEARNER = Learner(1, NOW + timedelta(days=7), "D26", "bimtek")


def reasons(
    taken: Taken = NOTHING_YET,
    binding: Binding = "card",
    received_at: datetime = NOW,
    attempt: int = 1,
    **header: str,
) -> list[str]:
    asked = QuizVersion("v", a_test(**header))
    return list(
        reasons_to_hold(
            a_submission(RIGHT, attempt=attempt), asked, asked, LEARNER, binding, taken, received_at
        )
    )


def test_only_a_test_that_says_so_counts_without_a_card() -> None:
    assert [
        counts_without_card(quiz) for quiz in (None, a_test(), a_test(without_card="counted"))
    ] == [False, False, True]
    assert (
        reasons(binding="none"),
        reasons(binding="none", without_card="counted"),
        reasons(binding="earlier"),
    ) == (
        ["no_card"],
        [],
        ["earlier_card"],
    )


@pytest.mark.parametrize(("counting", "used_up"), [(0, False), (1, False), (2, True), (3, True)])
def test_attempts_are_used_up_by_those_that_count(counting: int, used_up: bool) -> None:
    taken = Taken(last=5, counting=counting)

    assert (is_used_up(a_test(attempts="2"), taken), is_used_up(a_test(), taken)) == (
        used_up,
        False,
    )


@pytest.mark.parametrize(("minutes", "too_soon"), [(0, True), (29, True), (30, False), (31, False)])
def test_the_pause_is_over_at_its_last_minute(minutes: int, too_soon: bool) -> None:
    taken = Taken(1, 1, NOW)

    assert is_too_soon(a_test(cool_down="30"), taken, NOW + minutes * MINUTE) == too_soon
    assert not is_too_soon(a_test(), taken, NOW)
    assert not is_too_soon(a_test(cool_down="30"), Taken(), NOW)


@pytest.mark.parametrize(
    ("attempt", "with_card", "without"),
    [(1, False, True), (2, False, True), (3, True, True), (4, False, True), (5, False, False)],
)
def test_with_a_card_only_the_next_attempt_is_in_turn(
    attempt: int, with_card: bool, without: bool
) -> None:
    taken = Taken(last=2, counting=2, cardless=1)

    assert [
        reasons(taken, binding, attempt=attempt, without_card="counted") == []
        for binding in ("card", "none")
    ] == [with_card, without]


def test_a_cohort_takes_in_until_its_last_moment() -> None:
    closing = LEARNER.closes_at
    assert closing is not None

    assert (
        reasons(received_at=closing),
        reasons(received_at=closing + timedelta(microseconds=1)),
    ) == ([], ["after_closing"])


# ---- what is only noted --------------------------------------------------------------------------


def notes(
    received_at: datetime = NOW,
    pace: Pace | None = None,
    binding: Binding = "card",
    **document: Any,
) -> tuple[str, ...]:
    return notes_on(
        a_submission(RIGHT, **document),
        QuizVersion("v", a_test(time_limit="30")),
        pace,
        binding,
        received_at,
    )


def clock(minutes: float, since: datetime = NOW) -> str:
    return (since + minutes * MINUTE).isoformat()


@pytest.mark.parametrize(("minutes", "noted"), [(29, ()), (35, ()), (35.1, ("over_time",))])
def test_five_minutes_more_than_the_time_are_not_noted(
    minutes: float, noted: tuple[str, ...]
) -> None:
    assert notes(started_at=clock(-minutes), finished_at=clock(0)) == noted


@pytest.mark.parametrize(
    ("started", "finished", "noted"),
    [
        (clock(-20), clock(0), ()),
        (None, None, ()),
        (clock(0), clock(-1), ("odd_clock",)),
        ("kemarin", clock(0), ("odd_clock",)),
        ("", clock(0), ("odd_clock",)),
        (clock(0), clock(24 * 60), ("over_time",)),
        (clock(24 * 60), clock(24 * 60 + 1), ("odd_clock",)),
        (clock(-180 * 24 * 60), clock(-180 * 24 * 60), ()),
        (clock(-180 * 24 * 60 - 1), clock(-180 * 24 * 60), ("odd_clock",)),
        ("2026-11-24T08:40:00", "2026-11-24T09:00:00", ()),
    ],
)
def test_a_clock_that_is_further_off_than_people_are_late_is_noted(
    started: str | None, finished: str | None, noted: tuple[str, ...]
) -> None:
    assert notes(started_at=started, finished_at=finished) == noted


def test_who_could_not_even_have_read_it_is_noted_and_without_a_card_too() -> None:
    pace = Pace(a_test())
    fastest = timedelta(seconds=sum(pace.words.values()) / 10)
    in_time, too_fast = (
        clock(0, NOW - fastest + each) for each in (timedelta(), timedelta(milliseconds=1))
    )

    assert (
        notes(pace=pace, started_at=in_time, finished_at=clock(0)),
        notes(pace=None, started_at=too_fast, finished_at=clock(0)),
    ) == (
        (),
        (),
    )
    assert notes(pace=pace, binding="none", started_at=too_fast, finished_at=clock(0)) == (
        "no_card",
        "too_fast",
    )


def test_reasons_are_kept_as_codes_and_sentences_of_the_first_register_stay() -> None:
    assert (codes_of("no_card too_soon"), codes_of("kalimat lama"), codes_of(None)) == (
        ("no_card", "too_soon"),
        (),
        (),
    )
    assert (sentence_of("kalimat lama"), sentence_of(None)) == ("kalimat lama", "")
    assert sentence_of("no_card earlier_card").count(";") == 1


# ---- turns ---------------------------------------------------------------------------------------


def kept(attempt: int, received_at: datetime = NOW) -> KeptSubmission:
    return KeptSubmission(
        f"{attempt}",
        received_at,
        "D26-001",
        "tes-akhir",
        a_hand_in("D26-001", attempt=attempt),
        "out_of_turn",
    )


def test_what_waits_is_let_in_in_turn_until_one_is_missing() -> None:
    quiz = a_test()

    found, taken = let_in(
        [kept(4), kept(3), kept(2), kept(6)], Taken(1, 1, NOW), quiz, Grader(quiz).grade
    )

    assert [(each.kept.id, each.sequence, each.why) for each in found] == [
        ("2", 2, TURN),
        ("3", 3, TURN),
        ("4", 4, TURN),
    ]
    assert (taken.last, taken.counting, taken.last_at) == (4, 4, NOW)


def test_nothing_is_let_in_that_is_used_up_too_soon_or_cannot_be_graded() -> None:
    limited, slow, quiz = a_test(attempts="2"), a_test(cool_down="30"), a_test()

    assert [
        each.kept.id
        for each in let_in([kept(2), kept(3)], Taken(1, 1, NOW), limited, Grader(limited).grade)[0]
    ] == ["2"]
    assert let_in([kept(2)], Taken(1, 1, NOW), slow, Grader(slow).grade) == ([], Taken(1, 1, NOW))
    assert let_in([kept(2)], Taken(1, 1, NOW), quiz, lambda _: None) == ([], Taken(1, 1, NOW))


@pytest.mark.parametrize(
    ("last_at", "after"), [(None, NOW), (NOW - MINUTE, NOW), (NOW + MINUTE, NOW + MINUTE)]
)
def test_one_more_attempt_counts_from_the_latest_moment(
    last_at: datetime | None, after: datetime
) -> None:
    assert used(Taken(3, 2, last_at, 1), NOW) == Taken(4, 3, after, 1)
