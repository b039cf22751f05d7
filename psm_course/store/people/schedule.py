"""A cohort's sessions: when, where, and who speaks."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import Connection, bindparam, func, select, update

from psm_course.domain.register import HeldSession
from psm_course.store.rows import add, change, ours, same_office
from psm_course.store.schema import cohort, cohort_session

_TEXTS = ("start", "room", "speaker", "institution")


_DATES = select(cohort_session.c.session, cohort_session.c.held_on).where(
    cohort_session.c.cohort == bindparam("cohort_id")
)


def dates_of(tx: Connection, cohort_id: str) -> dict[str, date]:
    """Return the date of each session of a cohort, by session id."""
    return dict(tx.execute(ours(tx, _DATES), {"cohort_id": cohort_id}).all())


def first_days(tx: Connection) -> dict[str, date]:
    """Return the date of each cohort's first session, by cohort id.

    Cohorts without sessions are left out.
    """
    query = select(
        cohort_session.c.cohort, func.min(cohort_session.c.held_on).label("first")
    ).group_by(cohort_session.c.cohort)
    return {row.cohort: row.first for row in tx.execute(ours(tx, query))}


def meeting_on(tx: Connection, day: date) -> tuple[str, ...]:
    """Return the ids of cohorts that have a session on this day; archived cohorts are left out."""
    of_it = same_office(cohort_session, cohort) & (cohort_session.c.cohort == cohort.c.id)
    query = (
        select(cohort.c.id)
        .distinct()
        .join(cohort_session, of_it)
        .where(cohort_session.c.held_on == day, cohort.c.archived_at.is_(None))
    )
    return tuple(tx.execute(ours(tx, query.order_by(cohort.c.id))).scalars())


def sessions_held(tx: Connection, cohort_id: str) -> dict[str, HeldSession]:
    """Return the sessions of a cohort, by session id.

    Each session has day, start, minutes, room and speaker.
    """
    query = select(cohort_session).where(cohort_session.c.cohort == cohort_id)
    return {
        row.session: HeldSession(
            row.session,
            row.held_on,
            row.start or "",
            row.minutes,
            row.room or "",
            row.speaker or "",
            row.institution or "",
        )
        for row in tx.execute(ours(tx, query))
    }


def add_sessions(tx: Connection, cohort_id: str, new: Sequence[HeldSession]) -> None:
    """Add sessions that the cohort does not have yet."""
    add(tx, cohort_session, [{"cohort": cohort_id} | _row(each) for each in new])


def change_session(tx: Connection, cohort_id: str, changed: HeldSession) -> None:
    """Replace the day, start, minutes, room and speaker of a cohort's session."""
    change(
        tx,
        update(cohort_session)
        .where(cohort_session.c.cohort == cohort_id, cohort_session.c.session == changed.session)
        .values(**_row(changed)),
    )


def set_place(tx: Connection, cohort_id: str, place: str) -> None:
    """Set the place at which a cohort meets; an empty text deletes the place."""
    change(tx, update(cohort).where(cohort.c.id == cohort_id).values(place=place or None))


def _row(held: HeldSession) -> dict[str, object]:
    return asdict(held) | {name: getattr(held, name) or None for name in _TEXTS}
