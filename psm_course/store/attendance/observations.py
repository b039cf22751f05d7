"""Observations of trainers, as levels of the rubric.

They are appended; the latest observation of a person at a criterion is the valid one.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, select

from psm_course.store.engine import to_utc
from psm_course.store.people.people import (
    COUNTED_FOR,
    Cohorts,
    Shape,
    Whose,
    belongs,
    latest_of_each,
    shape_of,
)
from psm_course.store.rows import add
from psm_course.store.schema import enrolment, observation


def add_observation(
    tx: Connection, number: str, criterion: str, level: int, actor: str, at: datetime
) -> None:
    """Append one observation: the `level` of the rubric that a person showed at a criterion."""
    add(
        tx,
        observation,
        [
            {
                "number": number,
                "criterion": criterion,
                "level": level,
                "actor": actor,
                "observed_at": to_utc(at),
            }
        ],
    )


def levels_of_cohort(
    tx: Connection, cohort_id: Cohorts, number: Whose = None
) -> dict[str, dict[str, int]]:
    """Return the latest level by participant number, then by criterion.

    `number` limits the result to one or several people; None: everybody.
    """
    return latest_of_each(tx, _in_order(shape_of(cohort_id, number)), cohort_id, number)


@lru_cache
def _in_order(shape: Shape) -> Select[Any]:
    return (
        select(COUNTED_FOR, observation.c.criterion, observation.c.level)
        .select_from(observation)
        .join(enrolment, enrolment.c.number == observation.c.number)
        .where(*belongs(shape))
        .order_by(observation.c.id)
    )
