"""The two databases a register may live in, and an empty register in each, for every test that asks for `store`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from psm_course.store.engine import Store
from psm_course.store.opening import open_server, open_store
from psm_course.store.schema import metadata
from tests.server import Server, own_server

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with own_server() as running:
        yield running


@pytest.fixture(scope="session")
def server_register(server: Server) -> Iterator[Store]:
    """One migrated register for all tests: making tables takes a second, emptying them a hundredth of it."""
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE register")
    store = open_server(server.address("register"), migrate=True)
    yield store
    store.close()


@pytest.fixture(params=DATABASES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty register: in a real file, and again on a real server."""
    if request.param == "sqlite":
        opened = open_store(tmp_path / "register.db")
        yield opened
        opened.close()
        return
    opened = request.getfixturevalue("server_register")
    tables = ", ".join(f'"{table}"' for table in metadata.tables)
    with opened.engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
    yield opened
