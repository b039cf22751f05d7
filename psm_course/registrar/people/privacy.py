"""A person's rights over their data (UU 27/2022): export and erase it.

Data is also erased when its time is over (the setting `retention_years`).
"""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from psm_course.errors import Refused
from psm_course.registrar.certificates.printing import remove_prints
from psm_course.registrar.reasons import reason_about
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.certificates import records
from psm_course.store.engine import Connection, Store
from psm_course.store.people import people, persons
from psm_course.store.people.traces import traces_of


def numbers_of_person(store: Store, number: str) -> tuple[str, ...]:
    """All numbers of the person who has this number, oldest cohort first.

    Exporting and erasing concern all of these numbers.

    Raises:
        Refused: nobody has the number, or the person was erased.
    """
    with store.reading() as tx:
        return _numbers(tx, number)


def export_person(
    store: Store, number: str, actor: str, now: datetime
) -> dict[str, list[dict[str, Any]]]:
    """Read everything that the register holds about a person, in all cohorts.

    Returns the rows of each table by the name of the table. The export is written into the log.

    Raises:
        Refused: nobody has the number, or the person was erased.
    """
    with store.transaction() as tx:
        numbers = _numbers(tx, number)
        audit.note(tx, actor, "person exported", number, now)
        return traces_of(tx, numbers)


def erase_person(
    store: Store, settings: Settings, number: str, reason: str, actor: str, now: datetime
) -> tuple[Path, ...]:
    """Delete the name, telephone, card and certificates of a person, in all cohorts.

    Attempts and attendance stay, without a name. The certificates' numbers are not given again, and
    copies that the person holds can still be checked.

    Returns:
        The paths of the printed files that were deleted.

    Raises:
        Refused: nobody has the number, the person was erased already, or the reason is invalid.
    """
    with store.transaction() as tx:
        numbers = _numbers(tx, number)
        named = [person for person in people.enrolments_of(tx, numbers) if person.name]
        why = reason_about(tx, reason, numbers)
        erased = [(person, records.erase_documents(tx, person.number)) for person in named]
        for person, held in erased:
            people.erase_person(tx, person.number, now)
            audit.note(
                tx, actor, "person erased", person.number, now, reason=why, records=len(held)
            )
    # After the transaction, because deleted files cannot be rolled back.
    return tuple(
        path
        for person, held in erased
        if held
        for path in remove_prints(settings, person.cohort, held)
    )


def erase_expired(
    store: Store, settings: Settings, actor: str, now: datetime, dry_run: bool
) -> tuple[str, ...]:
    """Erase everybody whose newest cohort is older than the setting `retention_years`.

    Returns the participant numbers of these people. If `dry_run` is True, returns the numbers and
    erases nothing.

    Raises:
        Refused: the setting `retention_years` is no number of years.
    """
    years = _years(settings.retention_years)
    with store.reading() as tx:
        expired = people.numbers_before(tx, _years_before(now.date(), years))
    # Once for each person: erasing one number erases all of that person's.
    for number in (
        ()
        if dry_run
        else dict(reversed([(whose, number) for number, whose in expired.items()])).values()
    ):
        erase_person(store, settings, number, f"masa simpan {years} tahun lewat", actor, now)
    return tuple(expired)


def _numbers(tx: Connection, number: str) -> tuple[str, ...]:
    """All numbers of the person who has this number.

    Refused if nobody has the number, or the person was erased.
    """
    person = people.find_enrolment(tx, number)
    if person is None:
        raise Refused(f'Nomor peserta "{number}" tidak ada di register.')
    if not person.name:
        raise Refused(f"Data {number} sudah dihapus.")
    return persons.numbers_of(tx, persons.person_of(tx, number))


def _years(written: str) -> int:
    if not written.strip().isdigit() or int(written) < 1:
        raise Refused(
            f'Masa simpan "{written}" tidak dimengerti. Tulis retention_years = "5" (tahun) di'
            " psm.toml."
        )
    return int(written)


def _years_before(day: date, years: int) -> date:
    """The same day some years earlier; for 29 February always 28 February."""
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)
