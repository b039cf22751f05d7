"""How SQLite would find what the desk asks for: by an index, with and without statistics about the
tables, never by reading a big one.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest

from psm_course.content.course import Course
from psm_course.domain.accounts import Account
from psm_course.registrar.certificates.ledger import ledger
from psm_course.registrar.completion.judging import standings
from psm_course.registrar.people.adding import Newcomer, who_it_may_be
from psm_course.registrar.people.history import history_of, list_events, list_hand_ins
from psm_course.registrar.people.overview import coverage
from psm_course.registrar.people.own_page import own_page
from psm_course.registrar.people.searching import search_people
from psm_course.registrar.reports.analysing import analyse_quiz
from psm_course.registrar.reports.clearing import before_issuing
from psm_course.store.answers import attempts, outcomes, submissions
from psm_course.store.attendance import attendance
from psm_course.store.certificates import records
from psm_course.store.engine import Store
from psm_course.store.opening import open_store
from tests.bench.full_register import fill, our_course
from tests.builders import OFFICE, REGION
from tests.databases import statements_to
from tests.register_builders import CARDS

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
OFFICER, TRAINER = (
    Account("budi", "petugas"),
    Account("rina", "pelatih", cohorts=frozenset({"K0001"})),
)
# What grows with the years. Reading one of these from end to end is a page that gets slower with
# every cohort.
BIG = {
    "submission",
    "attempt",
    "outcome",
    "attendance_mark",
    "enrolment",
    "record",
    "record_document",
    "record_event",
    "audit_event",
}
BIG |= {"person", "name_word"}
# SQLite says `SCAN record` for a whole table, `SCAN record USING … INDEX …` for a whole index, and
# `SEARCH … (office=?)` for all of an office's part of it.
_SCAN = re.compile(
    r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?|SEARCH (\w+) USING (?:COVERING )?INDEX (\w+)"
    r" \(office=\?\)$"
)
_ALIAS = re.compile(r'(?:FROM|JOIN|,)\s+"?(\w+)"?\s+AS\s+"?(\w+)"?')

Asking = Callable[[Store, Course], object]
ASKED: dict[str, Asking] = {
    "a person": lambda store, course: history_of(store, course, "K0001-007", NOW),
    "one's own page": lambda store, course: own_page(
        store, course, CARDS, "K0001-007", CARDS.code("K0001-007", 1), NOW
    ),
    "the status of a cohort": lambda store, course: standings(store, course, "K0001", NOW),
    "a session of a cohort": lambda store, _: _read(
        store, lambda tx: attendance.presence_of_cohort(tx, "K0001")
    ),
    "the ledger of a cohort": lambda store, _: ledger(store, "K0001"),
    "a cohort's ended records": lambda store, _: _read(
        store, lambda tx: records.list_ends(tx, "K0001")
    ),
    "what to look at before issuing": lambda store, course: before_issuing(store, course, "K0001"),
    "a batch of hand-ins": lambda store, _: _read(
        store,
        lambda tx: (
            attempts.taken_by(tx, {"K0001-007"}),
            submissions.waiting_for_their_turn(tx, {"K0001-007"}),
        ),
    ),
    "a search by name": lambda store, _: search_people(store, REGION, "siti nur"),
    "a trainer's search": lambda store, _: search_people(store, REGION, "siti nur", {"K0001"}),
    "a search by kelurahan": lambda store, _: search_people(store, REGION, "siti beji"),
    "a search by number": lambda store, _: search_people(store, REGION, "K0001-0"),
    "who is known at the door": lambda store, _: who_it_may_be(
        store, REGION, "K0001", Newcomer("Siti Nurhayati", "Beji", "081234567890")
    ),
    "held hand-ins": lambda store, _: list_hand_ins(store, OFFICER, "held", 0, 100),
    "held hand-ins of a cohort": lambda store, _: _read(
        store, lambda tx: submissions.list_waiting(tx, ["K0001"])
    ),
    "the newest hand-ins": lambda store, _: list_hand_ins(store, OFFICER, "", 0, 100),
    "a trainer's hand-ins": lambda store, _: list_hand_ins(store, TRAINER, "", 0, 100),
    "the newest of the log": lambda store, _: list_events(store, None, None, 100),
    "the log about one number": lambda store, _: list_events(store, "K0001-007", None, 100),
    "a cohort's attempts at a quiz": lambda store, _: _read(
        store, lambda tx: list(outcomes.stream_graded(tx, "K0001", "tes-akhir"))
    ),
    "the analysis of a test": lambda store, course: analyse_quiz(
        store, course, "K0001", "tes-akhir"
    ),
    "the quiz handed in last": lambda store, _: _read(
        store, lambda tx: attempts.newest_quiz(tx, "K0001")
    ),
}
# The index of the few submissions that were held, whoever's they are.
FEW = ("submission", "ix_submission_held")
# Read in the order of the answer, up to a page of it.
IN_ORDER: dict[str, tuple[str, str]] = {
    "held hand-ins": FEW,
    "the newest hand-ins": ("submission", "ix_submission_received"),
    "the newest of the log": ("audit_event", "sqlite_autoindex_audit_event_1"),
}


def _read(store: Store, ask: Callable[[Any], object]) -> object:
    with store.reading() as tx:
        return ask(tx)


@pytest.fixture(scope="module")
def course() -> Course:
    return our_course()


@pytest.fixture(scope="module", params=["as an office has it", "analyzed"])
def full(
    request: pytest.FixtureRequest, course: Course, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """Twelve cohorts of a hundred; and again with statistics, should anybody ever run ANALYZE. They
    are read when a register is opened.
    """
    path = tmp_path_factory.mktemp("penuh") / "register.db"
    with closing(open_store(path, OFFICE)) as store:
        fill(store, course, 12)
    if request.param == "analyzed":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("ANALYZE")
    with closing(open_store(path, OFFICE)) as store:
        yield store


def plans_of(store: Store, asking: Asking, course: Course) -> list[tuple[str, list[str]]]:
    """Every statement that is asked, with SQLite's plan for it."""
    with statements_to(store) as asked:
        asking(store, course)
    assert asked
    with store.reading() as tx:
        planned = (
            (statement, tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values))
            for statement, values in asked
        )
        return [(statement, [step.detail for step in plan]) for statement, plan in planned]


