"""The ledger of records: every number that was given, and what became of it. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from psm_course.credentials.numbering import record_number
from psm_course.domain.register import CompletionRecord, RecordEnd, SkippedNumbers
from psm_course.errors import Refused
from psm_course.local_time import WIB
from psm_course.settings import Settings
from psm_course.store.certificates import records
from psm_course.store.engine import Store
from psm_course.store.people import history, people
from psm_course.store.people.history import Deed


@dataclass(frozen=True, slots=True)
class Entry:
    """A record, and how it ended; `end` is None while it stands."""

    record: CompletionRecord
    end: RecordEnd | None


@dataclass(frozen=True, slots=True)
class Page(Entry):
    """The same with the cohort of its holder and everything that was done with it, oldest first."""

    cohort: str
    deeds: tuple[Deed, ...]


def ledger(store: Store, cohort_id: str) -> tuple[Entry, ...]:
    """A cohort's records in the order of their numbers; without those of people who were erased."""
    with store.reading() as tx:
        people.get_cohort(tx, cohort_id)
        ends = {end.number: end for end in records.list_ends(tx, cohort_id)}
        return tuple(Entry(record, ends.get(record.number)) for record in records.records_of_cohort(tx, cohort_id))


@dataclass(frozen=True, slots=True)
class Numbering:
    """What comes next in a year, as a sequence and as the number it gives today; and what was left out on purpose, newest first."""

    year: int
    sequence: int
    number: str
    skipped: tuple[SkippedNumbers, ...]


def numbering(store: Store, settings: Settings, now: datetime) -> Numbering:
    """Refused when the pattern in the settings cannot be used."""
    today = now.astimezone(WIB)
    with store.reading() as tx:
        sequence = records.last_sequence(tx, today.year) + 1
        skipped = records.list_skipped(tx)
    return Numbering(today.year, sequence, record_number(settings.record_number, sequence, today), skipped)


def get_page(store: Store, number: str) -> Page:
    """One record. Refused for a number that was never given, and when its holder was erased."""
    with store.reading() as tx:
        record = records.find_record(tx, number)
        person = people.find_enrolment(tx, record.participant) if record else None
        if record is None or person is None:
            raise Refused(f'Sertifikat bernomor "{number[:60]}" tidak ada di register, atau data pemiliknya sudah dihapus.')
        deeds = tuple(deed for deed in history.record_deeds_of(tx, record.participant) if deed.about == number)
        return Page(record, records.find_end(tx, number), person.cohort, deeds)
