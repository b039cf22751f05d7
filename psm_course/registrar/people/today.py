"""The cohort that sits in the hall: the one that meets today, or the one that is named."""

from collections.abc import Mapping
from datetime import datetime

from psm_course.authoring.problems import did_you_mean
from psm_course.domain.register import Cohort, Enrolment, HeldSession
from psm_course.errors import Refused
from psm_course.local_time import WIB
from psm_course.store.engine import Connection, Store
from psm_course.store.people import people, schedule


def cohort_in_the_hall(tx: Connection, name: str, now: datetime) -> Cohort:
    """A cohort by its code in any case; without one, the cohort that meets today, or the only one there is.

    Args:
        tx: of the register.
        name: as it was typed; empty: today's.
        now: aware; the office's date counts.

    Raises:
        Refused: no such cohort (the nearest is named), none that meets today, or several.
    """
    if name.strip():
        return named_cohort(tx, name.strip())
    meeting = schedule.meeting_on(tx, now.astimezone(WIB).date())
    open_ones = [each.id for each in people.list_cohorts(tx) if each.archived_at is None]
    found = meeting or (open_ones if len(open_ones) == 1 else ())
    if len(found) == 1:
        return people.get_cohort(tx, found[0])
    if found:
        raise Refused(f'Hari ini ada {len(found)} angkatan: {", ".join(found)}. Sebut salah satu, misalnya angkatan="{found[0]}".')
    if not open_ones:
        raise Refused("Belum ada angkatan di register. Buka dulu: psm cohort new KODE")
    raise Refused(f'Tidak ada angkatan yang bersesi hari ini. Sebut angkatannya, misalnya angkatan="{open_ones[-1]}".')


def people_in_the_hall(tx: Connection, cohort: Cohort) -> tuple[Enrolment, ...]:
    """Who is expected, by number."""
    return people.list_expected(tx, cohort.id)


def sessions_in_the_hall(store: Store, now: datetime) -> Mapping[str, HeldSession]:
    """How the cohort that meets now holds its sessions, by their ids. Refused where there is none, or several."""
    with store.reading() as tx:
        return schedule.sessions_held(tx, cohort_in_the_hall(tx, "", now).id)


def named_cohort(tx: Connection, name: str) -> Cohort:
    """A cohort by its code in any case. Refused with the nearest one."""
    codes = {each.id.casefold(): each.id for each in people.list_cohorts(tx)}
    if name.casefold() in codes:
        return people.get_cohort(tx, codes[name.casefold()])
    near = did_you_mean(name.casefold(), codes)
    if near:
        raise Refused(f'Angkatan "{name}" tidak ada. Maksud Anda {codes[near]}?')
    return people.get_cohort(tx, name)  # its refusal names all there are
