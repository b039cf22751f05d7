"""Which cohort somebody means: by its code as people type it, or the one that meets today. Reads only."""

from datetime import datetime

from psm_course.authoring.problems import did_you_mean
from psm_course.domain.register import Cohort
from psm_course.errors import Refused
from psm_course.local_time import day
from psm_course.registrar.completion.days import today
from psm_course.store.engine import Connection
from psm_course.store.people import people
from psm_course.store.people.schedule import meeting_on


def named_cohort(tx: Connection, name: str) -> Cohort:
    """A cohort by its code, in capitals or not. Refused with the nearest one."""
    found = people.find_cohort(tx, name)
    if found:
        return found
    known = {each.id.casefold(): each.id for each in people.list_cohorts(tx)}
    if name.strip().casefold() in known:
        return people.get_cohort(tx, known[name.strip().casefold()])
    near = did_you_mean(name.casefold(), known)
    if near:
        raise Refused(f'Angkatan "{name}" tidak ada. Maksud Anda {known[near]}?')
    return people.get_cohort(tx, name)


def cohort_today(tx: Connection, now: datetime) -> Cohort:
    """The one cohort that holds a session today. Refused where none does, or several do, with their names."""
    on = today(now)
    found = meeting_on(tx, on)
    if len(found) == 1:
        return people.get_cohort(tx, found[0])
    if found:
        raise Refused(f'Hari ini ada {len(found)} angkatan: {", ".join(found)}. Sebutkan yang mana, misalnya hasil("{found[0]}").')
    known = ", ".join(each.id for each in people.list_cohorts(tx) if each.archived_at is None)
    hint = f"Sebutkan angkatannya. Yang ada: {known}." if known else "Belum ada angkatan. Buat dengan: psm cohort new."
    raise Refused(f"Tidak ada angkatan yang bersidang hari ini, {day(on)}. {hint}")
