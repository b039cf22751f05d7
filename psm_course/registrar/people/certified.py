"""Who holds a certificate already, of this course or of another one: said wherever somebody is enrolled."""

from collections.abc import Collection, Sequence

from psm_course.local_time import WIB
from psm_course.store.completion.versions import newest_titles
from psm_course.store.engine import Connection, Store
from psm_course.store.people import persons
from psm_course.store.people.persons import Certificate


def certified_before(tx: Connection, numbers: Collection[str], course: str, among: Collection[str] | None = None) -> dict[str, str]:
    """What to say of those of these people who hold a certificate of passing, by number.

    `sudah bersertifikat: 800/0001 (2026, angkatan D26)`. One of another course is named only where there is none of this course.

    Args:
        tx: a transaction.
        numbers: whom it is about.
        course: the id of the course that they join.
        among: the cohorts whose people whoever asks may see; None: all.
    """
    held = persons.certificates_of(tx, numbers) if numbers else {}
    seen = {number: [each for each in theirs if among is None or each.cohort in among] for number, theirs in held.items()}
    titles = newest_titles(tx) if held else {}
    return {number: _clause(theirs, course, titles) for number, theirs in seen.items() if theirs}


def said_of(store: Store, number: str, course: str, among: Collection[str] | None = None) -> str:
    """The same of one person; empty where there is nothing to say, or no such number."""
    with store.reading() as tx:
        return certified_before(tx, [number], course, among).get(number, "")


def _clause(held: Sequence[Certificate], course: str, titles: dict[str, str]) -> str:
    of_course = [each for each in held if each.course == course]
    newest = (of_course or held)[-1]
    other = "" if of_course else f" kursus lain, {titles.get(newest.course, newest.course)}"
    return f"sudah bersertifikat{other}: {newest.number} ({newest.issued_at.astimezone(WIB).year}, angkatan {newest.cohort})"
