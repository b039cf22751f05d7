"""Dispositions of faulty items. They are appended; the latest disposition on an item is valid."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import Connection, select

from psm_course.domain.register import Reason
from psm_course.grading.dispositions import Disposition
from psm_course.store.engine import to_utc
from psm_course.store.rows import add, ours
from psm_course.store.schema import disposition

# "none" takes an earlier disposition back.
NewDisposition = Disposition | Literal["none"]
NewDispositions = Mapping[str, NewDisposition]


def add_dispositions(
    tx: Connection,
    course: str,
    quiz: str,
    dispositions: NewDispositions,
    reason: Reason,
    actor: str,
    at: datetime,
) -> None:
    """Append dispositions on items of a quiz.

    `dispositions` is a mapping of new dispositions by item id. The value "none" withdraws the
    earlier disposition on the item.
    """
    written = {
        "course": course,
        "quiz": quiz,
        "reason": reason,
        "actor": actor,
        "ruled_at": to_utc(at),
    }
    add(
        tx,
        disposition,
        [written | {"item": item, "ruling": new} for item, new in dispositions.items()],
    )


def dispositions_of(tx: Connection, course: str, quiz: str) -> dict[str, Disposition]:
    """Return the dispositions in force for a quiz, by item id."""
    return all_dispositions(tx).get((course, quiz), {})


def all_dispositions(tx: Connection) -> dict[tuple[str, str], dict[str, Disposition]]:
    """Return the dispositions in force, by course and quiz, then by item id.

    All dispositions are read in one query, because an office makes only a few each year.
    """
    found: dict[tuple[str, str], dict[str, Disposition]] = {}
    query = select(
        disposition.c.course, disposition.c.quiz, disposition.c.item, disposition.c.ruling
    ).order_by(disposition.c.id)
    for row in tx.execute(ours(tx, query)):
        of_quiz = found.setdefault((row.course, row.quiz), {})
        of_quiz.pop(row.item, None)
        if row.ruling != "none":
            of_quiz[row.item] = cast("Disposition", row.ruling)
    return found
