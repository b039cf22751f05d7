"""Every attempt at a quiz beside the document it was graded from, in a stream: what marking all of it again needs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, func, select

from psm_course.grading.outcome import Outcome, printed_as_right
from psm_course.store.answers.attempts import at_quiz, verdict_of
from psm_course.store.people.people import COUNTED_FOR, Cohorts, belongs, shape_of, whose
from psm_course.store.rows import ours, same_office
from psm_course.store.schema import attempt, enrolment, outcome, submission

_AT_ONCE = 500
Items = Mapping[str, Mapping[str, str]]


class Kept(NamedTuple):
    """An attempt with its latest outcome, as texts: most of what a register keeps is compared and never taken apart.

    `counts_for` is the number for which it counts; `first_items` are the marks when it was first graded, None where these are the latest.
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
        """By item, in the order shown."""
        marks: Items = orjson.loads(self.items)
        return marks

    def first_marks(self) -> Items:
        """The marks when it was first graded."""
        marks: Items = orjson.loads(self.items if self.first_items is None else self.first_items)
        return marks

    def differs_from(self, outcome: Outcome, marks: Items) -> bool:
        """Also where only single items do, for what is analysed by item; but not for the wording of a message alone.

        Args:
            outcome: the other one.
            marks: of this one, taken apart once.
        """
        if (self.points, self.maximum, self.passed, self.critical, self.items) == verdict_of(outcome):
            return False
        before = (Decimal(self.points), Decimal(self.maximum), self.passed, tuple(orjson.loads(self.critical)))
        after = (outcome.points, outcome.maximum, outcome.passed, outcome.critical)
        if before != after or marks.keys() != outcome.marks.keys():
            return True
        return marks_of(marks) != marks_of({name: mark.as_json for name, mark in outcome.marks.items()})


def marks_of(items: Items) -> dict[str, tuple[str, str, str, bool]]:
    """Points, maximum, status and rightness of each item, as they are printed; without what was said of it."""
    return {name: (mark["points"], mark["maximum"], mark["status"], printed_as_right(mark)) for name, mark in items.items()}


@dataclass(frozen=True, slots=True)
class Graded:
    """An attempt, its raw document, and its latest outcome."""

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
    """The same as they are kept, of some cohorts by cohort and number. The first outcome is looked up only where there is a later one."""
    first, latest = outcome.alias(), outcome.alias()
    earlier = same_office(first, attempt) & (first.c.id == _outcome_of_attempt(func.min)) & (first.c.id < latest.c.id)
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
        .join(latest, latest.c.id == _outcome_of_attempt(func.max))
        .outerjoin(first, earlier)
        .where(*belongs(shape_of(cohort_id)), at_quiz(quiz), latest.c.void.is_(False))
        .order_by(enrolment.c.cohort, attempt.c.number, attempt.c.sequence)
    )
    yield from map(Kept._make, tx.execute(ours(tx, query).execution_options(yield_per=_AT_ONCE), whose(cohort_id)))


def _outcome_of_attempt(which: Any) -> Any:
    of_attempt = outcome.alias()
    same = same_office(of_attempt, attempt) & (of_attempt.c.attempt == attempt.c.id)
    return select(which(of_attempt.c.id)).where(same).correlate(attempt).scalar_subquery()
