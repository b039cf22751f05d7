"""Reads attempts one after another, with the documents that were graded.

A document is the JSON text of a submission. Regrades and exports use this module.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, func, select

from psm_course.grading.outcome import Outcome, printed_as_right
from psm_course.store.answers.attempts import at_quiz
from psm_course.store.people.people import COUNTED_FOR, Cohorts, belongs, shape_of, whose
from psm_course.store.rows import ours, same_office
from psm_course.store.schema import attempt, enrolment, outcome, submission

_AT_ONCE = 500
Items = Mapping[str, Mapping[str, str]]


class Kept(NamedTuple):
    """An attempt with its latest outcome, as texts of the database, not parsed.

    `number` is the participant number under which the attempt was recorded. `counts_for` is the
    participant number that the attempt now belongs to: `number`, or another one after a merge.
    `first_items` are the marks of the first outcome; None if the first outcome is also the latest.
    """

    cohort: str
    attempt: int
    number: str
    counts_for: str
    bound: bool
    sequence: int
    document: str
    points: str
    maximum: str
    passed: bool | None
    critical: str
    items: str
    first_items: str | None

    def marks(self) -> Items:
        """Parse the marks of the latest outcome, by item id, in the order shown."""
        marks: Items = orjson.loads(self.items)
        return marks

    def first_marks(self) -> Items:
        """Parse the marks of the first outcome, by item id, in the order shown."""
        marks: Items = orjson.loads(self.items if self.first_items is None else self.first_items)
        return marks

    def differs_from(self, outcome: Outcome, marks: Items) -> bool:
        """True if `outcome` is not the same as this attempt's latest outcome.

        The function compares points, maximum, passed, critical errors, and the mark of every item.
        It does not compare the messages in the marks.

        Args:
            outcome: an outcome of the same attempt, for example from grading it again.
            marks: the result of `self.marks()`, which the caller has already parsed.
        """
        if (
            self.passed != outcome.passed
            or Decimal(self.points) != outcome.points
            or Decimal(self.maximum) != outcome.maximum
            or tuple(orjson.loads(self.critical)) != outcome.critical
            or marks.keys() != outcome.marks.keys()
        ):
            return True
        for name, mark in outcome.marks.items():
            before = marks[name]
            # Most are equal in everything, which is found fastest.
            if before != mark.as_json and _mark_of(before) != _mark_of(mark.as_json):
                return True
        return False


def marks_of(items: Items) -> dict[str, tuple[str, str, str, bool]]:
    """Return for each mark, by item id: points, maximum, status, and True if the answer is right.

    `items` are marks by item id; the messages in the marks are left out of the result.
    """
    return {name: _mark_of(mark) for name, mark in items.items()}


def _mark_of(mark: Mapping[str, str]) -> tuple[str, str, str, bool]:
    return mark["points"], mark["maximum"], mark["status"], printed_as_right(mark)


@dataclass(frozen=True, slots=True)
class Graded:
    """An attempt with its submission, its first marks, and its latest outcome, parsed.

    `document` is the JSON of the submission, not parsed. `first_items` are the marks of the first
    outcome; `items` are the marks of the latest outcome.
    """

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
    """Return the ids of quizzes that a cohort attempted, sorted.

    Quizzes that the course no longer has are among them.
    """
    query = (
        select(attempt.c.quiz)
        .distinct()
        .join(enrolment, enrolment.c.number == attempt.c.number)
        .where(enrolment.c.cohort == cohort_id)
    )
    return tuple(tx.execute(ours(tx, query.order_by(attempt.c.quiz))).scalars())


def stream_graded(tx: Connection, cohort_id: str, quiz: str) -> Iterator[Graded]:
    """Yield a cohort's valid attempts at a quiz, parsed, sorted by participant number.

    A valid attempt is one that is not void. The database sends a few hundred attempts at a time.
    """
    for kept in stream_kept(tx, cohort_id, quiz):
        items = orjson.loads(kept.items)
        yield Graded(
            kept.attempt,
            kept.number,
            kept.bound,
            kept.sequence,
            kept.document.encode(),
            items if kept.first_items is None else orjson.loads(kept.first_items),
            Decimal(kept.points),
            Decimal(kept.maximum),
            kept.passed,
            tuple(orjson.loads(kept.critical)),
            items,
        )


def stream_kept(tx: Connection, cohort_id: Cohorts, quiz: str) -> Iterator[Kept]:
    """Yield the valid attempts at a quiz, not parsed, sorted by cohort and participant number.

    A valid attempt is one that is not void. `cohort_id` is one cohort or several. The first outcome
    of an attempt is read only if the attempt has a later outcome.
    """
    first, latest = outcome.alias(), outcome.alias()
    earlier = (
        same_office(first, attempt)
        & (first.c.id == outcome_of_attempt(func.min))
        & (first.c.id < latest.c.id)
    )
    query = (
        select(
            enrolment.c.cohort,
            attempt.c.id,
            attempt.c.number.label("whose"),
            COUNTED_FOR,
            attempt.c.bound,
            attempt.c.sequence,
            submission.c.document,
            latest.c.points,
            latest.c.maximum,
            latest.c.passed,
            latest.c.critical,
            latest.c["items"],
            first.c["items"].label("first_items"),
        )
        .select_from(enrolment)
        .join(attempt, attempt.c.number == enrolment.c.number)
        .join(submission, submission.c.id == attempt.c.submission)
        .join(latest, latest.c.id == outcome_of_attempt(func.max))
        .outerjoin(first, earlier)
        .where(*belongs(shape_of(cohort_id)), at_quiz(quiz), latest.c.void.is_(False))
        .order_by(enrolment.c.cohort, attempt.c.number, attempt.c.sequence)
    )
    yield from map(
        Kept._make,
        tx.execute(ours(tx, query).execution_options(yield_per=_AT_ONCE), whose(cohort_id)),
    )


def outcome_of_attempt(which: Any) -> Any:
    """Return a subquery: the id of the first or newest outcome of the query's attempt.

    `which` is `func.min` for the first or `func.max` for the newest.
    """
    of_attempt = outcome.alias()
    same = same_office(of_attempt, attempt) & (of_attempt.c.attempt == attempt.c.id)
    return select(which(of_attempt.c.id)).where(same).correlate(attempt).scalar_subquery()
