"""Looking back: one person's whole history, what was handed in, and the audit log. Reads only; a learner's own view is `own_page`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from psm_course.content.course import Course
from psm_course.domain.accounts import Account
from psm_course.domain.register import Cohort
from psm_course.errors import Refused
from psm_course.registrar.completion.judging import Standing, standings_within
from psm_course.store import audit
from psm_course.store.engine import Store
from psm_course.store.people import history, people
from psm_course.store.people.history import Deed, HandIn, MarkWritten, OutcomeWritten


@dataclass(frozen=True, slots=True)
class History:
    """Everything the register holds of one person."""

    cohort: Cohort
    standing: Standing
    marks: tuple[MarkWritten, ...]
    outcomes: tuple[OutcomeWritten, ...]
    hand_ins: tuple[HandIn, ...]
    observations: tuple[Deed, ...]
    overrides: tuple[Deed, ...]
    records: tuple[Deed, ...]
    events: tuple[audit.Event, ...]


def history_of(store: Store, course: Course, number: str, now: datetime) -> History:
    """Refused when the register does not know the number."""
    with store.reading() as tx:
        enrolment = people.find_enrolment(tx, number)
        if enrolment is None:
            raise Refused(f'Nomor peserta "{number[:40]}" tidak ada di register. Periksa nomornya.')
        (standing,) = standings_within(tx, course, enrolment.cohort, now, number)
        return History(
            people.get_cohort(tx, enrolment.cohort),
            standing,
            history.marks_of(tx, number),
            history.outcomes_of(tx, number),
            history.hand_ins_of(tx, number),
            history.observations_of(tx, number),
            history.overrides_of(tx, number),
            history.record_deeds_of(tx, number),
            audit.list_events(tx, number),
        )


def list_hand_ins(store: Store, account: Account, only: str, offset: int, most: int) -> tuple[HandIn, ...]:
    """What was handed in by the people whom an account sees, newest first."""
    with store.reading() as tx:
        return history.list_hand_ins(tx, account.scope, only, offset, most)


def find_hand_ins(store: Store, account: Account, ids: Collection[str]) -> tuple[HandIn, ...]:
    """Those of these hand-ins that an account may see."""
    with store.reading() as tx:
        return history.find_hand_ins(tx, account.scope, ids)


def list_events(store: Store, subject: str | None, before: int | None, most: int) -> tuple[audit.Event, ...]:
    """The audit log, newest first."""
    with store.reading() as tx:
        return audit.list_events(tx, subject, before, most)
