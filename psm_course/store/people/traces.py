"""Everything the register holds about one person, as it stands there: what they are entitled to see."""

from typing import Any

from sqlalchemy import Connection, or_, select
from sqlalchemy.sql.elements import ColumnElement

from psm_course.store.rows import ours
from psm_course.store.schema import (
    attempt,
    audit_event,
    decision,
    metadata,
    outcome,
    quarantine,
    record,
    record_document,
    record_event,
    submission,
)


def traces_of(tx: Connection, number: str) -> dict[str, list[dict[str, Any]]]:
    """Every row about a participant number by table, in the order of the tables."""
    found = {}
    for table in metadata.sorted_tables:
        condition = _about(tx, number).get(table.name)
        if condition is None and "number" in table.c and table.name != "record":
            condition = table.c.number == number
        if condition is not None:
            rows = tx.execute(ours(tx, select(table).where(condition).order_by(*table.primary_key))).mappings()
            found[table.name] = [dict(row) for row in rows]
    return found


def _about(tx: Connection, number: str) -> dict[str, ColumnElement[bool]]:
    """How the tables that do not carry the participant's number point to it."""
    submissions = ours(tx, select(submission.c.id).where(submission.c.participant == number))
    attempts = ours(tx, select(attempt.c.id).where(attempt.c.number == number))
    records = ours(tx, select(record.c.number).where(record.c.participant == number))
    return {
        "submission": submission.c.participant == number,
        "decision": decision.c.submission.in_(submissions),
        "outcome": outcome.c.attempt.in_(attempts),
        "quarantine": quarantine.c.participant == number,
        "record": record.c.participant == number,
        "record_document": record_document.c.record.in_(records),
        "record_event": record_event.c.record.in_(records),
        "audit_event": or_(audit_event.c.subject == number, audit_event.c.subject.in_(submissions), audit_event.c.subject.in_(records)),
    }
