"""Finds every row about a person in the register, for a person who asks to see these rows."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, or_, select
from sqlalchemy.sql.elements import ColumnElement

from psm_course.store.rows import ours
from psm_course.store.schema import (
    attempt,
    audit_event,
    decision,
    enrolment,
    metadata,
    outcome,
    person,
    quarantine,
    record,
    record_document,
    record_event,
    submission,
)

_LEFT_OUT = {"name_key", "salt", "entry"}  # what only repeats the name, or binds a row to the log


def traces_of(tx: Connection, numbers: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Return every row about the person with these participant numbers, by table name.

    Some columns are left out: those that only repeat the name, and those with salts and hashes for
    the log.
    """
    found = {}
    about = _about(tx, numbers)
    for table in metadata.sorted_tables:
        condition = about.get(table.name)
        # `record.number` is a certificate number; `name_word` only repeats the name.
        if condition is None and "number" in table.c and table.name not in {"record", "name_word"}:
            condition = table.c.number.in_(numbers)
        if condition is not None:
            columns = [column for column in table.c if column.name not in _LEFT_OUT]
            rows = tx.execute(
                ours(tx, select(*columns).where(condition).order_by(*table.primary_key))
            ).mappings()
            found[table.name] = [dict(row) for row in rows]
    return found


def _about(tx: Connection, numbers: Collection[str]) -> dict[str, ColumnElement[bool]]:
    """Return conditions that find the rows of a person, by table name.

    The result has only tables whose rows cannot be found by a column `number` with the participant
    number. Rows of these tables name the person in another way, for example by the submission's id.
    """
    whose = ours(tx, select(enrolment.c.person).where(enrolment.c.number.in_(numbers)))
    submissions = ours(tx, select(submission.c.id).where(submission.c.participant.in_(numbers)))
    attempts = ours(tx, select(attempt.c.id).where(attempt.c.number.in_(numbers)))
    records = ours(tx, select(record.c.number).where(record.c.participant.in_(numbers)))
    return {
        "person": person.c.id.in_(whose),
        "submission": submission.c.participant.in_(numbers),
        "decision": decision.c.submission.in_(submissions),
        "outcome": outcome.c.attempt.in_(attempts),
        "quarantine": quarantine.c.participant.in_(numbers),
        "record": record.c.participant.in_(numbers),
        "record_document": record_document.c.record.in_(records),
        "record_event": record_event.c.record.in_(records),
        "audit_event": or_(
            audit_event.c.subject.in_(numbers),
            audit_event.c.subject.in_(submissions),
            audit_event.c.subject.in_(records),
        ),
    }
