"""Finding enrolments by number, or by words of a name and by kelurahan.

Words are compared without case and accents.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, select

from psm_course.domain.register import Enrolment
from psm_course.store.people.enrolment_rows import enrolment_of, enrolments
from psm_course.store.rows import ours, same_office
from psm_course.store.schema import enrolment, name_word

# Added to the beginning of a word, this sorts after every word that begins so, in every database:
# words have only the letters a to z and digits.
_LAST = "zzzzzzzz"
# Words of one name that begin alike, at most; and the number of people at which counting stops:
# only the rarest word matters, so a common one need not be counted to its end.
_ALIKE, _COMMON = 4, 2_000


def find_by_number(
    tx: Connection, cohort_id: str, beginning: str, among: Iterable[str] | None, most: int
) -> tuple[Enrolment, ...]:
    """Return at most `most` enrolments of a cohort whose number begins with `beginning`.

    `among` limits the result to cohorts that the user may see; None: all.
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
    """Return at most `most` enrolments whose names have all of these words.

    It is enough if a word of the name begins with the word that is searched for.

    Args:
        tx: a transaction.
        words: the words to search for.
        among: limits the result to cohorts that the user may see; None: all cohorts.
        most: maximum number of enrolments.
        kelurahan: limits the result to people who live in the kelurahan with these codes; None:
            all.
    """
    query = enrolments().where(enrolment.c.name != "")
    if kelurahan is not None:
        query = query.where(enrolment.c.kelurahan.in_(kelurahan))
    if among is None and kelurahan is None:
        # The words alone give the numbers; then only the people of one page are read.
        query = query.where(
            enrolment.c.number.in_(ours(tx, _numbers_with(_rarest_first(tx, words), most)))
        )
    else:
        query = query.where(*(_has(word, enrolment) for word in words))
    return _found(tx, query, among, most)


def _numbers_with(words: Sequence[str], most: int) -> Select[Any]:
    """Select participant numbers of people who have all of these words in their names.

    A number may be selected several times, because several words of one name may begin in the same
    way. So the query selects up to four times as many numbers as a page of `most` people needs.
    """
    first, *others = words
    return (
        select(name_word.c.number)
        .where(*_begins(name_word, first), *(_has(word, name_word) for word in others))
        .limit(most * _ALIKE)
    )


def _rarest_first(tx: Connection, words: Sequence[str]) -> list[str]:
    """Return the same words, the word with the fewest people first, so that a search is fast.

    For example, very many people are called Siti; a rare second name finds the right person faster.
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
    """Return a condition: a word of a person's name begins with `word`.

    `whose` is a table with participant numbers; the condition is about the person in its row.
    """
    theirs = name_word.alias()
    same = same_office(theirs, whose), theirs.c.number == whose.c.number
    return select(theirs.c.word).where(*same, *_begins(theirs, word)).correlate(whose).exists()


def _begins(words: FromClause, beginning: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return two conditions: the column `word` of the table `words` begins with `beginning`.

    Together the two conditions are a range, which every database finds with its index.
    """
    return words.c.word >= beginning, words.c.word < beginning + _LAST


def _found(
    tx: Connection, query: Select[Any], among: Iterable[str] | None, most: int
) -> tuple[Enrolment, ...]:
    if among is not None:
        query = query.where(enrolment.c.cohort.in_(sorted(among)))
    return tuple(enrolment_of(row) for row in tx.execute(ours(tx, query.limit(most))))
