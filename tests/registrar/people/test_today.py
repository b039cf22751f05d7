"""Which cohort sits in the hall: the one that meets today, that is named, or that is the only."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from psm_course.domain.register import Cohort, HeldSession
from psm_course.errors import Refused
from psm_course.registrar.people.today import cohort_in_the_hall, sessions_in_the_hall
from psm_course.store.engine import Store
from psm_course.store.people import cohorts, schedule
from tests.register_builders import a_cohort, arranging

# 25 November in Depok already, still the 24th by UTC.
NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)


def opened(store: Store, cohort: str, *days: date, archived: bool = False) -> None:
    with arranging(store) as tx:
        cohorts.add_cohort(
            tx, Cohort(cohort, f"Angkatan {cohort}", date(2026, 11, 24), course="bimtek")
        )
        schedule.add_sessions(
            tx,
            cohort,
            [HeldSession(f"s{number}", day, "08.30", 45) for number, day in enumerate(days)],
        )
        if archived:
            cohorts.set_archived(tx, cohort, NOW)


def in_the_hall(store: Store, name: str = "") -> str:
    with store.reading() as tx:
        return cohort_in_the_hall(tx, name, NOW).id


def test_the_cohort_that_meets_today_by_the_offices_clock(store: Store) -> None:
    opened(store, "A", date(2026, 11, 24))
    opened(store, "B", date(2026, 11, 24), date(2026, 11, 25))
    opened(store, "C", date(2026, 11, 25), archived=True)

    assert in_the_hall(store) == "B"
    assert in_the_hall(store, " a ") == "A"
    assert {name: held.held_on for name, held in sessions_in_the_hall(store, NOW).items()} == {
        "s0": date(2026, 11, 24),
        "s1": date(2026, 11, 25),
    }


def test_two_that_meet_today_are_asked_about(store: Store) -> None:
    opened(store, "A", date(2026, 11, 25))
    opened(store, "B", date(2026, 11, 25))

    with pytest.raises(Refused, match=r'ada 2 angkatan: A, B\..* angkatan="A"\.'):
        in_the_hall(store)


def test_the_only_cohort_is_meant_on_any_day_and_an_empty_register_says_so(store: Store) -> None:
    with pytest.raises(Refused, match="Belum ada angkatan"):
        in_the_hall(store)
    a_cohort(store, "Siti")

    assert in_the_hall(store) == "D26"
