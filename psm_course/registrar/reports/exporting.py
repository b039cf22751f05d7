"""Export the register as two spreadsheets: one row for each person, one row for each item answered.

The report pack contains the same two sheets.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import cast

import orjson

from psm_course.content.course import Course
from psm_course.domain.completion import why_not
from psm_course.domain.requirement import Session
from psm_course.errors import Refused
from psm_course.grading.outcome import printed_as_right
from psm_course.interchange.register_sheet import (
    ItemLine,
    RegisterLine,
    write_items,
    write_register,
)
from psm_course.items.marks import Status
from psm_course.registrar.completion.judging import Standing, sessions_within, standings_in
from psm_course.store.answers import outcomes
from psm_course.store.answers.outcomes import Graded
from psm_course.store.engine import Connection, Store
from psm_course.store.people import cohorts

TESTS = ("pretest", "posttest")


def export_register(store: Store, course: Course, cohort_id: str, path: Path, now: datetime) -> int:
    """Write the people of a cohort and their results as .xlsx or .csv; return the number of people.

    The requirements are judged as they are at the moment `now`.

    Raises:
        Refused: the file exists, or there is no such cohort.
    """
    refuse_to_replace(path)
    with store.reading() as tx:
        cohort = cohorts.get_cohort(tx, cohort_id)
        sessions = sessions_within(tx, course, cohort_id)
        everybody = standings_in(tx, course, cohort, now)
    write_standings(path, course, sessions, everybody)
    return len(everybody)


def write_standings(
    path: Path, course: Course, sessions: tuple[Session, ...], everybody: Iterable[Standing]
) -> None:
    """Write a sheet with one row for each person to the file `path`.

    `everybody` are the people, each with attendance, attempts and judged requirements. The columns
    of opening tests come before the columns of closing tests.
    """
    tests = sorted(
        (TESTS.index(quiz.header.use), name)
        for name, quiz in course.quizzes.items()
        if quiz.header.use in TESTS
    )
    write_register(
        path, sessions, [name for _, name in tests], (_line(standing) for standing in everybody)
    )


def _line(standing: Standing) -> RegisterLine:
    completion, person = standing.completion, standing.enrolment
    return RegisterLine(
        person.number,
        person.shown_name,
        standing.home,
        standing.facts.presence,
        best_scores(standing),
        completion.attended,
        completion.met,
        " | ".join(why_not(completion)),
        standing.record or standing.records.get("attended", ""),
    )


def best_scores(standing: Standing) -> dict[str, Decimal]:
    """The best result of one person at each quiz that has points: percent by quiz id."""
    best: dict[str, Decimal] = {}
    for attempt in standing.attempts:
        if attempt.maximum:
            best[attempt.quiz] = max(best.get(attempt.quiz, Decimal(0)), attempt.percent)
    return best


def export_items(store: Store, cohort_id: str, path: Path) -> int:
    """Write every item of every attempt of a cohort as .xlsx or .csv; return the number of rows.

    The memory needed does not grow with the number of rows.

    Raises:
        Refused: the file exists, or there is no such cohort.
    """
    refuse_to_replace(path)
    with store.reading() as tx:
        cohorts.get_cohort(tx, cohort_id)
        return write_item_lines(path, tx, cohort_id)


def write_item_lines(path: Path, tx: Connection, cohort_id: str) -> int:
    """Write the sheet that has a row for each item of each attempt, inside a transaction.

    Returns the number of rows.
    """
    written = 0

    def counted() -> Iterator[ItemLine]:
        nonlocal written
        for line in _item_lines(tx, cohort_id):
            written += 1
            yield line

    write_items(path, counted())
    return written


def _item_lines(tx: Connection, cohort_id: str) -> Iterator[ItemLine]:
    """Yield the rows of all attempts, with one query for each quiz."""
    for quiz in outcomes.quizzes_attempted(tx, cohort_id):
        for graded in outcomes.stream_graded(tx, cohort_id, quiz):
            yield from _lines_of(graded, quiz)


def _lines_of(graded: Graded, quiz: str) -> Iterator[ItemLine]:
    responses = orjson.loads(graded.document)["responses"]
    for item, mark in graded.items.items():
        yield ItemLine(
            graded.number,
            quiz,
            graded.sequence,
            item,
            responses.get(item),
            Decimal(mark["points"]),
            Decimal(mark["maximum"]),
            cast("Status", mark["status"]),
            printed_as_right(mark),
        )


def refuse_to_replace(path: Path) -> None:
    """Refuse to overwrite a file: somebody may have worked on an earlier export.

    Raises:
        Refused: the file exists.
    """
    if path.exists():
        raise Refused(f"{path} sudah ada. Pilih nama lain.")
