"""Persons: all enrolments of one human being, and the facts about persons for statistics.

An officer decides which enrolments belong to one person; the program never guesses.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Exists,
    ScalarSelect,
    Select,
    Text,
    bindparam,
    cast,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from psm_course.domain.register import Enrolment, KnownPerson
from psm_course.interchange.people.names import ends_of
from psm_course.store.engine import from_utc
from psm_course.store.people.enrolment_rows import enrolment_of, enrolments
from psm_course.store.rows import add, change, ours, remove, same_office
from psm_course.store.schema import cohort, enrolment, person, record, record_event

# After these a record no longer counts.
ENDS = ("superseded", "revoked")
# The counted facts that come from a person's newest enrolment.
_SAID = ("kelurahan", "sex", "birth_year")


@dataclass(frozen=True, slots=True)
class Certificate:
    """A valid record that its holder passed a course. `course` is the id of the course."""

    number: str
    course: str
    participant: str
    cohort: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class Membership:
    """One enrolment of a person, with the cohort's title and first day.

    `records` are the certificate numbers of the enrolment's valid records.
    """

    enrolment: Enrolment
    title: str
    starts_on: date
    records: tuple[str, ...] = ()


def add_persons(tx: Connection, enrolled: Sequence[Enrolment]) -> list[int]:
    """Add a new person for each of these enrolments; returns their ids."""
    return add(
        tx,
        person,
        [{name: getattr(each, name) for name in _SAID} | {"certified": False} for each in enrolled],
    )


def person_of(tx: Connection, number: str) -> int:
    """Return the person id of a participant number, which must be in the register."""
    return int(
        tx.execute(
            ours(tx, select(enrolment.c.person).where(enrolment.c.number == number))
        ).scalar_one()
    )


def persons_of(tx: Connection, numbers: Collection[str]) -> dict[str, int]:
    """Return the person ids of these participant numbers, by number."""
    rows = tx.execute(
        ours(
            tx,
            select(enrolment.c.number, enrolment.c.person).where(enrolment.c.number.in_(numbers)),
        )
    )
    return {row.number: row.person for row in rows}


def numbers_of(tx: Connection, whose: int) -> tuple[str, ...]:
    """Return every participant number of the person with id `whose`, oldest cohort first."""
    query = (
        select(enrolment.c.number)
        .join(cohort, cohort.c.id == enrolment.c.cohort)
        .where(enrolment.c.person == whose)
    )
    return tuple(
        tx.execute(ours(tx, query.order_by(cohort.c.starts_on, enrolment.c.number))).scalars()
    )


def assign_person(tx: Connection, numbers: Collection[str], whose: int | None) -> None:
    """Give the enrolments with these numbers to the person with id `whose`.

    If `whose` is None, a new person is made. Persons who then have no enrolment are deleted.
    """
    before = set(persons_of(tx, numbers).values())
    if whose is None:
        # The kelurahan comes from `recount` below.
        (whose,) = add(tx, person, [{"kelurahan": "", "certified": False}])
    change(tx, update(enrolment).where(enrolment.c.number.in_(numbers)).values(person=whose))
    mine = exists().where(same_office(enrolment, person), enrolment.c.person == person.c.id)
    remove(tx, delete(person).where(person.c.id.in_(before), ~mine))
    recount(tx, {*before, whose})


def recount(tx: Connection, whose: Collection[int]) -> None:
    """Compute again the facts about persons that statistics use, and store them.

    `whose` contains the ids of the persons. The facts are kelurahan, sex, birth year, and
    `certified`: True for a person with a valid record of passing. They are computed from the
    person's enrolments and valid records.
    """
    if whose:
        counted = {name: _of_newest(name) for name in _SAID} | {"certified": _is_certified()}
        change(tx, update(person).where(person.c.id.in_(whose)).values(counted))


def miscounted_persons(tx: Connection) -> tuple[int, ...]:
    """Return the ids, in order, of persons whose stored facts for statistics are wrong.

    The kelurahan must be that of the person's newest enrolment in which a kelurahan is stored. For
    the sex the rule is the same. An enrolment that the person left is used only if there is no
    other. `certified` must be true exactly if the person has a valid record of passing. The birth
    year is not compared.
    """
    counted = {
        "kelurahan": _of_newest("kelurahan"),
        "sex": _of_newest("sex"),
        "certified": _is_certified(),
    }
    differs = (person.c[column].is_distinct_from(value) for column, value in counted.items())
    return tuple(
        tx.execute(
            ours(tx, select(person.c.id).where(or_(*differs)).order_by(person.c.id))
        ).scalars()
    )


def recount_holder(tx: Connection, number: str) -> None:
    """Compute again the fact `certified` of the person who has the record with this number.

    Call this function after a record was issued, superseded or revoked.
    """
    holder = (
        select(enrolment.c.person)
        .join(record, record.c.participant == enrolment.c.number)
        .where(record.c.number == number)
    )
    change(
        tx,
        update(person).where(person.c.id.in_(ours(tx, holder))).values(certified=_is_certified()),
    )


def forget_salts(tx: Connection, whose: Collection[int]) -> None:
    """Empty the salt of each of these persons if all enrolments of the person are erased.

    `whose` contains the ids of the persons. Without the salt, nobody can find out from the log's
    digests what the person's row contained.
    """
    named = exists().where(
        same_office(enrolment, person),
        enrolment.c.person == person.c.id,
        enrolment.c.erased_at.is_(None),
    )
    change(tx, update(person).where(person.c.id.in_(whose), ~named).values(salt=b""))


def _of_newest(column: str) -> ScalarSelect[Any]:
    """Return a subquery: the value of a column in the person's newest enrolment.

    Enrolments in which the column is null are not used. An enrolment that the person left is used
    only if there is no other.
    """
    said = enrolment.c[column]
    return (
        select(said)
        .join(cohort, same_office(cohort, enrolment) & (cohort.c.id == enrolment.c.cohort))
        .where(same_office(enrolment, person), enrolment.c.person == person.c.id, said.is_not(None))
        .order_by(
            enrolment.c.left_as.is_not(None), cohort.c.starts_on.desc(), enrolment.c.number.desc()
        )
        .limit(1)
        .correlate(person)
        .scalar_subquery()
    )


def _is_certified() -> Any:
    return (
        select(record.c.number)
        .join(
            enrolment, same_office(enrolment, record) & (enrolment.c.number == record.c.participant)
        )
        .where(
            same_office(enrolment, person),
            enrolment.c.person == person.c.id,
            record.c.kind == "passed",
            ~has_ended(),
        )
        .correlate(person)
        .exists()
    )


def has_ended() -> Exists:
    """Return an SQL condition for a query on the table `record`.

    The condition is true for rows whose record was superseded or revoked.
    """
    return exists().where(
        same_office(record_event, record),
        record_event.c.record == record.c.number,
        record_event.c.event.in_(ENDS),
    )


def likely_known(
    tx: Connection, cohort_id: str, near: Collection[tuple[str, str]], phones: Collection[str]
) -> tuple[KnownPerson, ...]:
    """Return people of other cohorts who may be the same as people on a roster, in no order.

    A person is in the result if the roster has the same telephone number, or a similar name in the
    same kelurahan. Only the first and last letters and the length of names are compared here, with
    an index; the caller compares the whole names.

    Args:
        tx: a transaction.
        cohort_id: the cohort of the roster, whose members are left out.
        near: pairs of kelurahan code and name key (`names.name_key`) of the people on the roster.
        phones: telephone numbers of the people on the roster.
    """
    is_likely = [enrolment.c.number.in_(ours(tx, _with_like_ends(near)))]
    if phones:
        is_likely.append(enrolment.c.phone.in_(phones))
    # All fields of KnownPerson but the last are columns of `enrolment`.
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
        # A slip makes a name longer or shorter by one letter at most.
        lengths = [str(len(key) + more) for more in (-1, 0, 1)]
        starting.update(kelurahan + first + length for length in lengths)
        ending.update(kelurahan + last + length for length in lengths)
    alike = [_has_end(size, *both) for size, both in ends.items()]
    return select(enrolment.c.number).where(
        enrolment.c.kelurahan.in_({kelurahan for kelurahan, _ in near}), or_(*alike)
    )


def _has_end(size: int, starting: Collection[str], ending: Collection[str]) -> ColumnElement[bool]:
    key, home = enrolment.c.name_key, enrolment.c.kelurahan
    length = cast(func.length(key), Text)
    last = func.substr(key, func.length(key) - size + 1, size)
    return home.concat(func.substr(key, 1, size)).concat(length).in_(starting) | home.concat(
        last
    ).concat(length).in_(ending)


def certificates_of(tx: Connection, numbers: Collection[str]) -> dict[str, tuple[Certificate, ...]]:
    """Return the valid records of passing of these people, oldest first, by participant number.

    The records of a person are those of all enrolments of that person.
    """
    asked = enrolment.alias()
    query = (
        select(
            asked.c.number.label("asked"),
            record.c.number,
            record.c.course,
            record.c.participant,
            enrolment.c.cohort,
            record.c.issued_at,
        )
        .join(enrolment, enrolment.c.person == asked.c.person)
        .join(record, record.c.participant == enrolment.c.number)
        .where(asked.c.number.in_(numbers), record.c.kind == "passed", ~has_ended())
        .order_by(record.c.issued_at, record.c.sequence)
    )
    found: dict[str, tuple[Certificate, ...]] = {}
    for whose, number, course, holder, of_cohort, issued_at in tx.execute(ours(tx, query)).all():
        found[whose] = (
            *found.get(whose, ()),
            Certificate(number, course, holder, of_cohort, from_utc(issued_at)),
        )
    return found


@cache
def _standing_records() -> Select[Any]:
    return (
        select(record.c.participant, record.c.number)
        .where(record.c.participant.in_(bindparam("numbers", expanding=True)), ~has_ended())
        .order_by(record.c.year, record.c.sequence)
    )


def standing_records(tx: Connection, numbers: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the certificate numbers of records that are still valid, by participant number.

    Both kinds of records are in the result: for passing, and for attending.
    """
    found: dict[str, tuple[str, ...]] = {}
    for row in tx.execute(ours(tx, _standing_records()), {"numbers": list(numbers)}):
        found[row.participant] = (*found.get(row.participant, ()), row.number)
    return found


@cache
def _memberships() -> Select[Any]:
    asked = enrolment.alias()
    return (
        enrolments()
        .add_columns(cohort.c.title, cohort.c.starts_on)
        .join(cohort, cohort.c.id == enrolment.c.cohort)
        .join(asked, asked.c.person == enrolment.c.person)
        .where(asked.c.number == bindparam("number"))
        .order_by(cohort.c.starts_on.desc(), enrolment.c.number)
    )


def memberships(tx: Connection, number: str) -> tuple[Membership, ...]:
    """Return every enrolment of the person who has this number, newest cohort first."""
    rows = tx.execute(ours(tx, _memberships()), {"number": number}).all()
    standing = standing_records(tx, [row.number for row in rows])
    return tuple(
        Membership(enrolment_of(row), row.title, row.starts_on, standing.get(row.number, ()))
        for row in rows
    )
