"""Reading enrolments from their table."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.engine import Row

from psm_course.domain.register import Enrolment
from psm_course.store.schema import enrolment

COLUMNS = tuple(enrolment.c[name] for name in Enrolment.__dataclass_fields__)


def enrolments() -> Select[Any]:
    """A select of the columns that make an `Enrolment`, and nothing else."""
    return select(*COLUMNS)


def enrolment_of(row: Row[Any]) -> Enrolment:
    """The `Enrolment` of a row that begins with these columns."""
    return Enrolment(*row[: len(COLUMNS)])
