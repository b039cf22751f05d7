"""Attempts, which are made of submissions, and their outcomes. Rows are added, never changed."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
from sqlalchemy import ColumnElement, Connection, Select, func, select

from psm_course.domain.register import Attempt
from psm_course.grading.outcome import Outcome, printed_as_right
from psm_course.store.engine import from_utc, to_utc
from psm_course.store.people.people import (
    COUNTED_FOR,
    Cohorts,
    Shape,
    Whose,
    belongs,
    shape_of,
    whose,
)
from psm_course.store.rows import (
    add,
    ask_last_numbers,
    of_office,
    office_of,
    ours,
    same_office,
    second,
)
from psm_course.store.schema import attempt, enrolment, outcome, submission


@dataclass(frozen=True, slots=True)
class NewAttempt:
    """An attempt to add to the register: a valid submission, with its outcome.

    `bound` is True if the card or an officer proves that the submission is the person's own.
    """

    submission: str
    number: str
    quiz: str
    sequence: int
    outcome: Outcome
    graded_at: datetime
    bound: bool = True


@dataclass(frozen=True, slots=True)
class Taken:
    """Counts of one learner's attempts at one quiz.

    An own attempt is one that the card or an officer proves to be the learner's. Own attempts are
    numbered 1, 2, 3 and so on: `last` is the highest of these numbers; 0 if there is no own
    attempt. `counting` is the number of own attempts without those that an officer made void
    (invalid). `last_at` is the time at which the newest own attempt arrived. `cardless` is the
    number of attempts recorded without a card.
    """

    last: int = 0
    counting: int = 0
    last_at: datetime | None = None
    cardless: int = 0

    @property
    def next(self) -> int:
        """The number that the next own attempt gets."""
        return self.last + 1


def taken_by(tx: Connection, numbers: Collection[str]) -> dict[tuple[str, str], Taken]:
    """Return the counts of attempts (`Taken`) by participant number and quiz, in one query.

    `numbers` are participant numbers. If a person has no attempt at a quiz, the result has no entry
    for this pair.
    """
    query = (
        select(
            attempt.c.number,
            attempt.c.quiz,
            attempt.c.bound,
            attempt.c.sequence,
            submission.c.received_at,
            outcome.c.void,
        )
        .select_from(attempt)
        .join(submission, submission.c.id == attempt.c.submission)
        .join(outcome, outcome.c.id == _latest_of_attempt())
        .where(attempt.c.number.in_(numbers))
        .order_by(attempt.c.number, attempt.c.quiz, attempt.c.sequence)
    )
    found: dict[tuple[str, str], Taken] = {}
    for number, quiz, bound, sequence, received_at, void in tx.execute(ours(tx, query)).all():
        before = found.get((number, quiz), _NOTHING)
        if bound:
            at = max(filter(None, (before.last_at, from_utc(received_at))))
            # A void attempt keeps its sequence, but no longer uses up an attempt.
            found[number, quiz] = Taken(
                max(before.last, sequence), before.counting + (not void), at, before.cardless
            )
        else:
            found[number, quiz] = replace(before, cardless=max(before.cardless, sequence))
    return found


class MadeAttempt(NamedTuple):
    """An attempt that was made of a submission: attempt id and participant number."""

    id: int
    number: str


def attempts_by_submission(tx: Connection, submissions: Collection[str]) -> dict[str, MadeAttempt]:
    """Return the attempts that were made of these submissions, by submission id.

    Submissions without an attempt are left out.
    """
    query = select(attempt.c.submission, attempt.c.id, attempt.c.number).where(
        attempt.c.submission.in_(submissions)
    )
    return {row.submission: MadeAttempt(row.id, row.number) for row in tx.execute(ours(tx, query))}


def void_attempts(tx: Connection, attempt_ids: Sequence[int], at: datetime) -> None:
    """Append a void outcome to each of these attempts, so that the attempts no longer count.

    An officer refused the hand-ins of these attempts. Earlier outcomes stay in the register.
    """
    nothing = {
        "graded_at": to_utc(at),
        "points": "0",
        "maximum": "0",
        "passed": None,
        "critical": "[]",
        "items": "{}",
        "scoring": "",
    }
    add(tx, outcome, [{"attempt": each, "void": True} | nothing for each in attempt_ids])


def ask_numbers(tx: Connection) -> None:
    """Read the highest ids of attempts and of outcomes in one query, and remember both ids.

    Call this before `add_attempts`. Then `add_attempts` needs no query to find the next free ids.
    """
    ask_last_numbers(tx, attempt, outcome)


def add_attempts(tx: Connection, new: list[NewAttempt]) -> None:
    """Add attempts, each with its first outcome."""
    rows = [
        {
            "submission": each.submission,
            "number": each.number,
            "quiz": each.quiz,
            "bound": each.bound,
            "sequence": each.sequence,
        }
        for each in new
    ]
    about = [each.submission for each in new]
    ids = add(tx, attempt, rows, about)
    add_outcomes(
        tx,
        [
            (attempt_id, each.outcome, each.graded_at)
            for attempt_id, each in zip(ids, new, strict=True)
        ],
        about,
    )


def add_outcomes(
    tx: Connection, new: Sequence[tuple[int, Outcome, datetime]], about: Sequence[str] | None = None
) -> None:
    """Append outcomes of attempts. The latest outcome of an attempt is the valid one.

    Args:
        tx: the transaction.
        new: for each outcome: attempt id, outcome and time of grading.
        about: for each outcome, the subject of a deed. The event of this deed will contain the
            digest of the outcome's row. None: the next event will contain the digests of all rows.
    """
    add(tx, outcome, [_outcome_row(*each) for each in new], about)


def _outcome_row(attempt_id: int, graded: Outcome, at: datetime) -> dict[str, Any]:
    verdict = dict(
        zip(("points", "maximum", "passed", "critical", "items"), verdict_of(graded), strict=True)
    )
    return {
        "attempt": attempt_id,
        "graded_at": to_utc(at),
        **verdict,
        "scoring": graded.scoring,
        "void": False,
    }


def verdict_of(graded: Outcome) -> tuple[str, str, bool | None, str, str]:
    """Return an outcome as five values for its row: points, maximum, passed, critical and items.

    `critical` (item ids with a critical error) and `items` (marks by item id) are JSON texts.
    """
    critical = json.dumps(graded.critical) if graded.critical else "[]"
    return str(graded.points), str(graded.maximum), graded.passed, critical, graded.written_items()


def attempts_of_cohort(
    tx: Connection, cohort_id: str, number: Whose = None, all_right: bool = False
) -> dict[str, list[Attempt]]:
    """Return attempts by participant number, in the order recorded, each with its latest outcome.

    Void attempts are left out. If an officer merged two enrolments of one person, the attempts of
    both are listed under the number that is still used.

    Args:
        tx: a transaction.
        cohort_id: the cohort.
        number: limits the result to one or several people; None: everybody in the cohort.
        all_right: True fills `Attempt.right` (the items answered right) for all attempts. False
            fills it only for attempts after a critical error, which a right answer can clear.
    """
    return {
        name: list(found.values())
        for name, found in attempts_by_id(tx, cohort_id, number, all_right).items()
    }


def attempts_by_id(
    tx: Connection, cohort_id: Cohorts, number: Whose = None, all_right: bool = False
) -> dict[str, dict[int, Attempt]]:
    """Return attempts by participant number, then by attempt id, each with its latest outcome.

    Void attempts are left out. If an officer merged two enrolments of one person, the attempts of
    both are listed under the number that is still used.

    `cohort_id` is one cohort or several. `number` limits the result to one or several people; None:
    everybody. `all_right` True fills `Attempt.right` (the items answered right) for all attempts;
    False: only for attempts after a critical error, which a right answer can clear.
    """
    right = _answered_right(tx, cohort_id, number, all_right)
    found: dict[str, dict[int, Attempt]] = {}
    # All rows at once, values by place: one by one and by name took twice the time for a cohort.
    rows = tx.execute(
        ours(tx, _latest_outcomes(shape_of(cohort_id, number), *_JUDGED)), whose(cohort_id, number)
    ).all()
    for counted_for, quiz, bound, sequence, attempt_id, points, maximum, passed, critical in rows:
        found.setdefault(counted_for, {})[attempt_id] = Attempt(
            number=counted_for,
            quiz=quiz,
            sequence=sequence,
            points=Decimal(points),
            maximum=Decimal(maximum),
            passed=passed,
            critical=() if critical == "[]" else tuple(orjson.loads(critical)),
            right=right.get(attempt_id, ()),
            bound=bound,
        )
    return found


def _answered_right(
    tx: Connection, cohort_id: Cohorts, number: Whose, everybody: bool
) -> dict[int, tuple[str, ...]]:
    """Return the ids of the items that were answered right, by attempt id.

    `cohort_id` and `number` select the people. Void attempts are left out. If `everybody` is
    False, only attempts that a person made after a critical error are in the result.
    """
    shape = shape_of(cohort_id, number)
    query = _latest_outcomes(shape, *_ITEMS) if everybody else _after_an_error(office_of(tx), shape)
    rows = tx.execute(ours(tx, query), whose(cohort_id, number)).all()
    return {attempt_id: right_items(orjson.loads(items)) for attempt_id, items in rows}


@lru_cache
def _after_an_error(office: str, shape: Shape) -> Select[Any]:
    """Select attempt id and marks of attempts that people made after their first critical error.

    Void attempts are left out. `shape` says if one or several cohorts and people are selected.
    """
    erring = select(_other.c.number, func.min(_other.c.id).label("first"))
    erring = erring.join(_again, _again.c.attempt == _other.c.id).where(_again.c.critical != "[]")
    erring = erring.join(_member, _member.c.number == _other.c.number).where(
        *belongs(shape, _member)
    )
    # `ours` would not limit this inner select to the office.
    since = of_office(erring.group_by(_other.c.number), office).subquery()
    query = _latest_outcomes(shape, *_ITEMS).join(since, since.c.number == attempt.c.number)
    return query.where(attempt.c.id > since.c.first)


def sittings_of(
    tx: Connection, cohort_id: str, number: str
) -> dict[str, list[dict[str, dict[str, str]]]]:
    """Return the marks of one person's own attempts, by quiz.

    For each quiz the result has a list of attempts, the oldest first. Each attempt is a mapping by
    item id. The values are marks: dicts of texts with the keys `points`, `maximum`, `status`
    and `message`. The key `right` is added if the answer counts as right with less than all points.
    Void attempts are left out.
    """
    query = _latest_outcomes(shape_of(cohort_id, number), attempt.c.quiz, outcome.c["items"]).where(
        attempt.c.bound.is_(True)
    )
    found: dict[str, list[dict[str, dict[str, str]]]] = {}
    for quiz, items in tx.execute(ours(tx, query), whose(cohort_id, number)).all():
        found.setdefault(quiz, []).append(orjson.loads(items))
    return found


def right_items(items: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """Return the ids of the items that were answered right, according to their marks.

    `items` maps an item id to the mark of the answer. A mark is a dict of texts with the keys
    `points`, `maximum`, `status` and `message`. The key `right` is added if the answer counts as
    right with less than all points.
    """
    return tuple(name for name, mark in items.items() if printed_as_right(mark))


def at_quiz(quiz: str) -> ColumnElement[bool]:
    """Return a condition for queries about one cohort: the attempt is at this quiz.

    The code joins an empty text to the column, so that SQLite does not use the index on quizzes.
    With that index, a query about one cohort would read the attempts of all cohorts at the quiz.
    """
    return attempt.c.quiz.concat("") == quiz


def newest_quiz(tx: Connection, cohort_id: str) -> str | None:
    """Return the quiz of a cohort's latest attempt that counts (is not void), or None."""
    query = (
        _latest_outcomes(shape_of(cohort_id), attempt.c.quiz)
        .order_by(None)
        .order_by(attempt.c.id.desc())
        .limit(1)
    )
    return tx.execute(ours(tx, query), whose(cohort_id)).scalar_one_or_none()


