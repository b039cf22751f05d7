"""A person's rights over their data (UU 27/2022): to see all of it, and to have it erased; and letting go of it when its time is over."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from psm_course.domain.register import Enrolment
from psm_course.errors import Refused
from psm_course.registrar.certificates.printing import remove_prints
from psm_course.registrar.reasons import reason_about
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.certificates import records
from psm_course.store.engine import Store
from psm_course.store.people import people
from psm_course.store.people.traces import traces_of


def export_person(store: Store, number: str, actor: str, now: datetime) -> dict[str, list[dict[str, Any]]]:
    """Everything the register holds about a person, by table, with the trail of what was done; the look itself is noted."""
    with store.transaction() as tx:
        _known(people.find_enrolment(tx, number), number)
        audit.note(tx, actor, "person exported", number, now)
        return traces_of(tx, number)


def erase_person(store: Store, settings: Settings, number: str, reason: str, actor: str, now: datetime) -> tuple[Path, ...]:
    """Take out name, phone, card and certificates; attempts and attendance stay as figures of a number that is nobody's.

    Returns the printed files that were removed. The numbers of their records stay taken; copies they hold go on being checkable.
    """
    with store.transaction() as tx:
        person = _known(people.find_enrolment(tx, number), number)
        why = reason_about(tx, reason, [number])
        numbers = records.erase_documents(tx, number)
        people.erase_person(tx, number, now)
        audit.note(tx, actor, "person erased", number, now, reason=why, records=len(numbers))
    return remove_prints(settings, person.cohort, numbers) if numbers else ()


def erase_expired(store: Store, settings: Settings, actor: str, now: datetime, dry_run: bool) -> tuple[str, ...]:
    """Erase everybody whose cohort started longer ago than the office keeps names; returns their numbers."""
    years = _years(settings.retention_years)
    with store.reading() as tx:
        numbers = people.numbers_before(tx, _years_before(now.date(), years))
    for number in () if dry_run else numbers:
        erase_person(store, settings, number, f"masa simpan {years} tahun lewat", actor, now)
    return numbers


def _known(person: Enrolment | None, number: str) -> Enrolment:
    if person is None:
        raise Refused(f'Nomor peserta "{number}" tidak ada di register.')
    if not person.name:
        raise Refused(f"Data {number} sudah dihapus.")
    return person


def _years(written: str) -> int:
    if not written.strip().isdigit() or int(written) < 1:
        raise Refused(f'Masa simpan "{written}" tidak dimengerti. Tulis retention_years = "5" (tahun) di psm.toml.')
    return int(written)


def _years_before(day: date, years: int) -> date:
    """The same day years ago; 29 February becomes the 28th."""
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)
