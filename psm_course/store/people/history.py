"""One person's history, oldest first: every row as it was written, without totals."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BindParameter, Connection, CursorResult, Select, bindparam, select

from psm_course.store.engine import from_utc
from psm_course.store.rows import ours
from psm_course.store.schema import (
    attempt,
    attendance_mark,
    observation,
    outcome,
    override,
    record,
    record_event,
    submission,
)


@dataclass(frozen=True, slots=True)
class MarkWritten:
    """An attendance mark as it was written; a later mark of the same session corrects it."""

    session: str
    presence: str
    at: datetime
    actor: str | None
    source: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class OutcomeWritten:
    """One outcome of an attempt, as it was written.

    An attempt has several outcomes if it was regraded, or if it was voided (`void`).
    """

    quiz: str
    sequence: int
    received_at: datetime
    graded_at: datetime
    points: Decimal
    maximum: Decimal
    passed: bool | None
    void: bool = False
    bound: bool = True


@dataclass(frozen=True, slots=True)
class Deed:
    """A decision of an officer or trainer about a person, or an event of a record.

    `about` is the id of a requirement or criterion, or a certificate number. `verdict` says what
    was decided or what happened.
    """

    about: str
    verdict: str
    reason: str
    actor: str
    at: datetime


# Built once: a person's page asks all of these.
_NUMBER: BindParameter[str] = bindparam("number")
_MARKS = (
    select(attendance_mark)
    .where(attendance_mark.c.number == _NUMBER)
    .order_by(attendance_mark.c.id)
)
_OVERRIDES = select(override).where(override.c.number == _NUMBER).order_by(override.c.id)
_OBSERVATIONS = (
    select(observation).where(observation.c.number == _NUMBER).order_by(observation.c.id)
)
_ISSUED = (
    select(record)
    .where(record.c.participant == _NUMBER)
    .order_by(record.c.issued_at, record.c.number)
)
_RECORD_EVENTS = (
    select(record_event)
    .join(record, record.c.number == record_event.c.record)
    .where(record.c.participant == _NUMBER)
    .order_by(record_event.c.id)
)
_OUTCOMES = (
    select(attempt.c.quiz, attempt.c.bound, attempt.c.sequence, submission.c.received_at, outcome)
    .join(attempt, attempt.c.id == outcome.c.attempt)
    .join(submission, submission.c.id == attempt.c.submission)
    .where(attempt.c.number == _NUMBER)
    .order_by(attempt.c.id, outcome.c.id)
)


def marks_of(tx: Connection, number: str) -> tuple[MarkWritten, ...]:
    """Return every attendance mark under a participant number, also marks corrected later."""
    return tuple(
        MarkWritten(
            row.session, row.presence, from_utc(row.marked_at), row.actor, row.source, row.reason
        )
        for row in _rows(tx, _MARKS, number)
    )


def outcomes_of(tx: Connection, number: str) -> tuple[OutcomeWritten, ...]:
    """Return every outcome of every attempt under a participant number."""
    return tuple(
        OutcomeWritten(
            row.quiz,
            row.sequence,
            from_utc(row.received_at),
            from_utc(row.graded_at),
            Decimal(row.points),
            Decimal(row.maximum),
            row.passed,
            row.void,
            row.bound,
        )
        for row in _rows(tx, _OUTCOMES, number)
    )


def overrides_of(tx: Connection, number: str) -> tuple[Deed, ...]:
    """Return every override for a person, oldest first.

    `verdict` is `met`, `unmet` or `withdrawn`; `about` is the id of the requirement.
    """
    words = {True: "met", False: "unmet", None: "withdrawn"}
    return tuple(
        Deed(row.requirement, words[row.met], row.reason, row.actor, from_utc(row.decided_at))
        for row in _rows(tx, _OVERRIDES, number)
    )


def observations_of(tx: Connection, number: str) -> tuple[Deed, ...]:
    """Return every observation of a person, oldest first.

    `verdict` is the level as text; `about` is the id of the criterion.
    """
    return tuple(
        Deed(row.criterion, str(row.level), "", row.actor, from_utc(row.observed_at))
        for row in _rows(tx, _OBSERVATIONS, number)
    )


def record_deeds_of(tx: Connection, number: str) -> tuple[Deed, ...]:
    """Return the issuing of each of a person's records, then every event of these records.

    If the deed is an issuing, `verdict` is the kind of the record. If the deed is an event,
    `verdict` is the kind of the event.
    """
    issued = [
        Deed(row.number, row.kind, "", "", from_utc(row.issued_at))
        for row in _rows(tx, _ISSUED, number)
    ]
    events = [
        Deed(row.record, row.event, row.reason, row.actor, from_utc(row.at))
        for row in _rows(tx, _RECORD_EVENTS, number)
    ]
    return (*issued, *events)


def _rows(tx: Connection, query: Select[Any], number: str) -> CursorResult[Any]:
    return tx.execute(ours(tx, query), {"number": number})
