"""Enrolments: adding, changing, erasing, counting and finding them. For cohorts see `cohorts`."""

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
    """Says if a query about members of cohorts selects one or several cohorts and people.

    A query is built only once for each Shape. `several_cohorts` is True for several cohorts, False
    for one. `several_numbers` is True for several people, False for one, None for everybody.
    """

    several_cohorts: bool
    several_numbers: bool | None


def shape_of(cohort_id: Cohorts, number: Whose = None) -> Shape:
    """Return the Shape of the query that selects these cohorts and people.

    `cohort_id` is one cohort or several; `number` is one participant number, several, or None for
    all.
    """
    return Shape(
        not isinstance(cohort_id, str), None if number is None else not isinstance(number, str)
    )


@dataclass(frozen=True, slots=True)
class Learner:
    """The facts about a learner that are needed to check a hand-in.

    `closes_at` is the time from which hand-ins are held, because the cohort closes or was archived;
    None if there is no such time. `left_as` says why the person left the cohort, for example
    `withdrawn`; None if the person did not leave. `is_archived` is True if the cohort is archived.
    """

    card_serial: int
    closes_at: datetime | None
    cohort: str = ""
    course: str = ""
    left_as: Left | None = None
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """The number of people of a kelurahan: in all, with a certificate, men, and women.

    People whose sex is not known are neither in `men` nor in `women`.
    """

    kelurahan: str
    people: int
    certified: int
    men: int
    women: int


def add_enrolments(
    tx: Connection, new: list[Enrolment], persons: Mapping[str, int] | None = None
) -> None:
    """Add enrolments, each with card serial 1.

    `persons` maps the new participant numbers of known persons to their person ids. Everybody else
    becomes a new person.
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
    recount(tx, set(known.values()))  # new persons have their facts already


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
    """Change facts of people, such as name or telephone.

    The search words of these people, and the facts that statistics use, are updated too. Issued
    records stay the same.
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
    """Store why a person left the cohort (`left_as`); None: the person takes part again.

    `left_to` is the participant number that replaces `number`: of the same person (`merged`, or
    `moved` to another cohort) or of another person (`replaced`). After a merge, attempts under
    `number` count for `left_to`. Numbers merged earlier into `number` get `left_to` too. `left_to`
    is None if no number replaces `number`, for example if the person withdrew.
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
    """Delete from an enrolment all facts that show who the person was, such as name and telephone.

    The participant number and the kelurahan stay in the register, for statistics.
    """
    gone = dict.fromkeys(
        ("phone", "sex", "birth_year", "roster_name", "roster_kelurahan", "roster_phone")
    )
    # Without the salt, nobody can try out which name fits the digests in the log.
    told = {"name": "", "name_key": "", "erased_at": to_utc(at), "salt": b""}
    change(tx, update(enrolment).where(enrolment.c.number == number).values(gone | told))
    forget_words(tx, [number])
    whose = set(persons_of(tx, [number]).values())
    recount(tx, whose)
    forget_salts(tx, whose)


def count_persons(tx: Connection) -> tuple[Count, ...]:
    """Return a `Count` of the persons ever enrolled for each kelurahan, in no order.

    A person with several enrolments is one person. The query groups by one column only, because
    PostgreSQL takes more than twice as long for three columns.
    """
    of_whom = person.c.certified.is_(True), person.c.sex == "L", person.c.sex == "P"
    query = select(
        person.c.kelurahan, func.count(), *(func.count().filter(each) for each in of_whom)
    ).group_by(person.c.kelurahan)
    return tuple(Count(*row) for row in tx.execute(ours(tx, query)).all())


def count_birth_years(tx: Connection) -> dict[int, int]:
    """Return the number of persons by birth year, without persons of unknown birth year."""
    query = select(person.c.birth_year, func.count().label("people")).where(
        person.c.birth_year.is_not(None)
    )
    return {
        row.birth_year: row.people
        for row in tx.execute(ours(tx, query.group_by(person.c.birth_year)))
    }


def numbers_before(tx: Connection, day: date) -> dict[str, int]:
    """Return person ids by participant number, of people whose cohorts all started before `day`.

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
    """Return the learners with these participant numbers, by number.

    Erased people and unknown numbers are left out.
    """
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
    """Return the time from which a cohort's hand-ins are held; None if there is no such time.

    It is the time when the cohort closes or, if earlier, the time when it was archived.
    """
    return min((from_utc(at) for at in (row.closes_at, row.archived_at) if at), default=None)


