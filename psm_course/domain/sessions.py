"""The dates of a cohort's sessions.

Each cohort has dates of its own. At first they follow from the first day of the cohort and the day
numbers of the sessions in the course file; an officer may change them.
"""

from collections.abc import Iterable
from datetime import date

from psm_course.domain.register import Cohort, HeldSession
from psm_course.domain.requirement import Session


def held_on(cohort: Cohort, session: Session) -> date:
    """Return the date of a session in a cohort: from `cohort.dates`, else by the course's plan."""
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
