"""Sessions on days to come, by the office's clock. Nobody can have attended such a session."""

from collections.abc import Iterable
from datetime import date, datetime

from psm_course.domain.register import Cohort
from psm_course.domain.requirement import Session
from psm_course.domain.sessions import held_on
from psm_course.local_time import WIB


def today(now: datetime) -> date:
    """The date in the office's time zone (WIB) at an aware moment."""
    return now.astimezone(WIB).date()


def days_to_come(cohort: Cohort, sessions: Iterable[Session], now: datetime) -> dict[str, date]:
    """The dates of those sessions that are held after today, by session id."""
    dates = {session.id: held_on(cohort, session) for session in sessions}
    return {session: on for session, on in dates.items() if on > today(now)}
