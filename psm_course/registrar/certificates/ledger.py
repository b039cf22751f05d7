"""The list of all certificate numbers that were given, with their records.

Nothing here changes the register.
"""

from dataclasses import dataclass
from datetime import datetime

from psm_course.domain.register import CompletionRecord, RecordEnd, SkippedNumbers
from psm_course.errors import Refused
from psm_course.local_time import WIB
from psm_course.registrar.certificates.series import next_numbers
from psm_course.settings import Settings
from psm_course.store.certificates import records
from psm_course.store.completion.versions import newest_titles
from psm_course.store.engine import Connection, Store
from psm_course.store.people import cohorts, history, people
from psm_course.store.people.history import Deed


@dataclass(frozen=True, slots=True)
class Entry:
    """A record; `end` is the event that superseded or revoked it, None while it is valid."""

    record: CompletionRecord
    end: RecordEnd | None


@dataclass(frozen=True, slots=True)
class Page(Entry):
    """A record with the cohort of its holder, and all events about the record, oldest first."""

    cohort: str
    deeds: tuple[Deed, ...]


def ledger(store: Store, cohort_id: str) -> tuple[Entry, ...]:
    """The records of a cohort, in the order of certificate numbers.

    Each record comes with the event that superseded or revoked it, if there is one. Records of
    people who were erased are left out.

    Raises:
        Refused: there is no such cohort.
    """
    with store.reading() as tx:
        cohorts.get_cohort(tx, cohort_id)
        ends = {end.number: end for end in records.list_ends(tx, cohort_id)}
        return tuple(
            Entry(record, ends.get(record.number))
            for record in records.records_of_cohort(tx, cohort_id)
        )


@dataclass(frozen=True, slots=True)
class Numbering:
    """The next certificate number of a course in one year.

    `sequence` is the running number alone; `number` is the whole number as it would be printed
    today. If no number can be given, `trouble` says why and `number` is empty.
    """

    course: str
    title: str
    year: int
    sequence: int
    number: str
    trouble: str = ""


def numbering(store: Store, settings: Settings, now: datetime) -> tuple[Numbering, ...]:
    """Find the next number of every course, in the order in which courses were first adopted."""
    today = now.astimezone(WIB)
    with store.reading() as tx:
        return tuple(
            _numbering(tx, settings, course, title, today)
            for course, title in newest_titles(tx).items()
        )


def _numbering(
    tx: Connection, settings: Settings, course: str, title: str, today: datetime
) -> Numbering:
    sequence = records.last_sequence(tx, course, today.year) + 1
    try:
        _, (number,) = next_numbers(tx, settings, course, 1, today)
    # Shown beside the other courses: one bad pattern must not hide them.
    except Refused as refused:
        return Numbering(course, title, today.year, sequence, "", str(refused))
    return Numbering(course, title, today.year, sequence, number)


def skipped_numbers(store: Store) -> tuple[SkippedNumbers, ...]:
    """List the certificate numbers that were skipped on purpose, of all courses, newest first."""
    with store.reading() as tx:
        return records.list_skipped(tx)


def get_page(store: Store, number: str) -> Page:
    """Read one record with its cohort and history.

    Raises:
        Refused: the number was never given, or its holder was erased.
    """
    with store.reading() as tx:
        record = records.find_record(tx, number)
        person = people.find_enrolment(tx, record.participant) if record else None
        if record is None or person is None:
            raise Refused(
                f'Sertifikat bernomor "{number[:60]}" tidak ada di register, atau data pemiliknya'
                " sudah dihapus."
            )
        return Page(
            record,
            records.find_end(tx, number),
            person.cohort,
            tuple(
                deed
                for deed in history.record_deeds_of(tx, record.participant)
                if deed.about == number
            ),
        )
