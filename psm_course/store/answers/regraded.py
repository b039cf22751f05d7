"""Reads attempts with all data for grading again, and finds attempts that contradict decisions.

`registrar.soundness.answers` uses this module to check that the register is right.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select

from psm_course.store.answers.decisions import latest_decision
from psm_course.store.answers.outcomes import outcome_of_attempt
from psm_course.store.rows import ours, same_office
from psm_course.store.schema import (
    attempt,
    cohort,
    decision,
    disposition,
    enrolment,
    outcome,
    submission,
)

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class GradedRow:
    """An attempt with its submission, the marks of its first outcome, and its newest outcome.

    `document` is the submission, as JSON text. `first_items` are the marks of the first outcome, as
    JSON text. `course` is the course of the participant's cohort. All other values of an outcome
    are from the newest outcome.
    """

    attempt: int
    number: str
    course: str
    quiz: str
    document: str
    first_items: str
    points: str
    maximum: str
    passed: bool | None
    critical: str
    items: str
    scoring: str
    void: bool


def count_attempts(tx: Connection) -> int:
    """Return the id of the newest attempt, which is the number of attempts; 0 before the first."""
    return int(
        tx.execute(
            ours(tx, select(func.coalesce(func.max(attempt.c.id), 0)).select_from(attempt))
        ).scalar_one()
    )


def stream_graded_rows(tx: Connection, only: Sequence[int] | None = None) -> Iterator[GradedRow]:
    """Yield all attempts, or only those with the ids in `only`, sorted by id."""
    first, newest = outcome.alias(), outcome.alias()
    query = (
        select(
            attempt.c.id,
            attempt.c.number,
            cohort.c.course,
            attempt.c.quiz,
            submission.c.document,
            first.c["items"],
            *(
                newest.c[name]
                for name in ("points", "maximum", "passed", "critical", "items", "scoring", "void")
            ),
        )
        .select_from(attempt)
        .join(submission, submission.c.id == attempt.c.submission)
        .join(enrolment, enrolment.c.number == attempt.c.number)
        .join(cohort, cohort.c.id == enrolment.c.cohort)
        .join(first, first.c.id == outcome_of_attempt(func.min))
        .join(newest, newest.c.id == outcome_of_attempt(func.max))
        .order_by(attempt.c.id)
    )
    if only is not None:
        query = query.where(attempt.c.id.in_(only))
    with tx.execute(ours(tx, query).execution_options(yield_per=_AT_ONCE)) as rows:
        for row in rows:
            yield GradedRow(*row)


def dispositions_in_order(tx: Connection) -> tuple[tuple[str, str, str, str], ...]:
    """Return every disposition ever appended, the oldest first.

    Each is a tuple of course, quiz, item and disposition.
    """
    query = select(
        disposition.c.course, disposition.c.quiz, disposition.c.item, disposition.c.ruling
    ).order_by(disposition.c.id)
    return tuple(
        (row.course, row.quiz, row.item, row.ruling) for row in tx.execute(ours(tx, query))
    )


# ---- what does not fit together ------------------------------------------------------------------


def without_attempt(tx: Connection) -> Iterator[tuple[str, str]]:
    """Yield hand-ins that should have an attempt but have none.

    Such a hand-in was not held, or was accepted. Each is a pair of submission id and participant
    number.
    """
    counts = or_(submission.c.held.is_(None), decision.c.ruling == "accepted")
    return _answers(
        tx,
        _with_attempts(submission.c.id, submission.c.participant).where(
            counts, attempt.c.id.is_(None)
        ),
    )


def without_decision(tx: Connection) -> Iterator[tuple[str, str]]:
    """Yield attempts that should not exist, as pairs of submission id and participant number.

    There are three reasons: the hand-in of the attempt is held, and nobody decided on the hand-in;
    the hand-in names another quiz than the attempt; or the hand-in names another participant number
    than the attempt, and nobody decided on the hand-in.
    """
    never = and_(submission.c.held.is_not(None), decision.c.ruling.is_(None))
    other = or_(
        attempt.c.quiz != submission.c.quiz,
        and_(attempt.c.number != submission.c.participant, decision.c.ruling.is_(None)),
    )
    return _answers(
        tx,
        _with_attempts(submission.c.id, attempt.c.number).where(
            attempt.c.id.is_not(None), or_(never, other)
        ),
    )


def void_without_refusal(tx: Connection) -> Iterator[tuple[str, str]]:
    """Yield attempts whose void outcome contradicts the decision on the hand-in.

    An attempt must be void if its hand-in was refused, and must not be void otherwise. Each result
    is a pair of submission id and participant number.
    """
    newest = outcome.alias()
    query = _with_attempts(submission.c.id, attempt.c.number).join(
        newest, newest.c.id == outcome_of_attempt(func.max)
    )
    is_refused = func.coalesce(decision.c.ruling, "") == "refused"
    return _answers(
        tx, query.where(attempt.c.id.is_not(None), newest.c.void.is_distinct_from(is_refused))
    )


def out_of_sequence(tx: Connection) -> Iterator[tuple[str, str]]:
    """Yield learners whose attempts at a quiz are not numbered 1, 2, 3 and so on.

    A learner's own attempts (`bound`) and those without a card are numbered separately. Each result
    is a pair of quiz and participant number.
    """
    by = attempt.c.number, attempt.c.quiz, attempt.c.bound
    query = select(attempt.c.quiz, attempt.c.number).group_by(*by)
    return _answers(
        tx,
        query.having(
            or_(func.min(attempt.c.sequence) != 1, func.max(attempt.c.sequence) != func.count())
        ),
    )


def _with_attempts(*columns: Any) -> Select[Any]:
    of_it = same_office(attempt, submission) & (attempt.c.submission == submission.c.id)
    return (
        select(*columns)
        .select_from(submission)
        .outerjoin(attempt, of_it)
        .outerjoin(decision, latest_decision())
    )


def _answers(tx: Connection, query: Select[Any]) -> Iterator[tuple[str, str]]:
    with tx.execute(ours(tx, query).execution_options(yield_per=_AT_ONCE)) as rows:
        yield from ((row[0], row[1]) for row in rows)
