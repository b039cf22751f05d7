"""One busy office for this room's tests, in a file and on a server; each falsifies a copy."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from psm_course.settings import Settings
from psm_course.store.opening import open_server, open_store
from tests.builders import OFFICE
from tests.registrar.soundness.office import a_busy_office, where
from tests.server import Server

TEMPLATE, COPY = "kantor_asli", "kantor_palsu"


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The office's folder: keys and the cards' secret."""
    return where(tmp_path_factory.mktemp("kantor"))


@pytest.fixture(scope="session")
def office_file(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Path:
    folder = tmp_path_factory.mktemp("berkas")
    with closing(open_store(folder / "register.db", OFFICE)) as store:
        a_busy_office(store, settings, folder)
    return folder / "register.db"


@pytest.fixture(scope="session")
def office_on_server(
    tmp_path_factory: pytest.TempPathFactory, settings: Settings, server: Server
) -> Server:
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
    with closing(open_server(server.address(TEMPLATE), OFFICE, migrate=True)) as store:
        a_busy_office(store, settings, tmp_path_factory.mktemp("server"))
    return server


@pytest.fixture
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A copy of the office's register to falsify, where SQLAlchemy finds it."""
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("office_file"), tmp_path / "register.db")
        return f"sqlite:///{tmp_path / 'register.db'}"
    server: Server = request.getfixturevalue("office_on_server")
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {COPY} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {COPY} TEMPLATE {TEMPLATE}")
    return server.address(COPY).replace("postgresql:", "postgresql+psycopg:")
