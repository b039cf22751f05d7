"""The office's waits in a full register, on both databases.
PSM_BENCH_SCALE=0.02 makes it fifty times smaller.

The last column is this program's own processor time, which other work on the machine hardly
changes; the database server's is not in it. `python -m tests.bench.register DATABASE COHORTS`
measures one that is full already, with `--small` in the small form.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
from rich.table import Table

from psm_course.content.course import Course
from psm_course.domain.register import Enrolment
from psm_course.interchange.people.roster import write_roster
from psm_course.registrar.answers.regrading import try_regrade
from psm_course.registrar.backup.backing_up import back_up_office
from psm_course.registrar.certificates.keys.keyring import new_key
from psm_course.registrar.completion.judging import standings
from psm_course.registrar.people.cohorts import open_cohort
from psm_course.registrar.people.enrolling import import_roster
from psm_course.registrar.people.history import history_of
from psm_course.registrar.people.overview import coverage
from psm_course.registrar.people.searching import search_people
from psm_course.registrar.soundness.answers import answer_problems
from psm_course.settings import Settings
from psm_course.simulate.people import made_up_people
from psm_course.store.engine import Store
from psm_course.store.soundness.checking import Soundness, check_store
from tests.bench.desk_pages import officer
from tests.bench.full_register import PEOPLE, ROOT, TESTS, cohort_name, fill, our_course
from tests.bench.grading import grade_all, submissions
from tests.bench.memory import peak
from tests.bench.size import FULL, SMALL, Size
from tests.bench.timing import best_of, seconds, spent
from tests.builders import REGION
from tests.load.office import open_register
from tests.server import own_server

NOW = datetime(2026, 12, 1, tzinfo=UTC)
OWN = ", of our processor"
REGRADED = "tes-akhir"  # a third of all attempts
# What is measured, how it is printed, and what is allowed.
BUDGETS = {
    "loading": ("{:,.0f} s", ""),
    "cohort status (100 people)": ("{:.0f} ms", "≤ 100 ms"),
    "person, whole history": ("{:.0f} ms", "≤ 50 ms"),
    "city coverage": ("{:.0f} ms", "≤ 50 ms"),
    "search by name": ("{:.0f} ms", "≤ 50 ms"),
    "page: cohort status": ("{:.0f} ms", "≤ 100 ms"),
    "page: person": ("{:.0f} ms", "≤ 50 ms"),
    "page: city coverage": ("{:.0f} ms", "≤ 50 ms"),
    "page: analysis of a test": ("{:.0f} ms", "≤ 100 ms"),
    "roster": ("{:,.0f} ms", "≤ 2,000 ms"),
    "full re-judgement": ("{:,.0f} learners/s", "≥ 5,000 /s"),
    "memory of all that": ("{:.0f} MB", "< 300 MB"),
    "regrade, dry run": ("{:,.0f} attempts/s", ""),
    "  beside the same grader without a register": ("{:.2f} ×", "≥ 0.5 ×"),
    "memory with that": ("{:.0f} MB", "flat"),
    "check, every row": ("{:,.0f} rows/s", "≥ 20,000 /s"),
    "check, every answer": ("{:,.0f} attempts/s", ""),
    "memory with the check": ("{:.0f} MB", "flat"),
    "backup of the office": ("{:.0f} s", "≤ 60 s"),
    "  page: cohort status meanwhile, slowest": ("{:.0f} ms", "≤ 1,000 ms"),
}


def register_rows(table: Table, size: Size) -> None:
    cohorts = max(1, round(size.cohorts * float(os.environ.get("PSM_BENCH_SCALE", "1"))))
    for name, database in _databases():
        measured = _loaded(database, cohorts) | _measured_apart(database, cohorts, size)
        table.add_row(
            f"{name}: {cohorts:,} cohorts, {cohorts * PEOPLE:,} learners, {cohorts * PEOPLE * 6:,}"
            " attempts",
            "",
            "",
            "",
        )
        for what, (shape, budget) in BUDGETS.items():
            table.add_row(
                f"  {what} of {size.roster:,} rows" if what == "roster" else f"  {what}",
                shape.format(measured[what]),
                budget,
                shape.format(measured[own]) if (own := f"{what}{OWN}") in measured else "",
            )


def _databases() -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        yield "SQLite", str(Path(folder) / "register.db")
    with own_server() as server:
        with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE register")
        yield "PostgreSQL", server.address("register")


def _loaded(database: str, cohorts: int) -> dict[str, float]:
    store = open_register(database)
    took = seconds(lambda: fill(store, our_course(), cohorts))
    store.close()
    return {"loading": took}


def _measured_apart(database: str, cohorts: int, size: Size) -> dict[str, float]:
    """In a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "tests.bench.register", database, str(cohorts)]
    small = ["--small"] if size is SMALL else []
    ran = subprocess.run(
        [*command, *small], stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT
    )
    measured: dict[str, float] = json.loads(ran.stdout)
    return measured


