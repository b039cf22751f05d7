"""Makes `Enrolment` objects from rows of the table `enrolment`."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.engine import Row

from psm_course.domain.register import Enrolment
from psm_course.store.schema import enrolment

COLUMNS = tuple(enrolment.c[name] for name in Enrolment.__dataclass_fields__)


def enrolments() -> Select[Any]:
    """Select the columns from which `enrolment_of` makes an `Enrolment`, and no others."""
    return select(*COLUMNS)


def enrolment_of(row: Row[Any]) -> Enrolment:
    """Make an `Enrolment` of a row that begins with the columns of `enrolments`."""
    return Enrolment(*row[: len(COLUMNS)])
