"""Submissions as they arrived, and decisions on held submissions. Rows are added, never changed."""

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
    """Return a submission with the latest decision on it; None if no submission has this id."""
    return find_submissions(tx, [submission_id]).get(submission_id)


def find_submissions(tx: Connection, ids: Collection[str]) -> dict[str, KeptSubmission]:
    """Return the submissions that have one of these ids, by id; unknown ids are left out."""
    return {each.id: each for each in _list(tx, _submissions().where(submission.c.id.in_(ids)))}


def add_submissions(tx: Connection, new: list[KeptSubmission]) -> None:
    """Add submissions to the register.

    The caller must then write a deed to the log for each submission, with the submission's id as
    subject. The event of this deed will contain the digest of the submission's row.
    """
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
    """Return held submissions without a decision, those that have waited longest first.

    `among` limits the result to members of these cohorts; None: all cohorts.
    """
    return _list(tx, of_cohorts(_waiting(), among).order_by(*_LONGEST_FIRST))


def of_cohorts(query: Select[Any], among: Iterable[str] | None) -> Select[Any]:
    """Return the query about submissions, limited to people of these cohorts; None: no limit."""
    if among is None:
        return query
    return query.join(enrolment, enrolment.c.number == submission.c.participant).where(
        enrolment.c.cohort.in_(sorted(among))
    )


def list_noted(tx: Connection, cohort_id: str) -> tuple[KeptSubmission, ...]:
    """Return the submissions of a cohort that have an attempt and also notes, newest first.

    Notes are codes that tell an officer what is unusual about a submission.
    """
    query = (
        _submissions()
        .join(attempt, same_office(attempt, submission) & (attempt.c.submission == submission.c.id))
        .join(enrolment, same_office(enrolment, attempt) & (enrolment.c.number == attempt.c.number))
        .where(enrolment.c.cohort == cohort_id, submission.c.notes.is_not(None))
    )
    return _list(tx, query.order_by(*_NEWEST_FIRST))


def list_decided(tx: Connection) -> tuple[KeptSubmission, ...]:
    """Return held submissions that have a decision, newest first."""
    query = _submissions().where(submission.c.held.is_not(None), decision.c.submission.is_not(None))
    return _list(tx, query.order_by(*_NEWEST_FIRST))


def waiting_of_cohort(
    tx: Connection, cohort_id: str, number: str | None = None
) -> dict[str, set[str]]:
    """Return the quizzes for which a person's own hand-in waits for a decision.

    The result is a mapping of quiz ids by participant number. `number` limits the result to one
    person; None: everybody in the cohort. Hand-ins without the card, or with an earlier card, are
    left out: anybody may have sent them, so the person is not told about them.
    """
    found: dict[str, set[str]] = {}
    for counted_for, quiz in tx.execute(
        ours(tx, _own_waiting(shape_of(cohort_id, number))), whose(cohort_id, number)
    ).all():
        found.setdefault(counted_for, set()).add(quiz)
    return found


@lru_cache
def _own_waiting(shape: Shape) -> Select[Any]:
    # `held` may contain several codes.
    return (
        _waiting(COUNTED_FOR, submission.c.quiz)
        .where(*(submission.c.held.not_like(f"%{code}%") for code in NOT_THEIR_CARD))
        .join(enrolment, enrolment.c.number == submission.c.participant)
        .where(*belongs(shape))
    )


def waiting_for_their_turn(
    tx: Connection, numbers: Collection[str]
) -> dict[tuple[str, str], list[KeptSubmission]]:
    """Return hand-ins that are held only because an earlier attempt is missing.

    The result is a mapping by participant number and quiz. In each list, the hand-in that has
    waited longest comes first.
    """
    query = _waiting().where(
        submission.c.participant.in_(numbers), submission.c.held == OUT_OF_TURN
    )
    found: dict[tuple[str, str], list[KeptSubmission]] = {}
    for each in _list(tx, query.order_by(*_LONGEST_FIRST)):
        found.setdefault((each.participant, each.quiz), []).append(each)
    return found


def count_without_card(tx: Connection, numbers: Collection[str]) -> dict[str, int]:
    """Return the number of undecided hand-ins that came without a card, by participant number."""
    # `notes` always say this; `held` does not if the quiz also counts hand-ins without a card.
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
    """Select columns of submissions, joined with the latest decision on each.

    Without `columns`, select all columns of the submission and the decision.
    """
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
    """Add the same decision on each of these submissions. It replaces earlier decisions on them.

    `submissions` are submission ids; `decided` is the decision, such as `accepted` or `refused`.
    """
    written = {"ruling": decided, "reason": reason, "actor": actor, "decided_at": to_utc(at)}
    add(tx, decision, [{"submission": each} | written for each in submissions], about=submissions)
