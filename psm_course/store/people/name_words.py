"""Search words of people's names. `searching` finds people by these words."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, delete

from psm_course.domain.register import Enrolment
from psm_course.interchange.people.names import words_to_search
from psm_course.store.rows import add, remove
from psm_course.store.schema import name_word


def keep_words(tx: Connection, enrolled: Sequence[Enrolment]) -> None:
    """Write the search words of these people's present names, in place of their earlier words."""
    forget_words(tx, [each.number for each in enrolled])
    add(
        tx,
        name_word,
        [
            {"word": word, "number": each.number}
            for each in enrolled
            for word in sorted(words_to_search(each.name))
        ],
    )


def forget_words(tx: Connection, numbers: Collection[str]) -> None:
    """Delete the search words of the people with these numbers."""
    remove(tx, delete(name_word).where(name_word.c.number.in_(numbers)))
