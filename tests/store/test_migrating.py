"""An older register becomes a newer one, all or nothing, with a copy kept; a server is migrated
only when told to.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from dirty_equals import Contains
from sqlalchemy import MetaData, select

from psm_course.errors import StoreError
from psm_course.store import migrating
from psm_course.store.engine import Store
from psm_course.store.opening import open_server, open_store
from tests.builders import OFFICE
from tests.register_builders import a_cohort, a_course, completes, register_of
from tests.server import Server
from tests.store.next_release import VERSION, migrations_of_the_next_release


def use_the_next_release(
    monkeypatch: pytest.MonkeyPatch, folder: Path, failing: bool = False
) -> None:
    monkeypatch.setattr(migrating, "MIGRATIONS", migrations_of_the_next_release(folder, failing))
    monkeypatch.setattr(migrating, "HEAD", VERSION)


@pytest.fixture
def database(server: Server, request: pytest.FixtureRequest) -> str:
    """The address of a new, empty database."""
    name = f"d{abs(hash(request.node.name))}"
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    return server.address(name)


def written_today(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """What this release wrote into a new register, which is then closed."""
    a_cohort(store, "Siti Rahayu")
    completes(store, a_course(), "D26-001")
    written = register_of(store)
    store.close()
    return written


def nicknames(store: Store) -> list[tuple[str, str]]:
    tables = MetaData()
    with store.reading() as tx:
        tables.reflect(tx, only=["enrolment"])
        enrolment = tables.tables["enrolment"]
        return [
            (row.number, row.nickname)
            for row in tx.execute(select(enrolment.c.number, enrolment.c.nickname))
        ]


# ---- from one release to the next ----------------------------------------------------------------


def test_an_older_file_is_migrated_with_a_whole_copy_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "register.db"
    written = written_today(open_store(path, OFFICE))
    use_the_next_release(monkeypatch, tmp_path)

    with closing(open_store(path, OFFICE)) as opened:
        assert register_of(opened) == written
        assert nicknames(opened) == [("D26-001", "Siti Rahayu")]

    with closing(sqlite3.connect(path.with_suffix(f".sebelum-{VERSION}.db"))) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert copy.execute("SELECT name FROM enrolment").fetchall() == [("Siti Rahayu",)]


def test_an_older_server_is_migrated_only_when_told_to(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = written_today(open_server(database, OFFICE, migrate=True))
    use_the_next_release(monkeypatch, tmp_path)
    with pytest.raises(StoreError) as refused:
        open_server(database, OFFICE)

    with closing(open_server(database, OFFICE, migrate=True)) as opened:
        assert str(refused.value) == Contains("belum disiapkan", ": psm upgrade")
        assert register_of(opened) == written
        assert nicknames(opened) == [("D26-001", "Siti Rahayu")]


def test_a_new_server_is_prepared_only_when_told_to(database: str) -> None:
    with pytest.raises(StoreError) as refused:
        open_server(database, OFFICE)
    assert str(refused.value) == Contains("belum disiapkan", ": psm db migrate")
    with psycopg.connect(database) as connection:
        assert connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone() == (0,)

    open_server(database, OFFICE, migrate=True).close()

    open_server(database, OFFICE).close()


def test_a_migration_of_a_file_that_fails_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "register.db"
    written_today(open_store(path, OFFICE))
    before = dump(path)
    use_the_next_release(monkeypatch, tmp_path, failing=True)

    with pytest.raises(StoreError):
        open_store(path, OFFICE)

    assert dump(path) == before


def test_a_migration_of_a_server_that_fails_changes_nothing(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = written_today(open_server(database, OFFICE, migrate=True))
    with monkeypatch.context() as newer:
        use_the_next_release(newer, tmp_path, failing=True)
        with pytest.raises(StoreError):
            open_server(database, OFFICE, migrate=True)

    with closing(open_server(database, OFFICE)) as opened:
        assert register_of(opened) == written
        with opened.reading() as tx:
            columns = tx.exec_driver_sql(
                "SELECT column_name FROM information_schema.columns WHERE table_name = 'enrolment'"
            )
            assert "nickname" not in columns.scalars().all()


def test_a_register_whose_making_fails_is_not_half_made(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        # In the way of one of ours.
        connection.execute("CREATE INDEX ix_publication_path ON alembic_version (version_num)")
    before = dump(path)

    with pytest.raises(StoreError):
        open_store(path, OFFICE)

    assert dump(path) == before


def dump(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return json.dumps(list(connection.iterdump()))


# ---- databases that are not a register of ours ---------------------------------------------------


def test_somebody_elses_database_is_left_alone(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE TABLE surat (isi text)")

    with pytest.raises(StoreError, match="milik program lain"):
        open_server(database, OFFICE, migrate=True)


@pytest.mark.parametrize("version", ["0001", "0002"])
def test_a_register_of_the_first_edition_is_left_alone(tmp_path: Path, version: str) -> None:
    path = tmp_path / "register.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE cohort (id TEXT NOT NULL PRIMARY KEY)")
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES (?)", [version])
        connection.commit()
    before = dump(path)

    with pytest.raises(StoreError) as refused:
        open_store(path, OFFICE)

    assert str(refused.value) == Contains("register.db", "edisi pertama", "Pindahkan")
    assert dump(path) == before


def test_a_server_that_is_not_there_is_said() -> None:
    with pytest.raises(StoreError) as refused:
        open_server("postgresql://postgres@/register?host=/tidak-ada", OFFICE)

    assert str(refused.value) == Contains("tidak menjawab", "hubungi pengelola server")


@pytest.mark.tampering
@pytest.mark.parametrize("version", ["0000", "000", "0\x101"])
def test_a_register_of_a_version_that_never_was_is_broken(
    file_store: Store, tmp_path: Path, version: str
) -> None:
    file_store.close()
    with closing(sqlite3.connect(tmp_path / "register.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))

    with pytest.raises(StoreError, match=r"rusak: versinya \(.*\) tidak dikenal\."):
        open_store(tmp_path / "register.db", OFFICE)
