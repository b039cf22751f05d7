"""Which enrolments are one person, and what is counted of a person. Who is one with whom is an officer's word, never a guess."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Select, delete, exists, func, or_, select, update

from psm_course.domain.register import Enrolment, KnownPerson
from psm_course.interchange.people.names import ends_of
from psm_course.store.engine import from_utc
from psm_course.store.people.enrolment_rows import enrolment_of, enrolments
from psm_course.store.rows import add, change, ours, remove, same_office
from psm_course.store.schema import cohort, enrolment, person, record, record_event

# After these a record no longer counts.
ENDS = ("superseded", "revoked")


@dataclass(frozen=True, slots=True)
class Certificate:
    """A record of passing that stands."""

    number: str
    participant: str
    cohort: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class Membership:
    """One enrolment of a person, with the cohort's title and first day, and the numbers of the records that stand."""

    enrolment: Enrolment
    title: str
    starts_on: date
    records: tuple[str, ...] = ()


def add_persons(tx: Connection, enrolled: Sequence[Enrolment]) -> list[int]:
    """A new person for each of these enrolments; their ids."""
    return add(tx, person, [{"kelurahan": each.kelurahan, "sex": each.sex, "certified": False} for each in enrolled])


def person_of(tx: Connection, number: str) -> int:
    """Whose enrolment a number is, which the register must know."""
    return int(tx.execute(ours(tx, select(enrolment.c.person).where(enrolment.c.number == number))).scalar_one())


def persons_of(tx: Connection, numbers: Collection[str]) -> dict[str, int]:
    """The person of each of these numbers that the register knows."""
    rows = tx.execute(ours(tx, select(enrolment.c.number, enrolment.c.person).where(enrolment.c.number.in_(numbers))))
    return {row.number: row.person for row in rows}


def numbers_of(tx: Connection, whose: int) -> tuple[str, ...]:
    """Every number a person ever had, oldest cohort first."""
    query = select(enrolment.c.number).join(cohort, cohort.c.id == enrolment.c.cohort).where(enrolment.c.person == whose)
    return tuple(tx.execute(ours(tx, query.order_by(cohort.c.starts_on, enrolment.c.number))).scalars())


def give_to(tx: Connection, numbers: Collection[str], whose: int | None) -> None:
    """These enrolments are a person's from now on, or a new one's (None); whoever is left without any is nobody."""
    before = set(persons_of(tx, numbers).values())
    if whose is None:
        (whose,) = add(tx, person, [{"kelurahan": "", "sex": None, "certified": False}])
    change(tx, update(enrolment).where(enrolment.c.number.in_(numbers)).values(person=whose))
    mine = exists().where(same_office(enrolment, person), enrolment.c.person == person.c.id)
    remove(tx, delete(person).where(person.c.id.in_(before), ~mine))
    recount(tx, {*before, whose})


def recount(tx: Connection, whose: Collection[int]) -> None:
    """Put down anew what is counted of these persons, from their enrolments and the records that stand."""
    if whose:
        counted = {"kelurahan": _of_newest("kelurahan"), "sex": _of_newest("sex"), "certified": _is_certified()}
        change(tx, update(person).where(person.c.id.in_(whose)).values(counted))


def recount_holder(tx: Connection, number: str) -> None:
    """Count anew whether the holder of a record is certified: it was issued, or ended."""
    holder = select(enrolment.c.person).join(record, record.c.participant == enrolment.c.number).where(record.c.number == number)
    change(tx, update(person).where(person.c.id.in_(ours(tx, holder))).values(certified=_is_certified()))


def forget_salts(tx: Connection, whose: Collection[int]) -> None:
    """Of those of these persons of whom no name is left: nobody can work out any more what their rows said before."""
    named = exists().where(same_office(enrolment, person), enrolment.c.person == person.c.id, enrolment.c.erased_at.is_(None))
    change(tx, update(person).where(person.c.id.in_(whose), ~named).values(salt=b""))


def _of_newest(column: str) -> ScalarSelect[Any]:
    """A column of a person's newest enrolment that says something there; one that was left counts only where there is no other."""
    said = enrolment.c[column]
    query = (
        select(said)
        .join(cohort, same_office(cohort, enrolment) & (cohort.c.id == enrolment.c.cohort))
        .where(same_office(enrolment, person), enrolment.c.person == person.c.id, said.is_not(None))
    )
    newest = query.order_by(enrolment.c.left_as.is_not(None), cohort.c.starts_on.desc(), enrolment.c.number.desc())
    return newest.limit(1).correlate(person).scalar_subquery()


