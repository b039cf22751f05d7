"""Submissions as handed in, the attempts they became, and the outcomes of grading them. All append-only."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Select, func, select
from sqlalchemy.engine import Row

from psm_course.domain.register import Attempt, KeptSubmission, Reason
from psm_course.grading.outcome import Outcome
from psm_course.store.engine import from_utc, to_utc
from psm_course.store.people.people import COUNTED_FOR, belongs
from psm_course.store.rows import add, ours, same_office
from psm_course.store.schema import attempt, decision, enrolment, outcome, submission


@dataclass(frozen=True, slots=True)
class NewAttempt:
    """A submission that counts, with its outcome."""

    submission: str
    number: str
    quiz: str
    sequence: int
    outcome: Outcome
    graded_at: datetime


def find_submission(tx: Connection, submission_id: str) -> KeptSubmission | None:
    return find_submissions(tx, [submission_id]).get(submission_id)


def find_submissions(tx: Connection, ids: Collection[str]) -> dict[str, KeptSubmission]:
    """Those of these ids that the register has."""
    return {row.id: _kept(row) for row in tx.execute(ours(tx, _submissions().where(submission.c.id.in_(ids))))}


def add_submissions(tx: Connection, new: list[KeptSubmission]) -> None:
    rows = [
        {
            "id": each.id,
            "received_at": to_utc(each.received_at),
            "participant": each.participant,
            "quiz": each.quiz,
            "document": each.document,
            "held": each.held,
        }
        for each in new
    ]
    add(tx, submission, rows)


def list_waiting(tx: Connection, cohort_id: str | None = None) -> tuple[KeptSubmission, ...]:
    """Held submissions without a decision, longest first; with `cohort_id` those of its members."""
    query = _waiting().order_by(submission.c.received_at, submission.c.id)
    if cohort_id is not None:
        query = query.join(enrolment, enrolment.c.number == submission.c.participant).where(enrolment.c.cohort == cohort_id)
    return tuple(_kept(row) for row in tx.execute(ours(tx, query)))


def waiting_of_cohort(tx: Connection, cohort_id: str, number: str | None = None) -> dict[str, set[str]]:
    """For each number (or for one), the quizzes of which a hand-in waits for a decision."""
    query = _waiting(COUNTED_FOR, submission.c.quiz)
    query = query.join(enrolment, enrolment.c.number == submission.c.participant).where(*belongs(cohort_id, number))
    found: dict[str, set[str]] = {}
    for whose, quiz in tx.execute(ours(tx, query)).all():
        found.setdefault(whose, set()).add(quiz)
    return found


def _waiting(*columns: ColumnElement[Any]) -> Select[Any]:
    return _submissions(*columns).where(submission.c.held.is_not(None), decision.c.submission.is_(None))


def _submissions(*columns: ColumnElement[Any]) -> Select[Any]:
    """All columns unless some are named, and the ruling on each."""
    wanted = columns or (submission, decision.c.ruling)
    decided = same_office(decision, submission) & (decision.c.submission == submission.c.id)
    return select(*wanted).select_from(submission).outerjoin(decision, decided)


def _kept(row: Row[tuple[Any, ...]]) -> KeptSubmission:
    return KeptSubmission(row.id, from_utc(row.received_at), row.participant, row.quiz, row.document, row.held, row.ruling)


def add_decision(tx: Connection, submission_id: str, ruling: str, reason: Reason, actor: str, at: datetime) -> None:
    written = {"submission": submission_id, "ruling": ruling, "reason": reason, "actor": actor, "decided_at": to_utc(at)}
    add(tx, decision, [written])


def count_attempts(tx: Connection, numbers: Collection[str]) -> Counter[tuple[str, str]]:
    """How many attempts each of these learners has, by number and quiz."""
    query = select(attempt.c.number, attempt.c.quiz, func.count().label("taken")).where(attempt.c.number.in_(numbers))
    rows = tx.execute(ours(tx, query.group_by(attempt.c.number, attempt.c.quiz)))
    return Counter({(row.number, row.quiz): row.taken for row in rows})


def add_attempts(tx: Connection, new: list[NewAttempt]) -> None:
    """Attempts with their first outcomes."""
    rows = [{"submission": each.submission, "number": each.number, "quiz": each.quiz, "sequence": each.sequence} for each in new]
    ids = add(tx, attempt, rows)
    add_outcomes(tx, [(attempt_id, each.outcome, each.graded_at) for attempt_id, each in zip(ids, new, strict=True)])


def add_outcomes(tx: Connection, new: Sequence[tuple[int, Outcome, datetime]]) -> None:
    """Outcomes of attempts (by their ids) and when they were graded; the latest of an attempt counts."""
    add(tx, outcome, [_outcome_row(*each) for each in new])


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

    What was right is read only where it may close a critical error, in attempts after one; everywhere with `all_right`.
    """
    right = _answered_right(tx, cohort_id, number, all_right)
    found: dict[str, list[Attempt]] = {}
    # Fetched at once and unpacked: half a cohort's time went into taking rows one by one and values by name.
    rows = tx.execute(ours(tx, _latest_outcomes(cohort_id, number, *_JUDGED))).all()
    for whose, quiz, sequence, attempt_id, points, maximum, passed, critical in rows:
        found.setdefault(whose, []).append(
            Attempt(
                number=whose,
                quiz=quiz,
                sequence=sequence,
                points=Decimal(points),
                maximum=Decimal(maximum),
                passed=passed,
                critical=() if critical == "[]" else tuple(orjson.loads(critical)),
                right=right.get(attempt_id, ()),
            )
        )
    return found


