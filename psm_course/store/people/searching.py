"""Finding enrolments by words of a name, by number or by kelurahan, without case and accents."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, select

from psm_course.domain.register import Enrolment
from psm_course.store.people.enrolment_rows import enrolment_of, enrolments
from psm_course.store.rows import ours, same_office
from psm_course.store.schema import enrolment, name_word

# After every word that begins alike, byte by byte and in
# every language's order: words are of a to z and digits.
_LAST = "zzzzzzzz"
_ALIKE, _COMMON = 4, 2_000


def find_by_number(
    tx: Connection, cohort_id: str, beginning: str, among: Iterable[str] | None, most: int
) -> tuple[Enrolment, ...]:
    """Enrolments of a cohort whose number begins so.

    `among` limits the cohorts that may be seen.
    """
    query = enrolments().where(
        enrolment.c.cohort == cohort_id, enrolment.c.number.startswith(beginning, autoescape=True)
    )
    return _found(tx, query.order_by(enrolment.c.number), among, most)


def find_by_name(
    tx: Connection,
    words: Sequence[str],
    among: Iterable[str] | None,
    most: int,
    kelurahan: Collection[str] | None = None,
) -> tuple[Enrolment, ...]:
    """Enrolments where each of these words begins a word of the name.

    Optionally in these kelurahan.

    `among` limits the cohorts that may be seen.
    """
    query = enrolments().where(enrolment.c.name != "")
    if kelurahan is not None:
        query = query.where(enrolment.c.kelurahan.in_(kelurahan))
    if among is None and kelurahan is None:
        # Not joined to the people: the words alone tell who
        # it is, and only a page of people is looked up.
        query = query.where(
            enrolment.c.number.in_(ours(tx, _numbers_with(_rarest_first(tx, words), most)))
        )
    else:
        query = query.where(*(_has(word, enrolment) for word in words))
    return _found(tx, query, among, most)


def _numbers_with(words: Sequence[str], most: int) -> Select[Any]:
    """Enough of them for a page, though several words of one name may begin alike."""
    first, *others = words
    query = select(name_word.c.number).where(
        *_begins(name_word, first), *(_has(word, name_word) for word in others)
    )
    return query.limit(most * _ALIKE)


def _rarest_first(tx: Connection, words: Sequence[str]) -> list[str]:
    """Half of the city is called Siti.

    Whoever looks for one with a rare second name should not wait for all of them.
    """
    rows = (
        ours(tx, select(name_word.c.number).where(*_begins(name_word, word)))
        .limit(_COMMON)
        .subquery()
        for word in words
    )
    counts = tx.execute(
        select(*(select(func.count()).select_from(each).scalar_subquery() for each in rows))
    ).one()
    return [word for _, word in sorted(zip(counts, words, strict=True))]


def _has(word: str, whose: FromClause) -> ColumnElement[bool]:
    """A condition: the same number has a word that begins like this one."""
    theirs = name_word.alias()
    same = same_office(theirs, whose), theirs.c.number == whose.c.number
    return select(theirs.c.word).where(*same, *_begins(theirs, word)).correlate(whose).exists()


def _begins(words: FromClause, beginning: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """As a range, which every database looks up in a key."""
    return words.c.word >= beginning, words.c.word < beginning + _LAST


def _found(
    tx: Connection, query: Select[Any], among: Iterable[str] | None, most: int
) -> tuple[Enrolment, ...]:
    if among is not None:
        query = query.where(enrolment.c.cohort.in_(sorted(among)))
    return tuple(enrolment_of(row) for row in tx.execute(ours(tx, query.limit(most))))
