"""When sessions are held: on a cohort's own dates, else by the pattern from its first day."""

from __future__ import annotations

from datetime import date

import pytest

from psm_course.domain.register import Cohort, HeldSession
from psm_course.domain.sessions import by_pattern, first_day, held_on, last_day
from tests.register_builders import a_course_file

FIRST, SECOND, THIRD = date(2026, 10, 7), date(2026, 10, 8), date(2026, 10, 9)
SESSIONS = a_course_file().sessions


def a_cohort(**dates: date) -> Cohort:
    return Cohort("D26", "Angkatan D26", FIRST, dates=dates)


def test_a_day_of_the_pattern_is_counted_from_the_first() -> None:
    assert [a_cohort().on_day(day) for day in (1, 2, 3)] == [FIRST, SECOND, THIRD]


def test_a_session_is_held_on_the_date_that_the_cohort_set_else_by_the_pattern() -> None:
    session = SESSIONS[0].model_copy(update={"day": 2})

    assert held_on(a_cohort(), session) == SECOND
    assert held_on(a_cohort(**{session.id: THIRD}), session) == THIRD


def test_a_cohort_lasts_from_its_first_session_to_its_last() -> None:
    one, other = (
        each.model_copy(update={"day": day}) for each, day in zip(SESSIONS[:2], (1, 2), strict=True)
    )

    assert (first_day(a_cohort(), [other, one]), last_day(a_cohort(), [other, one])) == (
        FIRST,
        SECOND,
    )
    moved = a_cohort(**{one.id: THIRD})
    assert (first_day(moved, [one, other]), last_day(moved, [one, other])) == (SECOND, THIRD)


@pytest.mark.parametrize(
    ("dates", "first"), [({}, FIRST), ({"buka": THIRD, "dasar": SECOND}, SECOND)]
)
def test_a_cohort_first_meets_on_the_earliest_of_its_dates(
    dates: dict[str, date], first: date
) -> None:
    assert a_cohort(**dates).first_day == first


@pytest.mark.parametrize(("start", "kept"), [("08.00", "08.00"), (None, "")])
def test_a_session_begins_as_the_course_has_it(start: str | None, kept: str) -> None:
    session = SESSIONS[0].model_copy(update={"day": 2, "start": start, "minutes": 90})

    assert by_pattern(a_cohort(), session) == HeldSession(session.id, SECOND, kept, 90)
