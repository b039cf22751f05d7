"""Remarks on certificates that a person holds already; shown if the person is enrolled again."""

from collections.abc import Collection, Sequence

from psm_course.local_time import WIB
from psm_course.store.completion.versions import newest_titles
from psm_course.store.engine import Connection, Store
from psm_course.store.people import persons
from psm_course.store.people.persons import Certificate


def certificate_remarks(
    tx: Connection, numbers: Collection[str], course: str, among: Collection[str] | None = None
) -> dict[str, str]:
    """Write, for each person who holds a certificate of passing already, a remark about it.

    Returns the remarks by participant number; a person without a certificate has no remark. A
    remark is, for example, `sudah bersertifikat: 800/0001 (2026, angkatan D26)`. The remark has
    the number of the person's newest certificate of this course; if there is none, the number of
    the newest certificate of another course.

    Args:
        tx: a transaction.
        numbers: participant numbers.
        course: the id of the course that these people join.
        among: cohorts whose people the officer may see; None: all.
    """
    held = persons.certificates_of(tx, numbers) if numbers else {}
    seen = {
        number: [each for each in theirs if among is None or each.cohort in among]
        for number, theirs in held.items()
    }
    titles = newest_titles(tx) if held else {}
    return {number: _clause(theirs, course, titles) for number, theirs in seen.items() if theirs}


def certificate_remark(
    store: Store, number: str, course: str, among: Collection[str] | None = None
) -> str:
    """Write the remark about one person's certificate; empty if the person holds none.

    An example is `sudah bersertifikat: 800/0001 (2026, angkatan D26)`. `course` is the id of the
    course that the person joins. `among` are the cohorts whose people the officer may see; None:
    all.
    """
    with store.reading() as tx:
        return certificate_remarks(tx, [number], course, among).get(number, "")


def _clause(held: Sequence[Certificate], course: str, titles: dict[str, str]) -> str:
    of_course = [each for each in held if each.course == course]
    newest = (of_course or held)[-1]
    other = "" if of_course else f" kursus lain, {titles.get(newest.course, newest.course)}"
    return (
        f"sudah bersertifikat{other}: {newest.number} ({newest.issued_at.astimezone(WIB).year},"
        f" angkatan {newest.cohort})"
    )
