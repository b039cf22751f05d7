"""Submissions as handed in, the attempts they became, and the outcomes of grading them. All append-only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from psm_course.grading.marks import Outcome
from psm_course.records.register import Attempt
from psm_course.store.engine import from_utc, to_utc
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
    printed = graded.as_json()
    tx.execute(
        insert(outcome).values(
            attempt=attempt_id,
            graded_at=to_utc(at),
            points=str(graded.points),
            maximum=str(graded.maximum),
            passed=graded.passed,
            critical=json.dumps(graded.critical),
            items=json.dumps(printed["items"], ensure_ascii=False),
        )
    )


def attempts_of_cohort(tx: Connection, cohort_id: str) -> dict[str, list[Attempt]]:
    """For each number, its attempts in order, each with its latest outcome."""
    found: dict[str, list[Attempt]] = {}
    for row in tx.execute(_latest_outcomes(cohort_id)):
        found.setdefault(row.number, []).append(
            Attempt(
                number=row.number,
                quiz=row.quiz,
                sequence=row.sequence,
                received_at=from_utc(row.received_at),
                points=Decimal(row.points),
                maximum=Decimal(row.maximum),
                passed=row.passed,
                critical=tuple(json.loads(row.critical)),
            )
        )
    return found


def item_shares(tx: Connection, cohort_id: str, quiz: str) -> dict[str, list[float]]:
    """For each item, the share of its points earned in each first attempt of the cohort."""
    shares: dict[str, list[float]] = {}
    for row in tx.execute(_latest_outcomes(cohort_id).where(attempt.c.quiz == quiz, attempt.c.sequence == 1)):
        for item, mark in json.loads(row.items).items():
            if Decimal(mark["maximum"]):
                shares.setdefault(item, []).append(float(Decimal(mark["points"]) / Decimal(mark["maximum"])))
    return shares


def _latest_outcomes(cohort_id: str) -> Select[Any]:
    latest = select(func.max(outcome.c.id)).where(outcome.c.attempt == attempt.c.id).correlate(attempt).scalar_subquery()
    return (
        select(attempt.c.number, attempt.c.quiz, attempt.c.sequence, submission.c.received_at, outcome)
        .join(submission, submission.c.id == attempt.c.submission)
        .join(enrolment, enrolment.c.number == attempt.c.number)
        .join(outcome, outcome.c.id == latest)
        .where(enrolment.c.cohort == cohort_id)
        .order_by(attempt.c.id)
    )
