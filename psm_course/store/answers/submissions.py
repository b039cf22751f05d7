"""Submissions as they came, and the decisions on those that are held. All append-only."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select
from sqlalchemy.engine import Row

from psm_course.domain.register import KeptSubmission, Reason
from psm_course.store.answers.decisions import latest_decision
from psm_course.store.engine import from_utc, to_utc
from psm_course.store.people.people import COUNTED_FOR, Shape, belongs, shape_of, whose
from psm_course.store.rows import add, ours, same_office
from psm_course.store.schema import attempt, decision, enrolment, submission

# Codes of `submission.held`: it came with no card, or with one that was replaced; and, alone, with
# an attempt that is not the next.
NOT_THEIR_CARD = ("no_card", "earlier_card")
OUT_OF_TURN = "not_next"
_NEWEST_FIRST = (submission.c.received_at.desc(), submission.c.id)
_LONGEST_FIRST = (submission.c.received_at, submission.c.id)


def find_submission(tx: Connection, submission_id: str) -> KeptSubmission | None:
    """A submission with the latest decision on it; None if there is no submission with this id."""
    return find_submissions(tx, [submission_id]).get(submission_id)


def find_submissions(tx: Connection, ids: Collection[str]) -> dict[str, KeptSubmission]:
    """The submissions with these ids that the register has, by id."""
    return {each.id: each for each in _list(tx, _submissions().where(submission.c.id.in_(ids)))}


def add_submissions(tx: Connection, new: list[KeptSubmission]) -> None:
    """Add submissions, each about its own id in the log."""
    rows = [
        {
            "id": each.id,
            "received_at": to_utc(each.received_at),
            "participant": each.participant,
            "quiz": each.quiz,
            "document": each.document,
            "held": each.held,
            "notes": each.notes,
        }
        for each in new
    ]
    add(tx, submission, rows, about=[each.id for each in new])


def list_waiting(
    tx: Connection, among: Collection[str] | None = None
) -> tuple[KeptSubmission, ...]:
    """Held submissions without a decision, longest waiting first.

    `among` limits them to the members of these cohorts.
    """
    return _list(tx, of_cohorts(_waiting(), among).order_by(*_LONGEST_FIRST))


def of_cohorts(query: Select[Any], among: Iterable[str] | None) -> Select[Any]:
    """Limit a query about submissions to the people of these cohorts; None: all."""
    if among is None:
        return query
    return query.join(enrolment, enrolment.c.number == submission.c.participant).where(
        enrolment.c.cohort.in_(sorted(among))
    )


def list_noted(tx: Connection, cohort_id: str) -> tuple[KeptSubmission, ...]:
    """Submissions of a cohort's members that count and have notes, newest first."""
    query = (
        _submissions()
        .join(attempt, same_office(attempt, submission) & (attempt.c.submission == submission.c.id))
        .join(enrolment, same_office(enrolment, attempt) & (enrolment.c.number == attempt.c.number))
        .where(enrolment.c.cohort == cohort_id, submission.c.notes.is_not(None))
    )
    return _list(tx, query.order_by(*_NEWEST_FIRST))


def list_decided(tx: Connection) -> tuple[KeptSubmission, ...]:
    """Held submissions with a decision, newest first."""
    query = _submissions().where(submission.c.held.is_not(None), decision.c.submission.is_not(None))
    return _list(tx, query.order_by(*_NEWEST_FIRST))


def waiting_of_cohort(
    tx: Connection, cohort_id: str, number: str | None = None
) -> dict[str, set[str]]:
    """The quizzes with an own hand-in that waits for a decision, by number.

    Hand-ins without the card are left out: they may be anybody's, and nobody is told about them.
    """
    found: dict[str, set[str]] = {}
    for counted_for, quiz in tx.execute(
        ours(tx, _own_waiting(shape_of(cohort_id, number))), whose(cohort_id, number)
    ).all():
        found.setdefault(counted_for, set()).add(quiz)
    return found


@lru_cache
def _own_waiting(shape: Shape) -> Select[Any]:
    return (
        _waiting(COUNTED_FOR, submission.c.quiz)
        .where(*(submission.c.held.not_like(f"%{code}%") for code in NOT_THEIR_CARD))
        .join(enrolment, enrolment.c.number == submission.c.participant)
        .where(*belongs(shape))
    )


def waiting_for_their_turn(
    tx: Connection, numbers: Collection[str]
) -> dict[tuple[str, str], list[KeptSubmission]]:
    """Hand-ins held only because an earlier attempt is missing, by number and quiz.

    Of each, the one that has waited longest comes first.
    """
    query = _waiting().where(
        submission.c.participant.in_(numbers), submission.c.held == OUT_OF_TURN
    )
    found: dict[tuple[str, str], list[KeptSubmission]] = {}
    for each in _list(tx, query.order_by(*_LONGEST_FIRST)):
        found.setdefault((each.participant, each.quiz), []).append(each)
    return found


def count_without_card(tx: Connection, numbers: Collection[str]) -> dict[str, int]:
    """Number of undecided hand-ins without a card, by participant's number."""
    query = _waiting(submission.c.participant, func.count().label("times")).where(
        submission.c.participant.in_(numbers), submission.c.notes.contains("no_card")
    )
    return {
        row.participant: row.times
        for row in tx.execute(ours(tx, query.group_by(submission.c.participant))).all()
    }


def _waiting(*columns: ColumnElement[Any]) -> Select[Any]:
    return _submissions(*columns).where(
        submission.c.held.is_not(None), decision.c.submission.is_(None)
    )


def _submissions(*columns: ColumnElement[Any]) -> Select[Any]:
    """Select these columns of submissions joined with their latest decisions; without any, all."""
    wanted = columns or (submission, decision.c.ruling)
    return select(*wanted).select_from(submission).outerjoin(decision, latest_decision())


def _list(tx: Connection, query: Select[Any]) -> tuple[KeptSubmission, ...]:
    return tuple(_kept(row) for row in tx.execute(ours(tx, query)))


def _kept(row: Row[tuple[Any, ...]]) -> KeptSubmission:
    return KeptSubmission(
        row.id,
        from_utc(row.received_at),
        row.participant,
        row.quiz,
        row.document,
        row.held,
        row.ruling,
        row.notes,
    )


def add_decisions(
    tx: Connection,
    submissions: Sequence[str],
    decided: str,
    reason: Reason,
    actor: str,
    at: datetime,
) -> None:
    """Add the same decision on each of these submissions. It supersedes earlier decisions."""
    written = {"ruling": decided, "reason": reason, "actor": actor, "decided_at": to_utc(at)}
    add(tx, decision, [{"submission": each} | written for each in submissions], about=submissions)
