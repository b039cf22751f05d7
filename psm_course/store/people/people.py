"""Cohorts and enrolments."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, case, func, or_, select, update
from sqlalchemy.engine import Row

from psm_course.domain.register import Cohort, Enrolment, Left, Sex
from psm_course.errors import Refused
from psm_course.interchange.people.names import name_key
from psm_course.store.engine import from_utc, to_utc
from psm_course.store.people.enrolment_rows import enrolment_of, enrolments
from psm_course.store.people.name_words import forget_words, keep_words
from psm_course.store.people.persons import add_persons, forget_salts, persons_of, recount
from psm_course.store.people.schedule import dates_of
from psm_course.store.rows import add, change, change_each, ours, same_office
from psm_course.store.schema import cohort, enrolment, person


@dataclass(frozen=True, slots=True)
class Learner:
    """What a hand-in is checked against: the person's card, when the cohort closes (None: never), the cohort, and its course."""

    card_serial: int
    closes_at: datetime | None
    cohort: str = ""
    course: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many people live in a kelurahan, do or do not hold a certificate, and are of a sex (None: not said)."""

    kelurahan: str
    certified: bool
    sex: Sex | None
    people: int


def add_cohort(tx: Connection, new: Cohort) -> None:
    written = {"id": new.id, "title": new.title, "starts_on": new.starts_on, "course": new.course, "place": new.place or None}
    add(tx, cohort, [written | {"closes_at": to_utc(new.closes_at) if new.closes_at else None}])


def find_cohort(tx: Connection, name: str) -> Cohort | None:
    row = tx.execute(ours(tx, select(cohort).where(cohort.c.id == name))).one_or_none()
    return replace(_cohort(row), dates=dates_of(tx, name)) if row else None


def get_cohort(tx: Connection, name: str) -> Cohort:
    """Refused when there is no such cohort."""
    found = find_cohort(tx, name)
    if found is None:
        known = ", ".join(each.id for each in list_cohorts(tx)) or "belum ada"
        raise Refused(f'Angkatan "{name}" tidak ada. Yang ada: {known}. Buat dengan: psm cohort new.')
    return found


def list_cohorts(tx: Connection) -> tuple[Cohort, ...]:
    """All cohorts, oldest first; without the dates of their sessions."""
    rows = tx.execute(ours(tx, select(cohort).order_by(cohort.c.starts_on, cohort.c.id)))
    return tuple(_cohort(row) for row in rows)


def titles_of(tx: Connection, cohorts: Collection[str]) -> dict[str, str]:
    rows = tx.execute(ours(tx, select(cohort.c.id, cohort.c.title).where(cohort.c.id.in_(cohorts))))
    return {row.id: row.title for row in rows}


def cohorts_with_size(
    tx: Connection, among: Iterable[str] | None, offset: int, most: int, archived: bool = False
) -> tuple[tuple[Cohort, int], ...]:
    """Cohorts that are worked with (or those put away) and how many people are expected in each, newest first; `among` limits them."""
    members = same_office(enrolment, cohort), enrolment.c.cohort == cohort.c.id, enrolment.c.left_as.is_(None)
    size = select(func.count()).where(*members).correlate(cohort).scalar_subquery()
    query = select(cohort, size.label("size")).order_by(cohort.c.starts_on.desc(), cohort.c.id).offset(offset).limit(most)
    query = query.where(cohort.c.archived_at.is_not(None) if archived else cohort.c.archived_at.is_(None))
    if among is not None:
        query = query.where(cohort.c.id.in_(sorted(among)))
    return tuple((_cohort(row), row.size) for row in tx.execute(ours(tx, query)))


def set_title(tx: Connection, cohort_id: str, title: str) -> None:
    """Issued records keep theirs."""
    change(tx, update(cohort).where(cohort.c.id == cohort_id).values(title=title))


def set_archived(tx: Connection, cohort_id: str, at: datetime | None) -> None:
    change(tx, update(cohort).where(cohort.c.id == cohort_id).values(archived_at=to_utc(at) if at else None))


def set_closing(tx: Connection, cohort_id: str, closes_at: datetime | None) -> None:
    change(tx, update(cohort).where(cohort.c.id == cohort_id).values(closes_at=to_utc(closes_at) if closes_at else None))


def add_enrolments(tx: Connection, new: list[Enrolment], persons: Mapping[str, int] | None = None) -> None:
    """Each with the first serial of a card.

    `persons` are those said to be known, by the new number; everybody else is a new person.
    """
    known = persons or {}
    strangers = [each for each in new if each.number not in known]
    whose = {**dict(zip((each.number for each in strangers), add_persons(tx, strangers), strict=True)), **known}
    rows = [{"person": whose[each.number], "name_key": name_key(each.name), "card_serial": 1} for each in new]
    add(tx, enrolment, [asdict(each) | row for each, row in zip(new, rows, strict=True)])
    keep_words(tx, new)
    recount(tx, set(known.values()))


_CHANGED = ("name", "kelurahan", "phone", "sex", "birth_year", "roster_name", "roster_kelurahan", "roster_phone")


def change_enrolments(tx: Connection, changed: list[Enrolment]) -> None:
    """What the register says of people, and what is found and counted by it; issued records keep theirs."""
    if changed:
        rows = [{column: getattr(each, column) for column in ("number", *_CHANGED)} | {"name_key": name_key(each.name)} for each in changed]
        change_each(tx, enrolment, "number", rows)
        keep_words(tx, changed)
        recount(tx, set(persons_of(tx, [each.number for each in changed]).values()))


def set_left(tx: Connection, number: str, left_as: Left | None, left_to: str | None) -> None:
    """That somebody is no longer expected, and who is instead. Whoever was merged into them counts where they now count."""
    change(tx, update(enrolment).where(enrolment.c.number == number).values(left_as=left_as, left_to=left_to))
    if left_as == "merged":
        theirs = enrolment.c.left_as == "merged", enrolment.c.left_to == number
        change(tx, update(enrolment).where(*theirs).values(left_to=left_to))
    recount(tx, set(persons_of(tx, [number]).values()))


def erase_person(tx: Connection, number: str, at: datetime) -> None:
    """Take out all that tells who it was; number and kelurahan stay, for the figures."""
    gone = dict.fromkeys(("phone", "sex", "birth_year", "roster_name", "roster_kelurahan", "roster_phone"))
    told = {"name": "", "name_key": "", "erased_at": to_utc(at), "salt": b""}
    change(tx, update(enrolment).where(enrolment.c.number == number).values(gone | told))
    forget_words(tx, [number])
    whose = set(persons_of(tx, [number]).values())
    recount(tx, whose)
    forget_salts(tx, whose)


def count_persons(tx: Connection) -> tuple[Count, ...]:
    """Everybody ever enrolled, each once however many cohorts they were in, by kelurahan, certificate and sex."""
    by = person.c.kelurahan, person.c.certified, person.c.sex
    rows = tx.execute(ours(tx, select(*by, func.count().label("people")).group_by(*by)))
    return tuple(Count(*row) for row in rows.all())


def numbers_before(tx: Connection, day: date) -> dict[str, int]:
    """The numbers, with the person of each, of everybody not yet erased whose every cohort started before a day."""
    later = (
        select(_member.c.number)
        .join(_later, same_office(_later, _member) & (_later.c.id == _member.c.cohort))
        .where(same_office(_member, enrolment), _member.c.person == enrolment.c.person, _later.c.starts_on >= day)
        .correlate(enrolment)
    )
    query = (
        select(enrolment.c.number, enrolment.c.person)
        .join(cohort, cohort.c.id == enrolment.c.cohort)
        .where(cohort.c.starts_on < day, enrolment.c.erased_at.is_(None), ~later.exists())
    )
    return {row.number: row.person for row in tx.execute(ours(tx, query.order_by(enrolment.c.number)))}


_member, _later = enrolment.alias(), cohort.alias()


def learners(tx: Connection, numbers: Collection[str]) -> dict[str, Learner]:
    """Those of these numbers that are in the register; an erased person no longer is."""
    query = (
        select(
            enrolment.c.number,
            enrolment.c.card_serial,
            cohort.c.closes_at,
            cohort.c.archived_at,
            cohort.c.id.label("cohort"),
            cohort.c.course,
        )
        .join(cohort, cohort.c.id == enrolment.c.cohort)
        .where(enrolment.c.number.in_(numbers), enrolment.c.erased_at.is_(None))
    )
    return {row.number: Learner(row.card_serial, _closing(row), row.cohort, row.course) for row in tx.execute(ours(tx, query))}


def _closing(row: Row[tuple[Any, ...]]) -> datetime | None:
    """A cohort that was put away has closed by then."""
    return min((from_utc(at) for at in (row.closes_at, row.archived_at) if at), default=None)


def names_in(tx: Connection, cohorts: Collection[str]) -> tuple[str, ...]:
    """The names in these cohorts, or in all of them where none is given; in no order."""
    query = select(enrolment.c.name).where(enrolment.c.name != "")
    return tuple(tx.execute(ours(tx, query.where(enrolment.c.cohort.in_(cohorts)) if cohorts else query)).scalars())


def enrolments_of(tx: Connection, numbers: Collection[str]) -> tuple[Enrolment, ...]:
    """Those of these numbers that are in the register, by number."""
    rows = tx.execute(ours(tx, enrolments().where(enrolment.c.number.in_(numbers)).order_by(enrolment.c.number)))
    return tuple(enrolment_of(row) for row in rows)


def find_enrolment(tx: Connection, number: str) -> Enrolment | None:
    row = tx.execute(ours(tx, enrolments().where(enrolment.c.number == number))).one_or_none()
    return enrolment_of(row) if row else None


def list_enrolments(tx: Connection, cohort_id: str, number: str | None = None) -> tuple[Enrolment, ...]:
    """A cohort's enrolments by number, of those who left it too; or the one with this number, if it is there."""
    return tuple(each for each in list_counted_for(tx, cohort_id, number) if number in {None, each.number})