def measure(store: Store, cohorts: int, size: Size) -> dict[str, float]:
    """May be run on the same register again and again: what it enrols is new every time."""
    course = our_course()
    middle = cohort_name(cohorts // 2)
    with officer(store) as ask:
        waits = _milliseconds(
            size.runs,
            {
                "cohort status (100 people)": lambda: standings(store, course, middle, NOW),
                "person, whole history": lambda: history_of(store, course, f"{middle}-050", NOW),
                "city coverage": lambda: coverage(store, REGION),
                "search by name": lambda: search_people(store, REGION, "siti nur"),
                "page: cohort status": lambda: ask(f"/angkatan/{middle}"),
                "page: person": lambda: ask(f"/peserta/{middle}-050"),
                "page: city coverage": lambda: ask("/cakupan"),
                "page: analysis of a test": lambda: ask(
                    f"/angkatan/{middle}/analisis?kuis={REGRADED}"
                ),
            },
        )
    return (
        waits
        | {"roster": 1000 * _roster(store, size.roster)}
        | _rates("full re-judgement", cohorts * PEOPLE, lambda: _judge_all(store, course, cohorts))
        | {"memory of all that": peak()}
        | _regraded(store, course, cohorts, size)
        | {"memory with that": peak()}
        | _checked(store, cohorts)
        | {"memory with the check": peak()}
        | _backed_up(store, middle)
    )


def _milliseconds(runs: int, waits: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    by_clock = {what: 1000 * best_of(runs, work) for what, work in waits.items()}
    return by_clock | {
        f"{what}{OWN}": 1000 * best_of(runs, work, spent) for what, work in waits.items()
    }


def _rates(what: str, count: int, work: Callable[[], object]) -> dict[str, float]:
    started, own = time.perf_counter(), spent(work)
    return {what: count / (time.perf_counter() - started), f"{what}{OWN}": count / own}


def _checked(store: Store, cohorts: int) -> dict[str, float]:
    """Of `psm db check --all`: every row with its log, and every attempt graded again; the bench's
    certificates are not signed.
    """
    found: list[Soundness] = []
    started, own = time.perf_counter(), spent(lambda: found.append(check_store(store)))
    taken = time.perf_counter() - started
    assert found[0].problems == (), found[0].problems[:3]
    rows = {
        "check, every row": found[0].rows / taken,
        f"check, every row{OWN}": found[0].rows / own,
    }
    with store.reading() as tx:
        return rows | _rates(
            "check, every answer",
            cohorts * PEOPLE * 6,
            lambda: deque(answer_problems(tx, everything=True), maxlen=0),
        )


def _backed_up(store: Store, cohort: str) -> dict[str, float]:
    """Of `psm backup`, while somebody at the desk opens page after page."""
    with (
        tempfile.TemporaryDirectory() as folder,
        officer(store) as ask,
        ThreadPoolExecutor(1) as beside,
    ):
        settings = Settings(root=ROOT, data=Path(folder))
        new_key(
            store,
            settings,
            "Dinas Sosial Kota Depok",
            secrets.token_hex(8),
            "bench",
            datetime.now(UTC),
        )
        waits, started = list[float](), time.perf_counter()
        made = beside.submit(back_up_office, store, settings, None, datetime.now(UTC))
        while not made.done():
            waits.append(seconds(lambda: ask(f"/angkatan/{cohort}")))
            time.sleep(0.1)
        taken = time.perf_counter() - started
        made.result()
    return {
        "backup of the office": taken,
        "  page: cohort status meanwhile, slowest": 1000 * max(waits),
    }


def _judge_all(store: Store, course: Course, cohorts: int) -> None:
    for index in range(cohorts):
        standings(store, course, cohort_name(index), NOW)


def _regraded(store: Store, course: Course, cohorts: int, size: Size) -> dict[str, float]:
    """Attempts a second, and what part that is of what the grader does
    with documents alone, by our own processor time.
    """
    quiz = course.quizzes[REGRADED]
    rates = _rates(
        "regrade, dry run",
        cohorts * PEOPLE * TESTS.count(REGRADED),
        lambda: _regrade(store, course),
    )
    lines = submissions(quiz, size.regraded)
    bare = size.regraded / best_of(size.runs, lambda: grade_all(quiz, lines), spent)
    return rates | {
        "  beside the same grader without a register": rates[f"regrade, dry run{OWN}"] / bare
    }


def _regrade(store: Store, course: Course) -> None:
    """Full marks for one item: a change for many, so that they are judged before and after."""
    item = course.quizzes[REGRADED].items[0].id
    try_regrade(store, course, REGRADED, {item: "full"}, NOW, lambda _cohort, _changes: None)


def _roster(store: Store, count: int) -> float:
    people = [
        Enrolment("", "", person.name, person.kelurahan.code, f"08{n:010}")
        for n, person in enumerate(made_up_people(REGION, count, 2))
    ]
    cohort = open_cohort(
        store, f"B{secrets.token_hex(4)}", "Angkatan baru", date(2026, 12, 1), "bench", NOW
    )
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "peserta.xlsx"
        write_roster(REGION, sheet, people)
        strangers = {f"B{row}.orang": "lain" for row in range(2, count + 2)}
        return seconds(
            lambda: import_roster(store, REGION, cohort.id, sheet, "bench", NOW, answers=strangers)
        )


if __name__ == "__main__":
    opened = open_register(sys.argv[1])
    asked = SMALL if "--small" in sys.argv else FULL
    print(json.dumps(measure(opened, int(sys.argv[2]), asked), indent=1))
    opened.close()
