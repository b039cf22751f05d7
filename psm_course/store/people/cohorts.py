"""Cohorts: adding, finding, listing and changing them. For the people in them see `people`."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.engine import Row

from psm_course.domain.register import Cohort
from psm_course.errors import Refused
from psm_course.store.engine import from_utc, to_utc
from psm_course.store.people.schedule import dates_of
from psm_course.store.rows import add, change, ours, same_office
from psm_course.store.schema import cohort, cohort_session, enrolment


def add_cohort(tx: Connection, new: Cohort) -> None:
    """Add a cohort, without the dates of its sessions (`schedule.add_sessions` adds these)."""
    add(
        tx,
        cohort,
        [
            {
                "id": new.id,
                "title": new.title,
                "starts_on": new.starts_on,
                "course": new.course,
                "place": new.place or None,
                "closes_at": to_utc(new.closes_at) if new.closes_at else None,
            }
        ],
    )


_COHORT = select(cohort).where(cohort.c.id == bindparam("name"))


def find_cohort(tx: Connection, name: str) -> Cohort | None:
    """Return a cohort with the dates of its sessions; None if no cohort has this name (id)."""
    row = tx.execute(ours(tx, _COHORT), {"name": name}).one_or_none()
    return replace(_cohort(row), dates=dates_of(tx, name)) if row else None


def get_cohort(tx: Connection, name: str) -> Cohort:
    """Return the cohort with this name (id), with the dates of its sessions.

    Raises:
        Refused: no cohort has this name; the message lists all names.
    """
    found = find_cohort(tx, name)
    if found is None:
        known = ", ".join(each.id for each in list_cohorts(tx)) or "belum ada"
        raise Refused(
            f'Angkatan "{name}" tidak ada. Yang ada: {known}. Buat dengan: psm cohort new.'
        )
    return found


def list_cohorts(tx: Connection) -> tuple[Cohort, ...]:
    """Return all cohorts, oldest first, without the dates of their sessions."""
    query = select(cohort).order_by(cohort.c.starts_on, cohort.c.id)
    return tuple(_cohort(row) for row in tx.execute(ours(tx, query)))


def titles_of(tx: Connection, cohorts: Collection[str]) -> dict[str, str]:
    """Return the titles of these cohorts, by cohort id."""
    rows = tx.execute(ours(tx, select(cohort.c.id, cohort.c.title).where(cohort.c.id.in_(cohorts))))
    return {row.id: row.title for row in rows}


def cohorts_with_size(
    tx: Connection, among: Iterable[str] | None, offset: int, most: int, archived: bool = False
) -> tuple[tuple[Cohort, int, date], ...]:
    """Return a page of cohorts, newest first, each with its size and its first day.

    The size is the number of people who did not leave. The first day is that of the first session,
    or `starts_on` if no session has a date.

    Args:
        tx: a transaction.
        among: limits the result to cohorts with these ids; None: all.
        offset: number of cohorts before this page.
        most: maximum number of cohorts on the page.
        archived: True for archived cohorts, False for all others.
    """
    members = (
        same_office(enrolment, cohort),
        enrolment.c.cohort == cohort.c.id,
        enrolment.c.left_as.is_(None),
    )
    size = select(func.count()).where(*members).correlate(cohort).scalar_subquery()
    meets = same_office(cohort_session, cohort), cohort_session.c.cohort == cohort.c.id
    first_day = (
        select(func.min(cohort_session.c.held_on)).where(*meets).correlate(cohort).scalar_subquery()
    )
    query = (
        select(cohort, size.label("size"), first_day.label("first_day"))
        .order_by(cohort.c.starts_on.desc(), cohort.c.id)
        .offset(offset)
        .limit(most)
    )
    query = query.where(
        cohort.c.archived_at.is_not(None) if archived else cohort.c.archived_at.is_(None)
    )
    if among is not None:
        query = query.where(cohort.c.id.in_(sorted(among)))
    return tuple(
        (_cohort(row), row.size, row.first_day or row.starts_on)
        for row in tx.execute(ours(tx, query))
    )


def set_title(tx: Connection, cohort_id: str, title: str) -> None:
    """Change the title of a cohort. Issued records keep the old title."""
    change(tx, update(cohort).where(cohort.c.id == cohort_id).values(title=title))


def set_archived(tx: Connection, cohort_id: str, at: datetime | None) -> None:
    """Archive a cohort at the time `at`; if `at` is None, reopen the cohort."""
    _set_moment(tx, cohort_id, "archived_at", at)


def set_closing(tx: Connection, cohort_id: str, closes_at: datetime | None) -> None:
    """Set the time at which a cohort closes; hand-ins that arrive later are held.

    If `closes_at` is None, the cohort never closes.
    """
    _set_moment(tx, cohort_id, "closes_at", closes_at)


def _set_moment(tx: Connection, cohort_id: str, column: str, at: datetime | None) -> None:
    moment = {column: to_utc(at) if at else None}
    change(tx, update(cohort).where(cohort.c.id == cohort_id).values(moment))


def _cohort(row: Row[Any]) -> Cohort:
    closes_at, archived_at = (
        from_utc(at) if at else None for at in (row.closes_at, row.archived_at)
    )
    return Cohort(
        row.id, row.title, row.starts_on, closes_at, archived_at, row.course, row.place or ""
    )
