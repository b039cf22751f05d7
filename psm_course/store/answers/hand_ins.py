"""Hand-ins in the register, each with its decision and its attempt, newest first."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from psm_course.domain.register import HandIn
from psm_course.store.answers.decisions import latest_decision
from psm_course.store.answers.submissions import of_cohorts
from psm_course.store.engine import from_utc
from psm_course.store.rows import ours, same_office
from psm_course.store.schema import attempt, decision, submission


def hand_ins_of(tx: Connection, number: str) -> tuple[HandIn, ...]:
    """Return all hand-ins under a participant number, newest first."""
    return _hand_ins(tx, _of_number(), number=number)


def find_hand_ins(
    tx: Connection, among: Iterable[str] | None, ids: Collection[str]
) -> tuple[HandIn, ...]:
    """Return the hand-ins with these submission ids, newest first.

    `among` limits the result to people of these cohorts; None: all cohorts.
    """
    return _hand_ins(tx, of_cohorts(_newest_first(), among).where(submission.c.id.in_(list(ids))))


def list_hand_ins(
    tx: Connection, among: Iterable[str] | None, only: str, offset: int, most: int
) -> tuple[HandIn, ...]:
    """Return a page of hand-ins, newest first.

    Args:
        tx: a transaction.
        among: limits the result to people of these cohorts; None: all cohorts.
        only: `held` for hand-ins that are held and not decided, `counted` for hand-ins with an
            attempt, empty for all.
        offset: number of hand-ins on the pages before this page.
        most: maximum number of hand-ins on the page.
    """
    query = of_cohorts(_newest_first(), among).offset(offset).limit(most)
    if only == "held":
        query = query.where(submission.c.held.is_not(None), decision.c.ruling.is_(None))
    if only == "counted":
        query = query.where(attempt.c.sequence.is_not(None))
    return _hand_ins(tx, query)


@lru_cache
def _of_number() -> Select[Any]:
    return _newest_first().where(submission.c.participant == bindparam("number"))


def _newest_first() -> Select[Any]:
    return (
        select(
            submission,
            attempt.c.sequence,
            attempt.c.number.label("counted_for"),
            decision.c.ruling,
            decision.c.reason.label("decision_reason"),
        )
        .select_from(submission)
        # Outer joins: held ones have no attempt, and most are never decided on.
        .outerjoin(
            attempt, same_office(attempt, submission) & (attempt.c.submission == submission.c.id)
        )
        .outerjoin(decision, latest_decision())
        .order_by(submission.c.received_at.desc(), submission.c.id.desc())
    )


def _hand_ins(tx: Connection, query: Select[Any], **values: str) -> tuple[HandIn, ...]:
    return tuple(
        HandIn(
            row.id,
            from_utc(row.received_at),
            row.participant,
            row.quiz,
            row.document,
            row.held,
            row.ruling,
            row.notes,
            row.sequence,
            row.decision_reason,
            row.counted_for,
        )
        for row in tx.execute(ours(tx, query), values)
    )
