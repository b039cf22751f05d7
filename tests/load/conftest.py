"""A database of its own for each test: the office opens it in another process, again and again."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.databases import DATABASES
from tests.server import Server


def a_database(server: Server, name: str) -> str:
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        for what in (f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"'):
            connection.execute(what)  # type: ignore[call-overload]
    return server.address(name)


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A file, and again the address of a database on a server."""
    if request.param == "sqlite":
        return str(tmp_path / "register.db")
    return a_database(request.getfixturevalue("server"), "beban")