def list_counted_for(tx: Connection, cohort_id: str, number: str | None = None) -> tuple[Enrolment, ...]:
    """The same, with those merged into that number."""
    rows = tx.execute(ours(tx, enrolments().where(*belongs(cohort_id, number)).order_by(enrolment.c.number)))
    return tuple(enrolment_of(row) for row in rows)


def list_expected(tx: Connection, cohort_id: str) -> tuple[Enrolment, ...]:
    """A cohort's enrolments by number, without those who left it."""
    return tuple(each for each in list_enrolments(tx, cohort_id) if each.is_expected)


# One number, some, or (None) everybody of a cohort, or of some.
Whose = str | tuple[str, ...] | None
Cohorts = str | tuple[str, ...]


def belongs(cohort_id: Cohorts, number: Whose = None, member: FromClause = enrolment) -> tuple[ColumnElement[bool], ...]:
    """That an enrolment is of a cohort, and counts for some numbers in it: them, or what was merged into them."""
    of_cohort = member.c.cohort == cohort_id if isinstance(cohort_id, str) else member.c.cohort.in_(cohort_id)
    if number is None:
        return (of_cohort,)
    if isinstance(number, str):
        itself, target = member.c.number == number, member.c.left_to == number
    else:
        itself, target = member.c.number.in_(number), member.c.left_to.in_(number)
    return (of_cohort, or_(itself, and_(target, member.c.left_as == "merged")))


def merged_into(tx: Connection, cohorts: Cohorts) -> frozenset[str]:
    """The numbers for which what stands under other numbers counts too."""
    query = select(enrolment.c.left_to).where(*belongs(cohorts), enrolment.c.left_as == "merged")
    return frozenset(tx.execute(ours(tx, query)).scalars())


# The number for which what stands under an enrolment's number counts.
COUNTED_FOR = case((enrolment.c.left_as == "merged", enrolment.c.left_to), else_=enrolment.c.number).label("number")


def latest_of_each(tx: Connection, query: Select[Any]) -> dict[str, dict[Any, Any]]:
    """For each number, the latest value of each thing; the query gives (number, thing, value), oldest first."""
    found: dict[str, dict[Any, Any]] = {}
    for number, thing, value in tx.execute(ours(tx, query)).all():  # at once, unpacked: most of what judging reads comes this way
        found.setdefault(number, {})[thing] = value
    return found


def _cohort(row: Row[Any]) -> Cohort:
    closes_at, archived_at = (from_utc(at) if at else None for at in (row.closes_at, row.archived_at))
    return Cohort(row.id, row.title, row.starts_on, closes_at, archived_at, row.course, row.place or "")
