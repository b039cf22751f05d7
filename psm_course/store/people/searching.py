"""Finding enrolments by the words of a name, by number or by kelurahan. Words are kept without case and accents."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from psm_course.domain.register import Enrolment
from psm_course.store.people.enrolment_rows import enrolment_of, enrolments
from psm_course.store.rows import ours, same_office
from psm_course.store.schema import enrolment, name_word

# After every word that begins alike, byte by byte and in every language's order: words are of a to z and digits.
_LAST = "zzzzzzzz"


def find_by_number(tx: Connection, cohort_id: str, beginning: str, among: Iterable[str] | None, most: int) -> tuple[Enrolment, ...]:
    """Of a cohort, whose number begins so. `among` limits what is seen to these cohorts."""
    query = enrolments().where(enrolment.c.cohort == cohort_id, enrolment.c.number.startswith(beginning, autoescape=True))
    return _found(tx, query.order_by(enrolment.c.number), among, most)


def find_by_name(
    tx: Connection, words: Collection[str], among: Iterable[str] | None, most: int, kelurahan: Collection[str] | None = None
) -> tuple[Enrolment, ...]:
    """In whose name each of these words begins a word; and who lives in one of these kelurahan, where any are given."""
    query = enrolments()
    for word in words:
        query = query.where(_has_word(word, is_scoped=among is not None or kelurahan is not None))
    if kelurahan is not None:
        query = query.where(enrolment.c.kelurahan.in_(kelurahan))
    return _found(tx, query.where(enrolment.c.name != ""), among, most)


def _has_word(word: str, is_scoped: bool) -> ColumnElement[bool]:
    """Among few people each one's words are looked at; else the word's own place in the key leads to the people."""
    begins = (same_office(name_word, enrolment), name_word.c.word >= word, name_word.c.word < word + _LAST)
    if is_scoped:
        return select(name_word.c.word).where(*begins, name_word.c.number == enrolment.c.number).correlate(enrolment).exists()
    return enrolment.c.number.in_(select(name_word.c.number).where(*begins).correlate(enrolment))


def _found(tx: Connection, query: Select[Any], among: Iterable[str] | None, most: int) -> tuple[Enrolment, ...]:
    if among is not None:
        query = query.where(enrolment.c.cohort.in_(sorted(among)))
    return tuple(enrolment_of(row) for row in tx.execute(ours(tx, query.limit(most))))
