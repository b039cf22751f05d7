"""The dates of a cohort's sessions.

Each cohort has dates of its own. At first these are the dates that the course's pattern of days
gives.
"""

from collections.abc import Iterable
from datetime import date

from psm_course.domain.register import Cohort, HeldSession
from psm_course.domain.requirement import Session


def held_on(cohort: Cohort, session: Session) -> date:
    """Return the date of a session in a cohort: its own date, else the date by the pattern."""
    return cohort.dates.get(session.id) or cohort.on_day(session.day)


def first_day(cohort: Cohort, sessions: Iterable[Session]) -> date:
    """Return the date of the earliest of these sessions."""
    return min(held_on(cohort, session) for session in sessions)


def last_day(cohort: Cohort, sessions: Iterable[Session]) -> date:
    """Return the date of the latest of these sessions."""
    return max(held_on(cohort, session) for session in sessions)


def by_pattern(cohort: Cohort, session: Session) -> HeldSession:
    """Return a session at the day and time that the course plans, without the cohort's changes."""
    return HeldSession(session.id, cohort.on_day(session.day), session.start or "", session.minutes)
