"""What an officer decided on one person's requirement, against the rule: appended, the latest counts."""

from datetime import datetime

from sqlalchemy import Connection, select

from psm_course.domain.register import Override, Reason
from psm_course.store.engine import to_utc
from psm_course.store.people.people import COUNTED_FOR, Cohorts, Whose, belongs
from psm_course.store.rows import add, ours
from psm_course.store.schema import enrolment, override


def add_override(tx: Connection, number: str, requirement: str, met: bool | None, reason: Reason, actor: str, at: datetime) -> None:
    """`met` None takes back what was decided before."""
    written = {"number": number, "requirement": requirement, "met": met, "reason": reason, "actor": actor, "decided_at": to_utc(at)}
    add(tx, override, [written])


def overrides_of_cohort(tx: Connection, cohort_id: Cohorts, number: Whose = None) -> dict[str, dict[str, Override]]:
    """For each number (or for some), what counts per requirement."""
    query = (
        select(COUNTED_FOR, override.c.requirement, override.c.met, override.c.reason)
        .select_from(override)
        .join(enrolment, enrolment.c.number == override.c.number)
        .where(*belongs(cohort_id, number))
        .order_by(override.c.id)
    )
    found: dict[str, dict[str, Override]] = {}
    for row in tx.execute(ours(tx, query)):
        mine = found.setdefault(row.number, {})
        mine.pop(row.requirement, None)
        if row.met is not None:
            mine[row.requirement] = Override(row.met, row.reason)
    return found
