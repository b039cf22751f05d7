"""What happened to one person, oldest first, and what was handed in, newest first. Rows as they were written, nothing folded."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, select

from psm_course.domain.register import KeptSubmission
from psm_course.store.decided import latest_decision
from psm_course.store.engine import from_utc
from psm_course.store.rows import ours, same_office
from psm_course.store.schema import (
    attempt,
    attendance_mark,
    decision,
    enrolment,
    observation,
    outcome,
    override,
    record,
    record_event,
    submission,
)


@dataclass(frozen=True, slots=True)
class MarkWritten:
    """An attendance mark; later ones of the same session correct earlier ones."""

    session: str
    presence: str
    at: datetime
    actor: str | None
    source: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class OutcomeWritten:
    """An attempt as it was graded at one time; a regrade writes another, and so does an officer who takes it back (`void`)."""

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
class HandIn(KeptSubmission):
    """The same with what became of it: the `sequence` of its attempt, and the officer's reason."""

    sequence: int | None = None
    ruling_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """Something an officer or trainer decided about a person. `about` is the id of what it concerns."""

    about: str
    verdict: str
    reason: str
    actor: str
    at: datetime


def marks_of(tx: Connection, number: str) -> tuple[MarkWritten, ...]:
    rows = tx.execute(ours(tx, select(attendance_mark).where(attendance_mark.c.number == number).order_by(attendance_mark.c.id)))
    return tuple(MarkWritten(row.session, row.presence, from_utc(row.marked_at), row.actor, row.source, row.reason) for row in rows)


def outcomes_of(tx: Connection, number: str) -> tuple[OutcomeWritten, ...]:
    query = (
        select(attempt.c.quiz, attempt.c.bound, attempt.c.sequence, submission.c.received_at, outcome)
        .join(attempt, attempt.c.id == outcome.c.attempt)
        .join(submission, submission.c.id == attempt.c.submission)
        .where(attempt.c.number == number)
        .order_by(attempt.c.id, outcome.c.id)
    )
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
        for row in tx.execute(ours(tx, query))
    )


def overrides_of(tx: Connection, number: str) -> tuple[Deed, ...]:
    """`verdict` is met, unmet or withdrawn."""
    rows = tx.execute(ours(tx, select(override).where(override.c.number == number).order_by(override.c.id)))
    words = {True: "met", False: "unmet", None: "withdrawn"}
    return tuple(Deed(row.requirement, words[row.met], row.reason, row.actor, from_utc(row.decided_at)) for row in rows)


def observations_of(tx: Connection, number: str) -> tuple[Deed, ...]:
    """`verdict` is the level."""
    rows = tx.execute(ours(tx, select(observation).where(observation.c.number == number).order_by(observation.c.id)))
    return tuple(Deed(row.criterion, str(row.level), "", row.actor, from_utc(row.observed_at)) for row in rows)


def record_deeds_of(tx: Connection, number: str) -> tuple[Deed, ...]:
    """Records as issued (`verdict` is their kind), and what became of them."""
    issued = tx.execute(ours(tx, select(record).where(record.c.participant == number).order_by(record.c.issued_at, record.c.number))).all()
    later = select(record_event).join(record, record.c.number == record_event.c.record).where(record.c.participant == number)
    deeds = [Deed(row.number, row.kind, "", "", from_utc(row.issued_at)) for row in issued]
    rows = tx.execute(ours(tx, later.order_by(record_event.c.id)))
    deeds += [Deed(row.record, row.event, row.reason, row.actor, from_utc(row.at)) for row in rows]
    return tuple(deeds)


# ---- what was handed in ------------------------------------------------------------------------------------------------------


def hand_ins_of(tx: Connection, number: str) -> tuple[HandIn, ...]:
    """Everything handed in under a number, newest first."""
    return _hand_ins(tx, _newest_first().where(submission.c.participant == number))


def find_hand_ins(tx: Connection, among: Iterable[str] | None, ids: Collection[str]) -> tuple[HandIn, ...]:
    """The hand-ins with these ids."""
    return _hand_ins(tx, _limited(_newest_first(), among).where(submission.c.id.in_(list(ids))))


def list_hand_ins(tx: Connection, among: Iterable[str] | None, only: str, offset: int, most: int) -> tuple[HandIn, ...]:
    """Newest first. `among` limits them to the people of these cohorts; `only` is held (and not decided), counted, or empty for all."""
    query = _limited(_newest_first(), among).offset(offset).limit(most)
    if only == "held":
        query = query.where(submission.c.held.is_not(None), decision.c.ruling.is_(None))
    if only == "counted":
        query = query.where(attempt.c.sequence.is_not(None))
    return _hand_ins(tx, query)


def _newest_first() -> Select[Any]:
    return (
        select(submission, attempt.c.sequence, decision.c.ruling, decision.c.reason.label("ruling_reason"))
        .select_from(submission)
        .outerjoin(attempt, same_office(attempt, submission) & (attempt.c.submission == submission.c.id))
        .outerjoin(decision, latest_decision())
        .order_by(submission.c.received_at.desc(), submission.c.id.desc())
    )


def _limited(query: Select[Any], among: Iterable[str] | None) -> Select[Any]:
    if among is None:
        return query
    return query.join(enrolment, enrolment.c.number == submission.c.participant).where(enrolment.c.cohort.in_(sorted(among)))


def _hand_ins(tx: Connection, query: Select[Any]) -> tuple[HandIn, ...]:
    return tuple(
        HandIn(
            row.id,
            from_utc(row.received_at),
            row.participant,
            row.quiz,
            row.document,
            row.held,
            row.ruling,
            row.notes,
            row.sequence,
            row.ruling_reason,
        )
        for row in tx.execute(ours(tx, query))
    )