_other = second(attempt)
_again = second(outcome)
_member = second(enrolment)
_NOTHING = Taken()
_ITEMS = (outcome.c.attempt, outcome.c["items"])
_JUDGED = (
    COUNTED_FOR,
    attempt.c.quiz,
    attempt.c.bound,
    attempt.c.sequence,
    outcome.c.attempt,
    outcome.c.points,
    outcome.c.maximum,
    outcome.c.passed,
    outcome.c.critical,
)


@lru_cache
def _latest_outcomes(shape: Shape, *columns: ColumnElement[Any]) -> Select[Any]:
    """Select `columns` for each attempt that counts (is not void), with its latest outcome.

    The oldest attempt comes first.

    `shape` says if one or several cohorts and people are selected; `whose` gives the values of the
    query's parameters. Submissions are not joined: their rows are long and far apart on disk. To
    judge a cohort, reading these rows would take most of the time.
    """
    # The attempt of the outcome is compared too, although its id is enough: so the database finds
    # the verdict in the index `ix_outcome_attempt`, and need not read the long rows.
    return (
        select(*columns)
        .select_from(attempt)
        .join(enrolment, enrolment.c.number == attempt.c.number)
        .join(outcome, (outcome.c.attempt == attempt.c.id) & (outcome.c.id == _latest_of_attempt()))
        .where(*belongs(shape), outcome.c.void.is_(False))
        .order_by(attempt.c.id)
    )


def _latest_of_attempt() -> Any:
    of_attempt = same_office(_again, attempt) & (_again.c.attempt == attempt.c.id)
    return select(func.max(_again.c.id)).where(of_attempt).correlate(attempt).scalar_subquery()