def _is_certified() -> Any:
    theirs = (
        select(record.c.number)
        .join(enrolment, same_office(enrolment, record) & (enrolment.c.number == record.c.participant))
        .where(same_office(enrolment, person), enrolment.c.person == person.c.id, *_standing())
    )
    return theirs.correlate(person).exists()


def _standing() -> tuple[Any, ...]:
    ended = exists().where(same_office(record_event, record), record_event.c.record == record.c.number, record_event.c.event.in_(ENDS))
    return record.c.kind == "passed", ~ended


def likely_known(tx: Connection, cohort_id: str, near: Collection[tuple[str, str]], phones: Collection[str]) -> tuple[KnownPerson, ...]:
    """People of other cohorts with one of these telephones, or whose name may be near one in its kelurahan; in no order.

    `near` are kelurahan and name keys. Only their ends are compared here, within an index; comparing whole names is the caller's.
    """
    is_likely = [enrolment.c.number.in_(ours(tx, _with_like_ends(near)))]
    is_likely += [enrolment.c.phone.in_(phones)] * bool(phones)
    query = (
        select(*(enrolment.c[name] for name in KnownPerson._fields[:-1]), cohort.c.starts_on)
        .join(cohort, cohort.c.id == enrolment.c.cohort)
        .where(enrolment.c.cohort != cohort_id, enrolment.c.name != "", or_(*is_likely))
    )
    return tuple(KnownPerson._make(row) for row in tx.execute(ours(tx, query)).all())


def _with_like_ends(near: Collection[tuple[str, str]]) -> Select[Any]:
    ends: dict[int, tuple[set[str], set[str]]] = {}
    for kelurahan, key in near:
        first, last = ends_of(key)
        starting, ending = ends.setdefault(len(first), (set(), set()))
        starting.add(kelurahan + first)
        ending.add(kelurahan + last)
    alike = [_has_end(size, *both) for size, both in ends.items()]
    return select(enrolment.c.number).where(enrolment.c.kelurahan.in_({kelurahan for kelurahan, _ in near}), or_(*alike))


def _has_end(size: int, starting: Collection[str], ending: Collection[str]) -> ColumnElement[bool]:
    key, home = enrolment.c.name_key, enrolment.c.kelurahan
    last = func.substr(key, func.length(key) - size + 1, size)
    return home.concat(func.substr(key, 1, size)).in_(starting) | home.concat(last).in_(ending)


def certificates_of(tx: Connection, numbers: Collection[str]) -> dict[str, Certificate]:
    """For each of these numbers, the newest record of passing that stands, of any enrolment of the same person."""
    asked = enrolment.alias()
    query = (
        select(asked.c.number.label("asked"), record.c.number, record.c.participant, enrolment.c.cohort, record.c.issued_at)
        .join(enrolment, enrolment.c.person == asked.c.person)
        .join(record, record.c.participant == enrolment.c.number)
        .where(asked.c.number.in_(numbers), *_standing())
        .order_by(record.c.issued_at, record.c.sequence)
    )
    rows = tx.execute(ours(tx, query))
    return {row.asked: Certificate(row.number, row.participant, row.cohort, from_utc(row.issued_at)) for row in rows}


def standing_records(tx: Connection, numbers: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """For each of these numbers, its own records of either kind that stand."""
    query = select(record.c.participant, record.c.number).where(record.c.participant.in_(numbers), _standing()[1])
    found: dict[str, tuple[str, ...]] = {}
    for row in tx.execute(ours(tx, query.order_by(record.c.year, record.c.sequence))):
        found[row.participant] = (*found.get(row.participant, ()), row.number)
    return found


def memberships(tx: Connection, whose: int) -> tuple[Membership, ...]:
    """Every enrolment of a person, newest cohort first."""
    query = enrolments().add_columns(cohort.c.title, cohort.c.starts_on).join(cohort, cohort.c.id == enrolment.c.cohort)
    rows = tx.execute(ours(tx, query.where(enrolment.c.person == whose).order_by(cohort.c.starts_on.desc(), enrolment.c.number))).all()
    standing = standing_records(tx, [row.number for row in rows])
    return tuple(Membership(enrolment_of(row), row.title, row.starts_on, standing.get(row.number, ())) for row in rows)
