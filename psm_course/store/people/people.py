"""Cohorts and enrolments."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, bindparam, func, select, update
from sqlalchemy.engine import Row

from psm_course.domain.register import Cohort, Enrolment
from psm_course.errors import Refused
from psm_course.store.engine import from_utc, to_utc
from psm_course.store.rows import add, ours, same_office
from psm_course.store.schema import cohort, enrolment


@dataclass(frozen=True, slots=True)
class Learner:
    """What a hand-in is checked against: the serial of the person's card, and when the cohort closes (None: never)."""

    card_serial: int
    closes_at: datetime | None


def add_cohort(tx: Connection, new: Cohort) -> None:
    closes_at = to_utc(new.closes_at) if new.closes_at else None
    add(tx, cohort, [{"id": new.id, "title": new.title, "starts_on": new.starts_on, "closes_at": closes_at}])


def find_cohort(tx: Connection, name: str) -> Cohort | None:
    row = tx.execute(ours(tx, select(cohort).where(cohort.c.id == name))).one_or_none()
    return _cohort(row) if row else None


def get_cohort(tx: Connection, name: str) -> Cohort:
    """Refused when there is no such cohort."""
    found = find_cohort(tx, name)
    if found is None:
        known = ", ".join(each.id for each in list_cohorts(tx)) or "belum ada"
        raise Refused(f'Angkatan "{name}" tidak ada. Yang ada: {known}. Buat dengan: psm cohort new.')
    return found


def list_cohorts(tx: Connection) -> tuple[Cohort, ...]:
    """All cohorts, oldest first."""
    rows = tx.execute(ours(tx, select(cohort).order_by(cohort.c.starts_on, cohort.c.id)))
    return tuple(_cohort(row) for row in rows)


def cohorts_with_size(tx: Connection, among: Iterable[str] | None, offset: int, most: int) -> tuple[tuple[Cohort, int], ...]:
    """Cohorts with the number of people in each, newest first; `among` limits them."""
    size = select(func.count()).where(same_office(enrolment, cohort), enrolment.c.cohort == cohort.c.id).correlate(cohort).scalar_subquery()
    query = select(cohort, size.label("size")).order_by(cohort.c.starts_on.desc(), cohort.c.id).offset(offset).limit(most)
    if among is not None:
        query = query.where(cohort.c.id.in_(sorted(among)))
    return tuple((_cohort(row), row.size) for row in tx.execute(ours(tx, query)))


def set_closing(tx: Connection, cohort_id: str, closes_at: datetime | None) -> None:
    change = update(cohort).where(cohort.c.id == cohort_id)
    tx.execute(ours(tx, change).values(closes_at=to_utc(closes_at) if closes_at else None))


def add_enrolments(tx: Connection, new: list[Enrolment]) -> None:
    """Each with the first serial of a card."""
    add(tx, enrolment, [asdict(person) | {"card_serial": 1} for person in new])


def change_enrolments(tx: Connection, changed: list[Enrolment]) -> None:
    """The register's spelling of a name or kelurahan, and the phone number; issued records keep theirs."""
    columns = ("name", "kelurahan", "phone")
    query = update(enrolment).where(enrolment.c.number == bindparam("which")).values({column: bindparam(column) for column in columns})
    if changed:
        tx.execute(
            ours(tx, query),
            [{"which": each.number, "name": each.name, "kelurahan": each.kelurahan, "phone": each.phone} for each in changed],
        )


def erase_person(tx: Connection, number: str, at: datetime) -> None:
    """Take out all that tells who it was; number and kelurahan stay, for the figures."""
    erased = {"name": "", "phone": None, "erased_at": to_utc(at)}
    tx.execute(ours(tx, update(enrolment).where(enrolment.c.number == number)).values(erased))


def enrolled_by_kelurahan(tx: Connection) -> dict[str, int]:
    """People of every cohort by the kelurahan where they live."""
    query = select(enrolment.c.kelurahan, func.count().label("people")).group_by(enrolment.c.kelurahan)
    rows = tx.execute(ours(tx, query))
    return {row.kelurahan: row.people for row in rows}


def numbers_before(tx: Connection, day: date) -> tuple[str, ...]:
    """Everybody, not yet erased, whose cohort started before a day."""
    query = (
        select(enrolment.c.number)
        .join(cohort, cohort.c.id == enrolment.c.cohort)
        .where(cohort.c.starts_on < day, enrolment.c.erased_at.is_(None))
    )
    return tuple(tx.execute(ours(tx, query.order_by(enrolment.c.number))).scalars())


def learners(tx: Connection, numbers: Collection[str]) -> dict[str, Learner]:
    """Those of these numbers that are in the register; an erased person no longer is."""
    query = (
        select(enrolment.c.number, enrolment.c.card_serial, cohort.c.closes_at)
        .join(cohort, cohort.c.id == enrolment.c.cohort)
        .where(enrolment.c.number.in_(numbers), enrolment.c.erased_at.is_(None))
    )
    rows = tx.execute(ours(tx, query))
    return {row.number: Learner(row.card_serial, from_utc(row.closes_at) if row.closes_at else None) for row in rows}


def names_in(tx: Connection, cohorts: Collection[str]) -> tuple[str, ...]:
    """The names in these cohorts, or in all of them where none is given; in no order."""
    query = select(enrolment.c.name).where(enrolment.c.name != "")
    return tuple(tx.execute(ours(tx, query.where(enrolment.c.cohort.in_(cohorts)) if cohorts else query)).scalars())


def enrolments_of(tx: Connection, numbers: Collection[str]) -> tuple[Enrolment, ...]:
    """Those of these numbers that are in the register, by number."""
    rows = tx.execute(ours(tx, select(enrolment).where(enrolment.c.number.in_(numbers)).order_by(enrolment.c.number)))
    return tuple(_enrolment(row) for row in rows)


def find_enrolment(tx: Connection, number: str) -> Enrolment | None:
    row = tx.execute(ours(tx, select(enrolment).where(enrolment.c.number == number))).one_or_none()
    return _enrolment(row) if row else None


def list_enrolments(tx: Connection, cohort_id: str, number: str | None = None) -> tuple[Enrolment, ...]:
    """A cohort's enrolments by number; or the one with this number, if it is there."""
    rows = tx.execute(ours(tx, select(enrolment).where(*belongs(cohort_id, number)).order_by(enrolment.c.number)))
    return tuple(_enrolment(row) for row in rows)


def belongs(cohort_id: str, number: str | None, member: FromClause = enrolment) -> tuple[ColumnElement[bool], ...]:
    """That an enrolment is of a cohort, and of one person in it unless `number` is None."""
    of_cohort = member.c.cohort == cohort_id
    return (of_cohort,) if number is None else (of_cohort, member.c.number == number)


def latest_of_each(tx: Connection, query: Select[Any]) -> dict[str, dict[Any, Any]]:
    """For each number, the latest value of each thing; the query gives (number, thing, value), oldest first."""
    found: dict[str, dict[Any, Any]] = {}
    for number, thing, value in tx.execute(ours(tx, query)).all():  # at once, unpacked: most of what judging reads comes this way
        found.setdefault(number, {})[thing] = value
    return found


def _enrolment(row: Row[tuple[object, ...]]) -> Enrolment:
    return Enrolment(row.number, row.cohort, row.name, row.kelurahan, row.phone)


def _cohort(row: Row[tuple[object, ...]]) -> Cohort:
    return Cohort(row.id, row.title, row.starts_on, from_utc(row.closes_at) if row.closes_at else None)
