"""An old register becomes a new one, all or nothing, with a copy kept; a server is migrated only when told to."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, text

from psm_course.domain.register import Cohort, CompletionRecord, Enrolment
from psm_course.errors import StoreError
from psm_course.store import audit
from psm_course.store.attendance import attendance
from psm_course.store.certificates import records
from psm_course.store.engine import Store
from psm_course.store.migrating import HEAD, MIGRATIONS
from psm_course.store.opening import open_server, open_store
from psm_course.store.people import people
from tests.builders import OFFICE
from tests.register_builders import DEPOK, NOW
from tests.server import Server

AT = "2026-11-24 02:00:00.000000"
OLD_ROWS = (
    ("cohort", {"id": "D25", "title": "Angkatan 25", "starts_on": "2025-11-24"}),
    ("enrolment", {"number": "D25-001", "cohort": "D25", "name": "Siti Rahayu", "kelurahan": DEPOK}),
    ("attendance_mark", {"number": "D25-001", "session": "buka", "presence": "present", "marked_at": AT}),
    (
        "record",
        {"number": "R/1", "year": 2026, "sequence": 1, "participant": "D25-001", "kind": "passed", "issued_at": AT, "content": "{}"},
    ),
    ("audit_event", {"at": AT, "actor": "petugas", "verb": "cohort opened", "subject": "D25", "detail": "{}"}),
    ("audit_event", {"at": AT, "actor": "petugas", "verb": "record issued", "subject": "D25-001", "detail": '{"record": "R/1"}'}),
)


def made_by_the_first_release(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for table, row in OLD_ROWS:
            names = ", ".join(row)
            values = ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)  # noqa: S608 - our own names
    engine.dispose()


def what_it_holds(store: Store) -> dict[str, Any]:
    with store.reading() as tx:
        return {
            "cohorts": people.list_cohorts(tx),
            "people": people.list_enrolments(tx, "D25"),
            "cards": len(people.tokens_of_cohort(tx, "D25")["D25-001"]),
            "presence": attendance.presence_of_cohort(tx, "D25"),
            "records": records.records_of_cohort(tx, "D25"),
            "events": [(event.verb, event.subject, event.detail) for event in audit.list_events(tx)],
            "chain": (audit.check_chain(tx).events, audit.check_chain(tx).broken_at),
        }


MIGRATED = {
    "cohorts": (Cohort("D25", "Angkatan 25", date(2025, 11, 24)),),
    "people": (Enrolment("D25-001", "D25", "Siti Rahayu", DEPOK),),
    "cards": 22,
    "presence": {"D25-001": {"buka": "present"}},
    "records": (CompletionRecord("R/1", "D25-001", "passed", NOW, {}),),
    "events": [("record issued", "D25-001", {"record": "R/1"}), ("cohort opened", "D25", {})],
    "chain": (2, None),
}


def test_an_old_file_is_migrated_with_a_whole_copy_kept(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    made_by_the_first_release(create_engine(f"sqlite:///{path}"))

    opened = open_store(path, OFFICE)

    assert what_it_holds(opened) == MIGRATED
    opened.close()
    with sqlite3.connect(path.with_suffix(f".sebelum-{HEAD}.db")) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert copy.execute("SELECT name FROM enrolment").fetchall() == [("Siti Rahayu",)]


@pytest.fixture
def database(server: Server, request: pytest.FixtureRequest) -> str:
    """The address of a new, empty database."""
    name = f"d{abs(hash(request.node.name))}"
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    return server.address(name)


def test_an_old_server_is_migrated_only_when_told_to(database: str) -> None:
    made_by_the_first_release(create_engine(database.replace("postgresql:", "postgresql+psycopg:")))
    with pytest.raises(StoreError) as refused:
        open_server(database, OFFICE)

    opened = open_server(database, OFFICE, migrate=True)

    assert str(refused.value) == "Database register belum disiapkan untuk versi program ini. Jalankan: psm db migrate"
    assert what_it_holds(opened) == MIGRATED
    opened.close()


def test_somebody_elses_database_is_left_alone(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE TABLE surat (isi text)")

    with pytest.raises(StoreError, match=r"milik program lain, bukan register\. Tidak ada yang diubah\."):
        open_server(database, OFFICE, migrate=True)


def test_a_server_that_is_not_there_is_said() -> None:
    with pytest.raises(StoreError) as refused:
        open_server("postgresql://postgres@/register?host=/tidak-ada", OFFICE)

    assert str(refused.value) == (
        "Server register tidak menjawab; tidak ada yang berubah. Tunggu sebentar, lalu ulangi; bila tetap begitu, hubungi pengelola server."
    )


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    made_by_the_first_release(create_engine(f"sqlite:///{path}"))
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE publication (id integer)")  # in the way of the last table that the migration makes
    before = json.dumps(list(connection.iterdump()))
    connection.close()

    with pytest.raises(StoreError):
        open_store(path, OFFICE)

    with sqlite3.connect(path) as connection:
        assert json.dumps(list(connection.iterdump())) == before
