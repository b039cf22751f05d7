"""Cohorts and enrolments."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.engine import Row

from psm_course.errors import Refused
from psm_course.records.register import Cohort, Enrolment
from psm_course.store.schema import cohort, enrolment


def add_cohort(tx: Connection, new: Cohort) -> None:
    tx.execute(insert(cohort).values(id=new.id, title=new.title, starts_on=new.starts_on))


def find_cohort(tx: Connection, name: str) -> Cohort | None:
    row = tx.execute(select(cohort).where(cohort.c.id == name)).one_or_none()
    return Cohort(row.id, row.title, row.starts_on) if row else None


def get_cohort(tx: Connection, name: str) -> Cohort:
    """Refused when there is no such cohort."""
    found = find_cohort(tx, name)
    if found is None:
        known = ", ".join(each.id for each in list_cohorts(tx)) or "belum ada"
        raise Refused(f'Angkatan "{name}" tidak ada. Yang ada: {known}. Buat dengan: psm cohort new.')
    return found


def list_cohorts(tx: Connection) -> tuple[Cohort, ...]:
    """All cohorts, oldest first."""
    rows = tx.execute(select(cohort).order_by(cohort.c.starts_on, cohort.c.id))
    return tuple(Cohort(row.id, row.title, row.starts_on) for row in rows)


def add_enrolments(tx: Connection, new: list[Enrolment]) -> None:
    if new:
        tx.execute(insert(enrolment), [{"number": e.number, "cohort": e.cohort, "name": e.name, "kelurahan": e.kelurahan} for e in new])


def change_enrolment(tx: Connection, changed: Enrolment) -> None:
    """The register's spelling of a name or kelurahan; issued records keep theirs."""
    tx.execute(update(enrolment).where(enrolment.c.number == changed.number).values(name=changed.name, kelurahan=changed.kelurahan))


def find_enrolment(tx: Connection, number: str) -> Enrolment | None:
    row = tx.execute(select(enrolment).where(enrolment.c.number == number)).one_or_none()
    return _enrolment(row) if row else None


def list_enrolments(tx: Connection, cohort_id: str) -> tuple[Enrolment, ...]:
    """A cohort's enrolments by number."""
    rows = tx.execute(select(enrolment).where(enrolment.c.cohort == cohort_id).order_by(enrolment.c.number))
    return tuple(_enrolment(row) for row in rows)


def _enrolment(row: Row[tuple[object, ...]]) -> Enrolment:
    return Enrolment(row.number, row.cohort, row.name, row.kelurahan)
