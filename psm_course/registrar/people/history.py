"""The whole history of one person, lists of hand-ins, and the audit log. Changes nothing.

The page that a learner sees is in `own_page`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from psm_course.content.course import Course
from psm_course.domain.accounts import Account
from psm_course.domain.register import Cohort, Enrolment, HandIn
from psm_course.registrar.completion.judging import Standing, standings_by
from psm_course.registrar.people.one_person import known_person
from psm_course.store import audit
from psm_course.store.answers import hand_ins
from psm_course.store.completion.versions import Adoption, find_adoption
from psm_course.store.engine import Connection, Store
from psm_course.store.people import cohorts, history, persons
from psm_course.store.people.history import Deed, MarkWritten, OutcomeWritten
from psm_course.store.people.persons import Membership


@dataclass(frozen=True, slots=True)
class History:
    """Everything that the register holds about one person under one number.

    `adoption` is the course version that the cohort adopted; None if it adopted no version.
    `others` are the person's other numbers, newest cohort first.
    """

    cohort: Cohort
    adoption: Adoption | None
    standing: Standing
    others: tuple[Membership, ...]
    marks: tuple[MarkWritten, ...]
    outcomes: tuple[OutcomeWritten, ...]
    hand_ins: tuple[HandIn, ...]
    observations: tuple[Deed, ...]
    overrides: tuple[Deed, ...]
    records: tuple[Deed, ...]
    events: tuple[audit.Event, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A person under one number, and the person's other numbers, newest cohort first."""

    enrolment: Enrolment
    cohort: Cohort
    others: tuple[Membership, ...]


def person_of(store: Store, number: str) -> Person:
    """Find the person who has this number.

    Raises:
        Refused: nobody has the number.
    """
    with store.reading() as tx:
        enrolment = known_person(tx, number)
        return Person(
            enrolment, cohorts.get_cohort(tx, enrolment.cohort), _others(tx, enrolment.number)
        )


def _others(tx: Connection, number: str) -> tuple[Membership, ...]:
    return tuple(
        each for each in persons.memberships(tx, number) if each.enrolment.number != number
    )


def history_of(store: Store, course: Course, number: str, now: datetime) -> History:
    """Read the history of the person who has this number.

    `course` is used if the person's cohort adopted no course version.

    Raises:
        Refused: nobody has the number.
    """
    with store.reading() as tx:
        enrolment = known_person(tx, number)
        cohort = cohorts.get_cohort(tx, enrolment.cohort)
        adoption = find_adoption(tx, enrolment.cohort)
        # By number, because a person who left is judged only when asked for.
        (standing,) = standings_by(tx, course, adoption, cohort, now, number)
        return History(
            cohort,
            adoption,
            standing,
            _others(tx, number),
            history.marks_of(tx, number),
            history.outcomes_of(tx, number),
            hand_ins.hand_ins_of(tx, number),
            history.observations_of(tx, number),
            history.overrides_of(tx, number),
            history.record_deeds_of(tx, number),
            audit.list_events(tx, number),
        )


def list_hand_ins(
    store: Store, account: Account, only: str, offset: int, most: int
) -> tuple[HandIn, ...]:
    """List hand-ins of the people whom an account may see, newest first.

    Args:
        store: the register.
        account: only hand-ins from the cohorts of this account are listed.
        only: the name of a filter in `store.answers.hand_ins`; empty: no filter.
        offset: how many hand-ins to skip.
        most: how many to return at most.
    """
    with store.reading() as tx:
        return hand_ins.list_hand_ins(tx, account.scope, only, offset, most)


def find_hand_ins(store: Store, account: Account, ids: Collection[str]) -> tuple[HandIn, ...]:
    """Find hand-ins by their ids. Those that the account may not see are left out."""
    with store.reading() as tx:
        return hand_ins.find_hand_ins(tx, account.scope, ids)


def list_events(
    store: Store, subject: str | None, before: int | None, most: int
) -> tuple[audit.Event, ...]:
    """List events of the log, newest first.

    Args:
        store: the register.
        subject: only events about this person, record or other thing; None: all events.
        before: the id of an event: only older events are listed; None: from the newest event on.
        most: how many to return at most.
    """
    with store.reading() as tx:
        return audit.list_events(tx, subject, before, most)
