"""Find the cohort that meets today, or the cohort that a trainer names, with its people."""

from collections.abc import Mapping
from datetime import datetime

from psm_course.authoring.problems import did_you_mean
from psm_course.domain.register import Cohort, Enrolment, HeldSession
from psm_course.errors import Refused
from psm_course.local_time import WIB
from psm_course.store.engine import Connection, Store
from psm_course.store.people import cohorts, people, schedule


def cohort_in_the_hall(tx: Connection, name: str, now: datetime) -> Cohort:
    """Find the cohort that a trainer names, or else the cohort that meets today.

    If no cohort meets today and only one cohort is not archived, returns that cohort.

    Args:
        tx: a transaction.
        name: the id of the cohort, in small or capital letters; empty: the cohort of today.
        now: an aware datetime; its date by the office's clock is today.

    Raises:
        Refused: there is no such cohort (the message names the nearest id); or it is not clear
            which cohort meets today.
    """
    if name.strip():
        return named_cohort(tx, name.strip())
    meeting = schedule.meeting_on(tx, now.astimezone(WIB).date())
    open_ones = [each.id for each in cohorts.list_cohorts(tx) if each.archived_at is None]
    found = meeting or (open_ones if len(open_ones) == 1 else ())
    if len(found) == 1:
        return cohorts.get_cohort(tx, found[0])
    if found:
        raise Refused(
            f"Hari ini ada {len(found)} angkatan: {', '.join(found)}. Sebut salah satu, misalnya"
            f' angkatan="{found[0]}".'
        )
    if not open_ones:
        raise Refused("Belum ada angkatan di register. Buka dulu: psm cohort new KODE")
    raise Refused(
        "Tidak ada angkatan yang bersesi hari ini. Sebut angkatannya, misalnya"
        f' angkatan="{open_ones[-1]}".'
    )


def people_in_the_hall(tx: Connection, cohort: Cohort) -> tuple[Enrolment, ...]:
    """Everybody expected in the cohort, in the order of participant numbers."""
    return people.list_expected(tx, cohort.id)


def sessions_in_the_hall(store: Store, now: datetime) -> Mapping[str, HeldSession]:
    """The sessions of the cohort that meets today, by session id.

    Raises:
        Refused: it is not clear which cohort meets today.
    """
    with store.reading() as tx:
        return schedule.sessions_held(tx, cohort_in_the_hall(tx, "", now).id)


def named_cohort(tx: Connection, name: str) -> Cohort:
    """Find a cohort by its id; small and capital letters are the same.

    Raises:
        Refused: no cohort has this id; the message names the nearest id.
    """
    codes = {each.id.casefold(): each.id for each in cohorts.list_cohorts(tx)}
    if name.casefold() in codes:
        return cohorts.get_cohort(tx, codes[name.casefold()])
    near = did_you_mean(name.casefold(), codes)
    if near:
        raise Refused(f'Angkatan "{name}" tidak ada. Maksud Anda {codes[near]}?')
    return cohorts.get_cohort(tx, name)  # its refusal names all there are
