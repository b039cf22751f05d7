"""Attendance marks. They are appended and never changed."""

from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Connection, Select, select

from psm_course.domain.register import AttendanceMark, Presence
from psm_course.store.engine import to_utc
from psm_course.store.people.people import (
    COUNTED_FOR,
    Cohorts,
    Shape,
    Whose,
    belongs,
    latest_of_each,
    shape_of,
    whose,
)
from psm_course.store.rows import add, ours
from psm_course.store.schema import attendance_mark, enrolment


def add_marks(tx: Connection, marks: list[AttendanceMark], actor: str, at: datetime) -> None:
    """Append attendance marks, all by the same actor at the same time."""
    written = {"actor": actor, "marked_at": to_utc(at)}
    add(tx, attendance_mark, [asdict(mark) | written for mark in marks])


def presence_of_cohort(
    tx: Connection, cohort_id: Cohorts, number: Whose = None
) -> dict[str, dict[str, Presence]]:
    """Return the latest presence by participant number, then by session.

    `number` limits the result to one or several people; None: everybody.
    """
    return latest_of_each(
        tx, _in_order(shape_of(cohort_id, number), attendance_mark.c.presence), cohort_id, number
    )


def sources_of_cohort(tx: Connection, cohort_id: str) -> dict[tuple[str, str], str]:
    """Return the source of each person's latest attendance mark for each session of a cohort.

    The result is a mapping by participant number and session. A source is `sheet`, `scan` or
    `desk`.
    """
    rows = tx.execute(
        ours(tx, _in_order(shape_of(cohort_id), attendance_mark.c.source)), whose(cohort_id)
    ).all()
    return {(number, session): source for number, session, source in rows}


@lru_cache
def _in_order(shape: Shape, column: Column[Any]) -> Select[Any]:
    return (
        select(COUNTED_FOR, attendance_mark.c.session, column)
        .select_from(attendance_mark)
        .join(enrolment, enrolment.c.number == attendance_mark.c.number)
        .where(*belongs(shape))
        .order_by(attendance_mark.c.id)
    )