def scans_in(plans: list[tuple[str, list[str]]]) -> set[tuple[str, str | None]]:
    """Big tables that are read from an end, with the index in whose order."""
    found = set()
    for statement, plan in plans:
        names = {alias: table for table, alias in _ALIAS.findall(statement)}
        scans = [
            (scan[1] or scan[3], scan[2] or scan[4]) for step in plan if (scan := _SCAN.match(step))
        ]
        found |= {
            (names.get(table, table), index)
            for table, index in scans
            if names.get(table, table) in BIG
        }
    return found


@pytest.mark.parametrize("asked", ASKED)
def test_no_big_table_is_read_from_end_to_end(full: Store, course: Course, asked: str) -> None:
    plans = plans_of(full, ASKED[asked], course)

    assert scans_in(plans) - {FEW} <= {IN_ORDER.get(asked, FEW)}


@pytest.mark.parametrize("asked", IN_ORDER)
def test_what_is_read_in_order_stops_after_a_page(full: Store, course: Course, asked: str) -> None:
    """Where SQLite sorts, it has read all there is before it can answer."""
    plans = plans_of(full, ASKED[asked], course)

    assert scans_in(plans) == {IN_ORDER[asked]}
    assert [step for _, plan in plans for step in plan if "ORDER BY" in step] == []


def test_coverage_counts_in_indexes_alone(full: Store, course: Course) -> None:
    """It is about everybody, so it reads an index over everybody, but no row of theirs."""
    plans = plans_of(full, lambda store, _: coverage(store, REGION), course)

    assert scans_in(plans) == {("person", "ix_person_counted")}
