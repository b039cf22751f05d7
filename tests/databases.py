"""The two databases a register may live in,
and an empty register in each, for every test that asks for `store`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, delete, event, insert
from sqlalchemy.dialects import postgresql

from psm_course.store.engine import READING, Store
from psm_course.store.opening import open_server, open_store
from psm_course.store.schema import metadata, office
from psm_course.store.tree import find_epochs
from tests.bound import MARKER, unbound, unbound_in_files
from tests.builders import OFFICE
from tests.server import Server, own_server

DATABASES = ("sqlite", "postgresql")
# As a replica the server runs no triggers, so that even append-only tables can be emptied; deleting
# few rows is far faster than TRUNCATE.
EMPTY = ";".join(
    [
        "SET LOCAL session_replication_role = replica",
        *(
            str(table.delete().compile(dialect=postgresql.dialect()))
            for name, table in metadata.tables.items()
            if name != "office"
        ),
    ]
)


def leaf_index(tx: Connection, event_id: int) -> int:
    """The index of an event in the tree of its epoch."""
    epoch = next(each for each in reversed(find_epochs(tx)) if each.first_event <= event_id)
    return event_id - epoch.first_event


def opened_again(store: Store) -> Store:
    """The same register in another program: connections of its own."""
    url = store.engine.url
    return (
        open_store(Path(str(url.database)), store.office)
        if url.get_backend_name() == "sqlite"
        else open_server(url.render_as_string(hide_password=False), store.office)
    )


@contextmanager
def questions_to(store: Store) -> Iterator[list[str]]:
    """Every SELECT that is asked while the block runs; the lock that makes writers wait is none."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if (
            statement.lstrip().upper().startswith(("SELECT", "WITH"))
            and "pg_advisory" not in statement
        ):
            asked.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(store.engine, "before_cursor_execute", note)


@contextmanager
def statements_to(store: Store) -> Iterator[list[tuple[str, Any]]]:
    """Every SELECT with its values."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append((statement, values))

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(store.engine, "before_cursor_execute", note)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with own_server() as running:
        yield running


@pytest.fixture(scope="session")
def server_register(server: Server) -> Iterator[Store]:
    """One migrated register for all tests: making tables takes a second, emptying them 10 ms."""
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE register")
    store = open_server(server.address("register"), OFFICE, migrate=True)
    yield store
    store.close()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register that nobody wrote to: making its tables takes twelve times as long as copying."""
    path = tmp_path_factory.mktemp("kosong") / "register.db"
    open_store(path, OFFICE).close()
    return path


@pytest.fixture
def file_store(request: pytest.FixtureRequest, tmp_path: Path, empty_file: Path) -> Iterator[Store]:
    """An empty register in a real file."""
    shutil.copyfile(empty_file, tmp_path / "register.db")
    opened = open_store(tmp_path / "register.db", OFFICE)
    yield opened
    opened.close()
    if request.node.get_closest_marker(MARKER) is None:
        assert unbound_in_files(tmp_path) == []


@pytest.fixture
def server_store(request: pytest.FixtureRequest, server_register: Store) -> Iterator[Store]:
    """An empty register on a real server."""
    with server_register.engine.begin() as connection:
        connection.exec_driver_sql(EMPTY)
    yield server_register
    if request.node.get_closest_marker(MARKER) is None:
        assert unbound(server_register.engine) == []


@pytest.fixture(params=DATABASES)
def store(request: pytest.FixtureRequest) -> Store:
    """An empty register: in a real file, and again on a real server."""
    opened: Store = request.getfixturevalue(
        "file_store" if request.param == "sqlite" else "server_store"
    )
    return opened


OTHER_OFFICE = "33.74"


@pytest.fixture
def other_office(store: Store) -> Iterator[Store]:
    """Another city's register in the same database, as empty as ours is when the test begins."""
    with joined(store) as other:
        yield other


@contextmanager
def joined(store: Store) -> Iterator[Store]:
    """The register of one more city in this database, while the block runs."""
    with store.engine.begin() as connection:
        connection.execute(insert(office).values(code=OTHER_OFFICE))
    opened = opened_again(Store(store.engine, OTHER_OFFICE))
    yield opened
    opened.close()
    if store.engine.dialect.name == "postgresql":  # the server is the other tests' too
        with store.engine.begin() as connection:
            connection.exec_driver_sql(EMPTY)
            connection.execute(delete(office).where(office.c.code == OTHER_OFFICE))


@contextmanager
def writers_in(store: Store) -> Iterator[list[str]]:
    """Every transaction begun while the block runs that makes other writers wait."""
    begun: list[str] = []

    def note(connection: Connection) -> None:
        if not connection.get_execution_options().get(READING):
            begun.append("write transaction")

    event.listen(store.engine, "begin", note)
    try:
        yield begun
    finally:
        event.remove(store.engine, "begin", note)


@contextmanager
def somebody_writing(store: Store) -> Iterator[None]:
    """Another program in the middle of a long transaction:
    whoever waits for it, waits for longer than anybody does.
    """
    other = opened_again(store)
    try:
        with other.transaction():
            yield
    finally:
        other.close()
