"""Every attempt at a quiz beside the document it was graded from, in a stream: what marking all of it again needs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import orjson
from sqlalchemy import Connection, func, select

from psm_course.store.answers.attempts import at_quiz
from psm_course.store.rows import ours, same_office
from psm_course.store.schema import attempt, enrolment, outcome, submission

_AT_ONCE = 500
Items = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Graded:
    """An attempt, its raw document, its marks when it was first graded, and its latest outcome."""

    attempt: int
    number: str
    bound: bool
    sequence: int
    document: bytes
    first_items: Items
    points: Decimal
    maximum: Decimal
    passed: bool | None
    critical: tuple[str, ...]
    items: Items


def quizzes_attempted(tx: Connection, cohort_id: str) -> tuple[str, ...]:
    """The ids of the quizzes that anybody of a cohort attempted, also of such as the course no longer has."""
    query = select(attempt.c.quiz).distinct().join(enrolment, enrolment.c.number == attempt.c.number).where(enrolment.c.cohort == cohort_id)
    return tuple(tx.execute(ours(tx, query.order_by(attempt.c.quiz))).scalars())


def stream_graded(tx: Connection, cohort_id: str, quiz: str) -> Iterator[Graded]:
    """A cohort's attempts at a quiz that count, by number, read a few hundred at a time."""
    first, latest = outcome.alias(), outcome.alias()
    query = (
        select(
            attempt.c.id,
            attempt.c.number,
            attempt.c.bound,
            attempt.c.sequence,
            submission.c.document,
            first.c["items"].label("first_items"),
            latest.c.points,
            latest.c.maximum,
            latest.c.passed,
            latest.c.critical,
            latest.c["items"].label("latest_items"),
        )
        .select_from(enrolment)
        .join(attempt, attempt.c.number == enrolment.c.number)
        .join(submission, submission.c.id == attempt.c.submission)
        .join(first, first.c.id == _outcome_of_attempt(func.min))
        .join(latest, latest.c.id == _outcome_of_attempt(func.max))
        .where(enrolment.c.cohort == cohort_id, at_quiz(quiz), latest.c.void.is_(False))
        .order_by(attempt.c.number, attempt.c.sequence)
    )
    for row in tx.execute(ours(tx, query).execution_options(yield_per=_AT_ONCE)):
        items = orjson.loads(row.latest_items)
        yield Graded(
            row.id,
            row.number,
            row.bound,
            row.sequence,
            row.document.encode(),
            items if row.first_items == row.latest_items else orjson.loads(row.first_items),
            Decimal(row.points),
            Decimal(row.maximum),
            row.passed,
            tuple(orjson.loads(row.critical)),
            items,
        )


def _outcome_of_attempt(which: Any) -> Any:
    of_attempt = outcome.alias()
    same = same_office(of_attempt, attempt) & (of_attempt.c.attempt == attempt.c.id)
    return select(which(of_attempt.c.id)).where(same).correlate(attempt).scalar_subquery()
