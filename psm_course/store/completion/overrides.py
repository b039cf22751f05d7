"""Overrides: an officer's decision on one requirement of one person, instead of the rule's.

Overrides are appended and never changed; the latest override of a requirement is valid.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, select

from psm_course.domain.register import Override, Reason
from psm_course.store.engine import to_utc
from psm_course.store.people.people import (
    COUNTED_FOR,
    Cohorts,
    Shape,
    Whose,
    belongs,
    shape_of,
    whose,
)
from psm_course.store.rows import add, ours
from psm_course.store.schema import enrolment, override


def add_override(
    tx: Connection,
    number: str,
    requirement: str,
    met: bool | None,
    reason: Reason,
    actor: str,
    at: datetime,
) -> None:
    """Append an override: the officer's decision that a requirement is met, or not met.

    If `met` is None, the earlier override of the requirement is withdrawn.
    """
    add(
        tx,
        override,
        [
            {
                "number": number,
                "requirement": requirement,
                "met": met,
                "reason": reason,
                "actor": actor,
                "decided_at": to_utc(at),
            }
        ],
    )


def overrides_of_cohort(
    tx: Connection, cohort_id: Cohorts, number: Whose = None
) -> dict[str, dict[str, Override]]:
    """Return the overrides in force, by participant number, then by requirement id.

    `number` limits the result to one or several people; None: everybody.
    """
    found: dict[str, dict[str, Override]] = {}
    for row in tx.execute(
        ours(tx, _in_order(shape_of(cohort_id, number))), whose(cohort_id, number)
    ):
        mine = found.setdefault(row.number, {})
        mine.pop(row.requirement, None)
        if row.met is not None:
            mine[row.requirement] = Override(row.met, row.reason)
    return found


@lru_cache
def _in_order(shape: Shape) -> Select[Any]:
    return (
        select(COUNTED_FOR, override.c.requirement, override.c.met, override.c.reason)
        .select_from(override)
        .join(enrolment, enrolment.c.number == override.c.number)
        .where(*belongs(shape))
        .order_by(override.c.id)
    )