def _answered_right(tx: Connection, cohort_id: str, number: str | None, everybody: bool) -> dict[int, tuple[str, ...]]:
    """The items with full marks: of each attempt after one with a critical error, or of every attempt."""
    query = _latest_outcomes(cohort_id, number, outcome.c.attempt, outcome.c["items"])
    if not everybody:
        erring = select(_other.c.number, func.min(_other.c.id).label("first"))
        erring = erring.join(_again, _again.c.attempt == _other.c.id).where(_again.c.critical != "[]")
        erring = erring.join(_member, _member.c.number == _other.c.number).where(*belongs(cohort_id, number, _member))
        since = ours(tx, erring.group_by(_other.c.number)).subquery()
        query = query.join(since, since.c.number == attempt.c.number).where(attempt.c.id > since.c.first)
    return {attempt_id: right_items(orjson.loads(items)) for attempt_id, items in tx.execute(ours(tx, query)).all()}


def right_items(items: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """The items with full marks, compared as they are printed: to two places, from one rounding."""
    return tuple(name for name, mark in items.items() if mark["points"] == mark["maximum"] != "0")


def at_quiz(quiz: str) -> ColumnElement[bool]:
    """Attempts at a quiz, for questions about one cohort. The concatenation keeps SQLite from the index on quizzes: it would read
    everybody's attempts at the quiz for each cohort."""
    return attempt.c.quiz.concat("") == quiz


def item_shares(tx: Connection, cohort_id: str, quiz: str) -> dict[str, list[float]]:
    """For each item, the share of its points earned in each first attempt of the cohort."""
    shares: dict[str, list[float]] = {}
    query = _latest_outcomes(cohort_id, None, outcome.c["items"]).where(at_quiz(quiz), attempt.c.sequence == 1)
    for row in tx.execute(ours(tx, query)):
        for item, mark in json.loads(row.items).items():
            if Decimal(mark["maximum"]):
                shares.setdefault(item, []).append(float(Decimal(mark["points"]) / Decimal(mark["maximum"])))
    return shares


_other = attempt.alias()
_again = outcome.alias()
_member = enrolment.alias()
_JUDGED = (
    COUNTED_FOR,
    attempt.c.quiz,
    attempt.c.sequence,
    outcome.c.attempt,
    outcome.c.points,
    outcome.c.maximum,
    outcome.c.passed,
    outcome.c.critical,
)


def _latest_outcomes(cohort_id: str, number: str | None, *columns: ColumnElement[Any]) -> Select[Any]:
    """Nothing of the submissions: their rows are long and lie far apart, and looking them up would cost most of a judgement."""
    of_attempt = same_office(_again, attempt) & (_again.c.attempt == attempt.c.id)
    latest = select(func.max(_again.c.id)).where(of_attempt).correlate(attempt).scalar_subquery()
    return (
        select(*columns)
        .select_from(attempt)
        .join(enrolment, enrolment.c.number == attempt.c.number)
        .join(outcome, (outcome.c.attempt == attempt.c.id) & (outcome.c.id == latest))
        .where(*belongs(cohort_id, number))
        .order_by(attempt.c.id)
    )
