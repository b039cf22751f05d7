"""A register after many years, loaded fast: every table that grows with people, filled row by row
as the program would fill it.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Table, text

from psm_course.content.course import Course, read_course
from psm_course.domain.register import Reason
from psm_course.grading.grade import Grader
from psm_course.grading.submission import read_submission
from psm_course.interchange.people.names import name_key, words_to_search
from psm_course.simulate.answers import Phone
from psm_course.simulate.people import made_up_people
from psm_course.store import audit
from psm_course.store.completion.versions import add_version
from psm_course.store.engine import Store
from psm_course.store.schema import (
    adoption,
    attempt,
    attendance_mark,
    cohort,
    enrolment,
    name_word,
    outcome,
    person,
    record,
    record_document,
    record_event,
    submission,
)
from tests.bench.full_log import fill_log
from tests.builders import REGION

ROOT = Path(__file__).resolve().parents[2]
STARTED = datetime(2016, 1, 4, 2)
PEOPLE, VARIANTS, PASSED, REVOKED = 100, 40, 0.6, 100  # every hundredth record was revoked
# Each person's attempts: both tests, the last one twice, and three of the course's exercises.
TESTS = ("tes-awal", "tes-akhir", "tes-akhir")
Rows = Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Sat:
    """One way in which a quiz was answered and graded; many share it, under ids of their own."""

    quiz: str
    document: str
    points: str
    maximum: str
    passed: bool | None
    critical: str
    items: str
    scoring: str


def our_course() -> Course:
    """The course of this repository."""
    course, _ = read_course(ROOT)
    assert course is not None
    return course


def cohort_name(index: int) -> str:
    return f"K{index:04}"


def sittings(course: Course) -> list[list[Sat]]:
    """For each attempt of a person, the ways in which it may have gone."""
    practice = [name for name, quiz in course.quizzes.items() if quiz.header.use == "practice"][:3]
    return [list(_ways(course, quiz)) for quiz in (*TESTS, *practice)]


def _ways(course: Course, quiz: str) -> Iterator[Sat]:
    # A fixed load.
    random, phone, grader = (
        Random(quiz),  # noqa: S311
        Phone(course.quizzes[quiz]),
        Grader(course.quizzes[quiz]),
    )
    for _ in range(VARIANTS):
        written = json.dumps(
            phone.document(
                "K0000-000", random.uniform(0.5, 1), random, STARTED.replace(tzinfo=UTC)
            ),
            ensure_ascii=False,
        )
        graded = grader.grade(read_submission(written.encode()))
        marks = graded.written_items()
        yield Sat(
            quiz,
            written,
            str(graded.points),
            str(graded.maximum),
            graded.passed,
            json.dumps(graded.critical),
            marks,
            graded.scoring,
        )


def fill(store: Store, course: Course, cohorts: int) -> None:
    """So many cohorts of a hundred people, each with six attempts,
    marks at every session, and records for most.
    """
    people = [
        [f"{cohort_name(index)}-{number:03}" for number in range(1, PEOPLE + 1)]
        for index in range(cohorts)
    ]
    numbers = [number for each in people for number in each]
    ways = sittings(course)
    with store.transaction() as tx:
        version = add_version(
            tx, course, Reason("kursus diadopsi"), "bench", STARTED.replace(tzinfo=UTC)
        )
        audit.note(tx, "bench", "course adopted", course.file.id, STARTED.replace(tzinfo=UTC))
    adopted = (version.id, "angkatan dibuka", "bench", STARTED)
    random = Random(1)  # noqa: S311 - a fixed load
    opened = (
        [cohort_name(i), f"Angkatan {i}", date(2016, 1, 4) + timedelta(days=i), course.file.id]
        for i in range(cohorts)
    )
    load(store, cohort, "id title starts_on course", opened)
    enrolled = list(_enrolments(numbers))
    load(
        store, enrolment, "number cohort name kelurahan card_serial person name_key salt", enrolled
    )
    load(
        store,
        name_word,
        "word number",
        ([word, row[0]] for row in enrolled for word in words_to_search(row[2])),
    )
    taken_on = ([i + 1, cohort_name(i), *adopted] for i in range(cohorts))
    load(store, adoption, "id cohort version reason actor adopted_at", taken_on)
    marks = _marks(numbers, [session.id for session in course.file.sessions], random)
    load(store, attendance_mark, "id number session presence marked_at actor source", marks)
    ids = [
        str(uuid.UUID(int=random.getrandbits(128), version=4))
        for _ in range(len(numbers) * len(ways))
    ]
    chosen = bytes(random.randrange(VARIANTS) for _ in ids)
    sat = [ways[index % len(ways)][chosen[index]] for index in range(len(ids))]
    whose = [numbers[index // len(ways)] for index in range(len(ids))]
    documents = (
        each.document.replace("K0000-000", number) for each, number in zip(sat, whose, strict=True)
    )
    handed_in = (
        [name, STARTED, number, each.quiz, text]
        for name, number, each, text in zip(ids, whose, sat, documents, strict=True)
    )
    load(store, submission, "id received_at participant quiz document", handed_in)
    tried = (
        [k + 1, ids[k], whose[k], sat[k].quiz, True, 2 if k % len(ways) == 2 else 1]
        for k in range(len(ids))
    )
    load(store, attempt, "id submission number quiz bound sequence", tried)
    graded = (
        [k, k, STARTED, s.points, s.maximum, s.passed, s.critical, s.items, s.scoring, False]
        for k, s in enumerate(sat, 1)
    )
    load(
        store,
        outcome,
        "id attempt graded_at points maximum passed critical items scoring void",
        graded,
    )
    passed = [number for number in numbers if random.random() < PASSED]
    homes = {row[0]: row[3] for row in enrolled}
    issued = (
        [f"800/{k}", course.file.id, 2016, k, n, "passed", homes[n], STARTED, k, "k1"]
        for k, n in enumerate(passed, 1)
    )
    load(
        store,
        record,
        "number course year sequence participant kind kelurahan issued_at status_index key",
        issued,
    )
    content = json.dumps(
        {
            "name": "Siti Rahayu",
            "kelurahan": "Depok",
            "issued_on": "2016-01-06",
            "sessions": ["x" * 60] * 8,
        }
    )
    signed = (
        [k, f"800/{k}", content, "c" * 1500, "q" * 300, "k1", STARTED, random.randbytes(32)]
        for k in range(1, len(passed) + 1)
    )
    load(store, record_document, "id record content credential qr key signed_at salt", signed)
    printed = (
        ["printed", "c" * 64] if k % REVOKED else ["revoked", None]
        for k in range(1, len(passed) + 1)
    )
    done = (
        [k, f"800/{k}", event, "", by, "bench", STARTED] for k, (event, by) in enumerate(printed, 1)
    )
    load(store, record_event, "id record event reason by actor at", done)
    load(store, person, "id kelurahan certified salt", _persons(enrolled, passed))
    fill_log(store, load, STARTED)
    _settle(store)


def _enrolments(numbers: Sequence[str]) -> Iterator[Sequence[Any]]:
    """Every tenth person of every other cohort had that place in the cohort before."""
    before: list[Sequence[Any]] = []
    random = Random(2)  # noqa: S311 - a fixed load
    for index, (number, made_up) in enumerate(
        zip(numbers, made_up_people(REGION, len(numbers), 1), strict=True)
    ):
        name, home, whose = made_up.name, made_up.kelurahan.code, index + 1
        if index // PEOPLE % 2 and index % 10 == 0:
            name, home, whose = (
                before[index - PEOPLE][2],
                before[index - PEOPLE][3],
                before[index - PEOPLE][5],
            )
        row = [
            number,
            number.split("-", maxsplit=1)[0],
            name,
            home,
            1,
            whose,
            name_key(name),
            random.randbytes(32),
        ]
        before.append(row)
        yield row


def _persons(enrolled: Sequence[Sequence[Any]], passed: Sequence[str]) -> Iterator[Sequence[Any]]:
    standing = {number for index, number in enumerate(passed, 1) if index % REVOKED}
    certified = {row[5] for row in enrolled if row[0] in standing}
    homes = {row[5]: row[3] for row in enrolled}
    return ([whose, home, whose in certified, whose.to_bytes(32)] for whose, home in homes.items())


def _marks(
    numbers: Sequence[str], sessions: Sequence[str], random: Random
) -> Iterator[Sequence[Any]]:
    marked = ((number, session) for number in numbers for session in sessions)
    for index, (number, session) in enumerate(marked, 1):
        yield [
            index,
            number,
            session,
            "present" if random.random() < 0.95 else "absent",
            STARTED,
            "bench",
            "sheet",
        ]


def load(store: Store, table: Table, columns: str, rows: Rows) -> None:
    """In one go past SQLAlchemy, whose parameters cost more than the rows;
    the tables' own triggers for appending stay.

    Args:
        columns: the names of what each row holds; the office is put in front.
    """
    named = ["office", *columns.split()]
    names = ", ".join(f'"{name}"' for name in named)
    ours = ([store.office, *row] for row in rows)
    if store.engine.dialect.name == "sqlite":
        places = ", ".join("?" * len(named))
        into = f'INSERT INTO "{table.name}" ({names}) VALUES ({places})'  # noqa: S608 - our tables
        _load_sqlite(store, into, ours)
    else:
        _load_postgresql(store, f'COPY "{table.name}" ({names}) FROM STDIN', ours)


def _load_sqlite(store: Store, statement: str, rows: Rows) -> None:
    connection = store.engine.raw_connection()
    try:
        for pragma in (
            "synchronous=OFF",
            "cache_size=-400000",
            "query_only=OFF",
            "foreign_keys=OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]
        cursor = connection.cursor()
        cursor.execute("BEGIN")
        cursor.executemany(statement, (tuple(_as_sqlite(value) for value in row) for row in rows))
        cursor.execute("COMMIT")
    finally:
        connection.invalidate()  # its pragmas are for loading alone


def _as_sqlite(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value


def _load_postgresql(store: Store, statement: str, rows: Rows) -> None:
    connection = store.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("SET session_replication_role = replica")
        with cursor.copy(statement) as copy:  # type: ignore[attr-defined]
            for row in rows:
                copy.write_row(row)
        connection.commit()
    finally:
        connection.invalidate()


def _settle(store: Store) -> None:
    """As PostgreSQL's own nightly work leaves it. Nobody does the like for an office's SQLite file:
    its queries go without statistics.
    """
    if store.engine.dialect.name == "sqlite":
        return
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
