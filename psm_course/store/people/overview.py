"""Figures over many people at once: how many belong, and how many trained people live where."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from psm_course.domain.register import Cohort
from psm_course.store.engine import from_utc, to_utc
from psm_course.store.schema import cohort, enrolment


def cohort_of(tx: Connection, number: str) -> str | None:
    """The cohort that a participant number belongs to."""
    return tx.execute(select(enrolment.c.cohort).where(enrolment.c.number == number)).scalar()


def cohorts_with_size(tx: Connection, among: Iterable[str] | None, offset: int, most: int) -> tuple[tuple[Cohort, int], ...]:
    """Cohorts with the number of people in each, newest first; `among` limits them."""
    size = select(func.count()).where(enrolment.c.cohort == cohort.c.id).correlate(cohort).scalar_subquery()
    query = select(cohort, size.label("size")).order_by(cohort.c.starts_on.desc(), cohort.c.id).offset(offset).limit(most)
    if among is not None:
        query = query.where(cohort.c.id.in_(sorted(among)))
    return tuple(
        (Cohort(row.id, row.title, row.starts_on, from_utc(row.closes_at) if row.closes_at else None), row.size)
        for row in tx.execute(query)
    )


def set_closing(tx: Connection, cohort_id: str, closes_at: datetime | None) -> None:
    tx.execute(update(cohort).where(cohort.c.id == cohort_id).values(closes_at=to_utc(closes_at) if closes_at else None))


def enrolled_by_kelurahan(tx: Connection) -> dict[str, int]:
    """People of every cohort by the kelurahan where they live."""
    rows = tx.execute(select(enrolment.c.kelurahan, func.count().label("people")).group_by(enrolment.c.kelurahan))
    return {row.kelurahan: row.people for row in rows}
