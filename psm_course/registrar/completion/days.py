"""Which of a cohort's days have come, by the office's clock: nobody was there on a day to come, and no course is over before its last."""

from collections.abc import Iterable
from datetime import date, datetime

from psm_course.domain.register import Cohort
from psm_course.domain.requirement import Session
from psm_course.domain.sessions import held_on
from psm_course.local_time import WIB


def today(now: datetime) -> date:
    """The office's date at an aware moment."""
    return now.astimezone(WIB).date()


def days_to_come(cohort: Cohort, sessions: Iterable[Session], now: datetime) -> dict[str, date]:
    """The sessions that lie ahead, by id, with their dates."""
    dates = {session.id: held_on(cohort, session) for session in sessions}
    return {session: on for session, on in dates.items() if on > today(now)}
