"""The office's waits in a full register, on both databases. PSM_BENCH_SCALE=0.02 makes it fifty times smaller."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
from rich.table import Table

from psm_course.interchange.roster import write_roster
from psm_course.records.register import Enrolment
from psm_course.registrar.enrolling import import_roster, open_cohort
from psm_course.registrar.history import history_of
from psm_course.registrar.judging import standings
from psm_course.registrar.overview import coverage
from psm_course.simulate.people import made_up_people
from psm_course.store.engine import Store
from tests.bench.full_register import PEOPLE, cohort_name, fill, our_course
from tests.bench.timing import best_of, seconds
from tests.load.office import open_register
from tests.server import own_server

COHORTS, ROSTER = 2_500, 1_000
NOW = datetime(2026, 12, 1, tzinfo=UTC)
# What is measured, how it is printed, and what is allowed.
BUDGETS = {
    "loading": ("{:,.0f} s", ""),
    "cohort status (100 people)": ("{:.0f} ms", "≤ 100 ms"),
    "person, whole history": ("{:.0f} ms", "≤ 50 ms"),
    "city coverage": ("{:.0f} ms", "≤ 200 ms"),
    "roster of 1,000 rows": ("{:.2f} s", "≤ 2 s"),
    "full re-judgement": ("{:,.0f} learners/s", "≥ 5,000 /s"),
    "memory of all that": ("{:.0f} MB", "< 300 MB"),
}


def register_rows(table: Table) -> None:
    cohorts = max(1, round(COHORTS * float(os.environ.get("PSM_BENCH_SCALE", "1"))))
    for name, database in _databases():
        measured = _loaded(database, cohorts) | _measured_apart(database, cohorts)
        table.add_row(f"{name}: {cohorts:,} cohorts, {cohorts * PEOPLE:,} learners, {cohorts * PEOPLE * 6:,} attempts", "", "", "")
        for what, (shape, budget) in BUDGETS.items():
            table.add_row(f"  {what}", shape.format(measured[what]), budget, "")


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


def _measured_apart(database: str, cohorts: int) -> dict[str, float]:
    """In a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "tests.bench.register", database, str(cohorts)]
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=Path(__file__).parents[2])
    measured: dict[str, float] = json.loads(ran.stdout)
    return measured


def measure(store: Store, cohorts: int) -> dict[str, float]:
    course = our_course()
    middle = cohort_name(cohorts // 2)
    return {
        "cohort status (100 people)": 1000 * best_of(lambda: standings(store, course, middle, NOW)),
        "person, whole history": 1000 * best_of(lambda: history_of(store, course, f"{middle}-050", NOW)),
        "city coverage": 1000 * best_of(lambda: coverage(store)),
        "roster of 1,000 rows": _roster(store),
        "full re-judgement": cohorts * PEOPLE / seconds(lambda: [standings(store, course, cohort_name(n), NOW) for n in range(cohorts)]),
        "memory of all that": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _roster(store: Store) -> float:
    people = [Enrolment("", "", person.name, person.kelurahan.code, f"08{n:010}") for n, person in enumerate(made_up_people(ROSTER, 2))]
    open_cohort(store, "BARU", "Angkatan baru", date(2026, 12, 1), "bench", NOW)
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "peserta.xlsx"
        write_roster(sheet, people)
        return seconds(lambda: import_roster(store, "BARU", sheet, "bench", NOW))


if __name__ == "__main__":
    opened = open_register(sys.argv[1])
    print(json.dumps(measure(opened, int(sys.argv[2]))))
    opened.close()
