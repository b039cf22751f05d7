"""Submissions as handed in, the attempts they became, and the outcomes of grading them. All append-only."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, insert, select

from psm_course.grading.marks import Outcome
from psm_course.records.register import Attempt
from psm_course.store.engine import from_utc, to_utc
from psm_course.store.people import belongs
from psm_course.store.schema import attempt, enrolment, outcome, submission


@dataclass(frozen=True, slots=True)
class Kept:
    """A submission that the register already has."""

    document: str
    held: str | None


def find_submission(tx: Connection, submission_id: str) -> Kept | None:
    row = tx.execute(select(submission.c.document, submission.c.held).where(submission.c.id == submission_id)).one_or_none()
    return Kept(row.document, row.held) if row else None


def add_submission(tx: Connection, submission_id: str, participant: str, quiz: str, document: str, held: str | None, at: datetime) -> None:
    tx.execute(
        insert(submission).values(
            id=submission_id, received_at=to_utc(at), participant=participant, quiz=quiz, document=document, held=held
        )
    )


def count_attempts(tx: Connection, number: str, quiz: str) -> int:
    query = select(func.count()).select_from(attempt).where(attempt.c.number == number, attempt.c.quiz == quiz)
    return int(tx.execute(query).scalar_one())


def add_attempt(tx: Connection, submission_id: str, number: str, quiz: str, sequence: int) -> int:
    """The new attempt's id."""
    adding = insert(attempt).values(submission=submission_id, number=number, quiz=quiz, sequence=sequence)
    return int(tx.execute(adding.returning(attempt.c.id)).scalar_one())


def add_outcome(tx: Connection, attempt_id: int, graded: Outcome, at: datetime) -> None:
    add_outcomes(tx, [(attempt_id, graded)], at)


def add_outcomes(tx: Connection, graded: Sequence[tuple[int, Outcome]], at: datetime) -> None:
    """Outcomes of attempts, each of which counts from now on instead of any before."""
    if graded:
        tx.execute(insert(outcome), [_outcome_row(attempt_id, one, at) for attempt_id, one in graded])


def _outcome_row(attempt_id: int, graded: Outcome, at: datetime) -> dict[str, Any]:
    return {
        "attempt": attempt_id,
        "graded_at": to_utc(at),
        "points": str(graded.points),
        "maximum": str(graded.maximum),
        "passed": graded.passed,
        "critical": json.dumps(graded.critical),
        "items": json.dumps(graded.as_json()["items"], ensure_ascii=False),
        "scoring": graded.scoring,
    }


def attempts_of_cohort(tx: Connection, cohort_id: str, number: str | None = None, all_right: bool = False) -> dict[str, list[Attempt]]:
    """For each number (or for one), its attempts in the order they were recorded, each with its latest outcome.

    What was right is read for people with a critical error, who need it; for all with `all_right`.
    """
    right = _answered_right(tx, cohort_id, number, all_right)
    found: dict[str, list[Attempt]] = {}
    for row in tx.execute(_latest_outcomes(cohort_id, number, *_JUDGED)):
        found.setdefault(row.number, []).append(
            Attempt(
                number=row.number,
                quiz=row.quiz,
                sequence=row.sequence,
                received_at=from_utc(row.received_at),
                points=Decimal(row.points),
                maximum=Decimal(row.maximum),
                passed=row.passed,
                critical=() if row.critical == "[]" else tuple(json.loads(row.critical)),
                right=right.get(row.attempt, ()),
            )
        )
    return found


def _answered_right(tx: Connection, cohort_id: str, number: str | None, everybody: bool) -> dict[int, tuple[str, ...]]:
    """For each attempt of people who ever made a critical error, or of everybody: the items with full marks."""
    query = _latest_outcomes(cohort_id, number, outcome.c.attempt, outcome.c["items"])
    if not everybody:
        erring = select(_other.c.number).join(outcome, outcome.c.attempt == _other.c.id).where(outcome.c.critical != "[]")
        erring = erring.join(enrolment, enrolment.c.number == _other.c.number).where(*belongs(cohort_id, number))
        query = query.where(attempt.c.number.in_(erring))
    return {row.attempt: right_items(json.loads(row.items)) for row in tx.execute(query)}


def right_items(items: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """The items with full marks, compared as they are printed: to two places, from one rounding."""
    return tuple(name for name, mark in items.items() if mark["points"] == mark["maximum"] != "0")


def item_shares(tx: Connection, cohort_id: str, quiz: str) -> dict[str, list[float]]:
    """For each item, the share of its points earned in each first attempt of the cohort."""
    shares: dict[str, list[float]] = {}
    query = _latest_outcomes(cohort_id, None, outcome.c["items"]).where(attempt.c.quiz == quiz, attempt.c.sequence == 1)
    for row in tx.execute(query):
        for item, mark in json.loads(row.items).items():
            if Decimal(mark["maximum"]):
                shares.setdefault(item, []).append(float(Decimal(mark["points"]) / Decimal(mark["maximum"])))
    return shares


_other = attempt.alias()
_again = outcome.alias()
_JUDGED = (
    attempt.c.number,
    attempt.c.quiz,
    attempt.c.sequence,
    submission.c.received_at,
    outcome.c.attempt,
    outcome.c.points,
    outcome.c.maximum,
    outcome.c.passed,
    outcome.c.critical,
)


def _latest_outcomes(cohort_id: str, number: str | None, *columns: ColumnElement[Any]) -> Select[Any]:
    latest = select(func.max(_again.c.id)).where(_again.c.attempt == attempt.c.id).correlate(attempt).scalar_subquery()
    return (
        select(*columns)
        .select_from(attempt)
        .join(submission, submission.c.id == attempt.c.submission)
        .join(enrolment, enrolment.c.number == attempt.c.number)
        .join(outcome, outcome.c.id == latest)
        .where(*belongs(cohort_id, number))
        .order_by(attempt.c.id)
    )
