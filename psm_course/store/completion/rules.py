"""The rules that each cohort adopted. Appended, never changed: the latest count."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from psm_course.domain.course_file import CourseFile
from psm_course.domain.register import Reason
from psm_course.domain.rules import freeze, thaw, version_of
from psm_course.store.engine import from_utc, to_utc
from psm_course.store.rows import add, ours
from psm_course.store.schema import adopted_rules


@dataclass(frozen=True, slots=True)
class Adoption:
    """Rules that a cohort adopted, by whom, when and why."""

    rules: CourseFile
    version: str
    reason: str
    actor: str
    adopted_at: datetime


def add_adoption(tx: Connection, cohort_id: str, rules: CourseFile, reason: Reason, actor: str, at: datetime) -> None:
    written = {"cohort": cohort_id, "rules": freeze(rules), "version": version_of(rules)}
    add(tx, adopted_rules, [written | {"reason": reason, "actor": actor, "adopted_at": to_utc(at)}])


def find_adoption(tx: Connection, cohort_id: str) -> Adoption | None:
    """What counts for a cohort now; None for one opened before rules were adopted."""
    query = select(adopted_rules).where(adopted_rules.c.cohort == cohort_id).order_by(adopted_rules.c.id.desc()).limit(1)
    row = tx.execute(ours(tx, query)).one_or_none()
    return Adoption(thaw(row.rules), row.version, row.reason, row.actor, from_utc(row.adopted_at)) if row else None
