"""Enrolments: adding, changing, erasing, counting and finding them. Their cohorts are `cohorts`."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.engine import Row

from psm_course.domain.register import Enrolment, Left
from psm_course.interchange.people.names import name_key
from psm_course.store.engine import from_utc, to_utc
from psm_course.store.people.enrolment_rows import enrolment_of, enrolments
from psm_course.store.people.name_words import forget_words, keep_words
from psm_course.store.people.persons import add_persons, forget_salts, persons_of, recount
from psm_course.store.rows import add, change, change_each, one_of, ours, same_office, second
from psm_course.store.schema import cohort, enrolment, person

# One number, some, or (None) everybody of a cohort, or of some.
Whose = str | tuple[str, ...] | None
Cohorts = str | tuple[str, ...]


class Shape(NamedTuple):
    """The form of a query about members of cohorts. A query is built only once for each form.

    `several_numbers` is None if the query is about everybody.
    """

    several_cohorts: bool
    several_numbers: bool | None


def shape_of(cohort_id: Cohorts, number: Whose = None) -> Shape:
    """Tell which query fits: one cohort or several, and one number, several or all (None)."""
    return Shape(
        not isinstance(cohort_id, str), None if number is None else not isinstance(number, str)
    )


@dataclass(frozen=True, slots=True)
class Learner:
    """The facts that a hand-in is checked against.

    `closes_at` is when the cohort closes (None: never); `left_as` says why a person is no longer
    expected; `is_archived` that the cohort is archived.
    """

    card_serial: int
    closes_at: datetime | None
    cohort: str = ""
    course: str = ""
    left_as: Left | None = None
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """People of a kelurahan: all, holders of a certificate, and those known to be men or women."""

    kelurahan: str
    people: int
    certified: int
    men: int
    women: int


def add_enrolments(
    tx: Connection, new: list[Enrolment], persons: Mapping[str, int] | None = None
) -> None:
    """Add enrolments, each with card serial 1.

    `persons` are the ids of known persons by new number; everybody else becomes a new person.
    """
    known = persons or {}
    strangers = [each for each in new if each.number not in known]
    of_person = {
        **dict(zip((each.number for each in strangers), add_persons(tx, strangers), strict=True)),
        **known,
    }
    rows = [
        {"person": of_person[each.number], "name_key": name_key(each.name), "card_serial": 1}
        for each in new
    ]
    add(tx, enrolment, [asdict(each) | row for each, row in zip(new, rows, strict=True)])
    keep_words(tx, new)
    recount(tx, set(known.values()))


_CHANGED = (
    "name",
    "kelurahan",
    "phone",
    "sex",
    "birth_year",
    "roster_name",
    "roster_kelurahan",
    "roster_phone",
)


def change_enrolments(tx: Connection, changed: list[Enrolment]) -> None:
    """Change facts of people, and with them their search words and counted facts.

    Issued records stay the same.
    """
    if changed:
        rows = [
            {column: getattr(each, column) for column in ("number", *_CHANGED)}
            | {"name_key": name_key(each.name)}
            for each in changed
        ]
        change_each(tx, enrolment, "number", rows)
        keep_words(tx, changed)
        recount(tx, set(persons_of(tx, [each.number for each in changed]).values()))


def set_left(tx: Connection, number: str, left_as: Left | None, left_to: str | None) -> None:
    """Mark a person as no longer expected; `left_as` None takes this back.

    `left_to` is the number that counts, or takes part, instead. Numbers that were merged into this
    one now count for the new number.
    """
    change(
        tx,
        update(enrolment)
        .where(enrolment.c.number == number)
        .values(left_as=left_as, left_to=left_to),
    )
    # No chains: whoever was merged into this number now points to the kept one.
    if left_as == "merged":
        theirs = enrolment.c.left_as == "merged", enrolment.c.left_to == number
        change(tx, update(enrolment).where(*theirs).values(left_to=left_to))
    recount(tx, set(persons_of(tx, [number]).values()))


def erase_person(tx: Connection, number: str, at: datetime) -> None:
    """Delete everything that shows who a person was. Number and kelurahan stay, for statistics."""
    gone = dict.fromkeys(
        ("phone", "sex", "birth_year", "roster_name", "roster_kelurahan", "roster_phone")
    )
    told = {"name": "", "name_key": "", "erased_at": to_utc(at), "salt": b""}
    change(tx, update(enrolment).where(enrolment.c.number == number).values(gone | told))
    forget_words(tx, [number])
    whose = set(persons_of(tx, [number]).values())
    recount(tx, whose)
    forget_salts(tx, whose)


def count_persons(tx: Connection) -> tuple[Count, ...]:
    """Everybody ever enrolled by kelurahan, each person once.

    Counted in groups of one column, because PostgreSQL takes more than twice as long for three.
    """
    of_whom = person.c.certified.is_(True), person.c.sex == "L", person.c.sex == "P"
    query = select(
        person.c.kelurahan, func.count(), *(func.count().filter(each) for each in of_whom)
    ).group_by(person.c.kelurahan)
    return tuple(Count(*row) for row in tx.execute(ours(tx, query)).all())


def count_birth_years(tx: Connection) -> dict[int, int]:
    """Number of people by birth year, where it is known; each person once."""
    query = select(person.c.birth_year, func.count().label("people")).where(
        person.c.birth_year.is_not(None)
    )
    return {
        row.birth_year: row.people
        for row in tx.execute(ours(tx, query.group_by(person.c.birth_year)))
    }


def numbers_before(tx: Connection, day: date) -> dict[str, int]:
    """Find people whose cohorts all started before `day`: participant number to person id.

    Erased people are left out.
    """
    later = (
        select(_member.c.number)
        .join(_later, same_office(_later, _member) & (_later.c.id == _member.c.cohort))
        .where(
            same_office(_member, enrolment),
            _member.c.person == enrolment.c.person,
            _later.c.starts_on >= day,
        )
        .correlate(enrolment)
    )
    query = (
        select(enrolment.c.number, enrolment.c.person)
        .join(cohort, cohort.c.id == enrolment.c.cohort)
        .where(cohort.c.starts_on < day, enrolment.c.erased_at.is_(None), ~later.exists())
    )
    return {
        row.number: row.person for row in tx.execute(ours(tx, query.order_by(enrolment.c.number)))
    }


_member, _later = second(enrolment), second(cohort)


def learners(tx: Connection, numbers: Collection[str]) -> dict[str, Learner]:
    """Learners by number, of these numbers. An erased person is no learner any more."""
    query = (
        select(
            enrolment.c.number,
            enrolment.c.card_serial,
            enrolment.c.left_as,
            cohort.c.closes_at,
            cohort.c.archived_at,
            cohort.c.id.label("cohort"),
            cohort.c.course,
        )
        .join(cohort, cohort.c.id == enrolment.c.cohort)
        .where(enrolment.c.number.in_(numbers), enrolment.c.erased_at.is_(None))
    )
    return {
        row.number: Learner(
            row.card_serial,
            _closing(row),
            row.cohort,
            row.course,
            row.left_as,
            row.archived_at is not None,
        )
        for row in tx.execute(ours(tx, query))
    }


def _closing(row: Row[tuple[Any, ...]]) -> datetime | None:
    """The moment from which hand-ins are held: when the cohort closes or, if earlier, was archived.

    None if it does neither.
    """
    return min((from_utc(at) for at in (row.closes_at, row.archived_at) if at), default=None)


def names_in(tx: Connection, cohorts: Collection[str]) -> tuple[str, ...]:
    """The names in these cohorts (none given: in all), in no order."""
    query = select(enrolment.c.name).where(enrolment.c.name != "")
    return tuple(
        tx.execute(
            ours(tx, query.where(enrolment.c.cohort.in_(cohorts)) if cohorts else query)
        ).scalars()
    )


def every_number(tx: Connection) -> tuple[str, ...]:
    """The numbers of all participants, in no order."""
    return tuple(tx.execute(ours(tx, select(enrolment.c.number))).scalars())


def enrolments_of(tx: Connection, numbers: Collection[str]) -> tuple[Enrolment, ...]:
    """The enrolments with these numbers, by number."""
    query = enrolments().where(enrolment.c.number.in_(numbers)).order_by(enrolment.c.number)
    return tuple(enrolment_of(row) for row in tx.execute(ours(tx, query)))


_ENROLMENT = enrolments().where(enrolment.c.number == bindparam("number"))


def find_enrolment(tx: Connection, number: str) -> Enrolment | None:
    """The enrolment with this number, even after erasure; None if there is none."""
    row = tx.execute(ours(tx, _ENROLMENT), {"number": number}).one_or_none()
    return enrolment_of(row) if row else None


def list_enrolments(
    tx: Connection, cohort_id: str, counted_for: str | None = None
) -> tuple[Enrolment, ...]:
    """A cohort's enrolments by number, with people who left; or those that count for one number.

    These are the enrolment with this number, and all that were merged into it.
    """
    rows = tx.execute(
        ours(tx, _counted_for(shape_of(cohort_id, counted_for))), whose(cohort_id, counted_for)
    ).all()
    return tuple(enrolment_of(row) for row in rows)


@lru_cache
def _counted_for(shape: Shape) -> Select[Any]:
    return enrolments().where(*belongs(shape)).order_by(enrolment.c.number)


def list_expected(tx: Connection, cohort_id: str) -> tuple[Enrolment, ...]:
    """A cohort's enrolments by number, without those who left."""
    return tuple(each for each in list_enrolments(tx, cohort_id) if each.is_expected)