def names_in(tx: Connection, cohorts: Collection[str]) -> tuple[str, ...]:
    """Return the names of the people in these cohorts, in no order.

    If `cohorts` is empty, the result has the names in all cohorts.
    """
    query = select(enrolment.c.name).where(enrolment.c.name != "")
    return tuple(
        tx.execute(
            ours(tx, query.where(enrolment.c.cohort.in_(cohorts)) if cohorts else query)
        ).scalars()
    )


def every_number(tx: Connection) -> tuple[str, ...]:
    """Return the numbers of all participants, in no order."""
    return tuple(tx.execute(ours(tx, select(enrolment.c.number))).scalars())


def enrolments_of(tx: Connection, numbers: Collection[str]) -> tuple[Enrolment, ...]:
    """Return the enrolments with these participant numbers, sorted by number."""
    query = enrolments().where(enrolment.c.number.in_(numbers)).order_by(enrolment.c.number)
    return tuple(enrolment_of(row) for row in tx.execute(ours(tx, query)))


_ENROLMENT = enrolments().where(enrolment.c.number == bindparam("number"))


def find_enrolment(tx: Connection, number: str) -> Enrolment | None:
    """Return the enrolment with this participant number; None if there is none.

    An erased person's enrolment is returned too, without the name.
    """
    row = tx.execute(ours(tx, _ENROLMENT), {"number": number}).one_or_none()
    return enrolment_of(row) if row else None


def list_enrolments(
    tx: Connection, cohort_id: str, counted_for: str | None = None
) -> tuple[Enrolment, ...]:
    """Return the enrolments of a cohort, sorted by number, also of people who left.

    `counted_for` limits the result to the enrolment with this participant number, and to enrolments
    that were merged into this number.
    """
    rows = tx.execute(
        ours(tx, _counted_for(shape_of(cohort_id, counted_for))), whose(cohort_id, counted_for)
    ).all()
    return tuple(enrolment_of(row) for row in rows)


@lru_cache
def _counted_for(shape: Shape) -> Select[Any]:
    return enrolments().where(*belongs(shape)).order_by(enrolment.c.number)


def list_expected(tx: Connection, cohort_id: str) -> tuple[Enrolment, ...]:
    """Return the enrolments of a cohort, sorted by number, without people who left."""
    return tuple(each for each in list_enrolments(tx, cohort_id) if each.is_expected)


def expected_numbers(tx: Connection, cohorts: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """Return the participant numbers of people who did not leave, by cohort."""
    found: dict[str, set[str]] = {name: set() for name in cohorts}
    for name, number in tx.execute(ours(tx, _EXPECTED), whose(cohorts)).all():
        found[name].add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def belongs(shape: Shape, member: FromClause = enrolment) -> tuple[ColumnElement[bool], ...]:
    """Return SQL conditions that select the enrolments of some cohorts and people.

    People are given by participant number. Enrolments that were merged into one of these numbers
    are selected too. The cohorts and numbers are parameters of the query: `whose` returns their
    values. `member` is the table of enrolments, or an alias of this table.
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
    """Return the values for the parameters of `belongs`, by parameter name."""
    return (
        {"cohort_id": cohort_id} if number is None else {"cohort_id": cohort_id, "number": number}
    )


def merged_into(tx: Connection, cohorts: Cohorts) -> frozenset[str]:
    """Return the participant numbers into which other enrolments of these cohorts were merged."""
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
    """Return the latest values by participant number, then by subject of the value.

    `query` selects three columns, oldest row first: participant number, subject of the value (for
    example a session or a criterion), and the value. `cohort_id` and `number` are the values of the
    query's parameters.
    """
    found: dict[str, dict[Any, Any]] = {}
    # All rows at once, values by place: judging reads most of its rows here.
    for counted_for, thing, value in tx.execute(ours(tx, query), whose(cohort_id, number)).all():
        found.setdefault(counted_for, {})[thing] = value
    return found