def expected_numbers(tx: Connection, cohorts: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """The numbers of people who did not leave, by cohort."""
    found: dict[str, set[str]] = {name: set() for name in cohorts}
    for name, number in tx.execute(ours(tx, _EXPECTED), whose(cohorts)).all():
        found[name].add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def belongs(shape: Shape, member: FromClause = enrolment) -> tuple[ColumnElement[bool], ...]:
    """Conditions: an enrolment is of these cohorts, and counts for one of these numbers.

    It counts for a number if it has this number or was merged into it. The cohorts and numbers are
    parameters; `whose` gives their values when the statement runs.
    """
    of_cohort = _is(member.c.cohort, "cohort_id", shape.several_cohorts)
    if shape.several_numbers is None:
        return (of_cohort,)
    itself, target = (
        _is(column, "number", shape.several_numbers)
        for column in (member.c.number, member.c.left_to)
    )
    return (of_cohort, or_(itself, and_(target, member.c.left_as == "merged")))


def _is(column: ColumnElement[Any], value: str, several: bool) -> ColumnElement[bool]:
    return one_of(column, value) if several else column == bindparam(value)


def whose(cohort_id: Cohorts, number: Whose = None) -> dict[str, Cohorts]:
    """The values for the parameters of `belongs`."""
    return (
        {"cohort_id": cohort_id} if number is None else {"cohort_id": cohort_id, "number": number}
    )


def merged_into(tx: Connection, cohorts: Cohorts) -> frozenset[str]:
    """The numbers that others were merged into."""
    query = select(enrolment.c.left_to).where(
        *belongs(shape_of(cohorts)), enrolment.c.left_as == "merged"
    )
    return frozenset(tx.execute(ours(tx, query), whose(cohorts)).scalars())


_EXPECTED = select(enrolment.c.cohort, enrolment.c.number).where(
    *belongs(shape_of(())), enrolment.c.left_as.is_(None)
)
# The number that the marks and attempts of an enrolment count for: its own number or, after a
# merge, the number that it was merged into.
COUNTED_FOR = case(
    (enrolment.c.left_as == "merged", enrolment.c.left_to), else_=enrolment.c.number
).label("number")


def latest_of_each(
    tx: Connection, query: Select[Any], cohort_id: Cohorts, number: Whose
) -> dict[str, dict[Any, Any]]:
    """The latest value by number, then by the second column of `query`.

    `query` gives (number, thing, value), oldest first; a thing is a session or a criterion, for
    example.
    """
    found: dict[str, dict[Any, Any]] = {}
    # All rows at once, values by place: judging reads most of its rows here.
    for counted_for, thing, value in tx.execute(ours(tx, query), whose(cohort_id, number)).all():
        found.setdefault(counted_for, {})[thing] = value
    return found
