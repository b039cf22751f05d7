"""A rehearsal beside an office that keeps its register on a server: nothing of it arrives there."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from dirty_equals import Contains

from psm_course.store.opening import open_server, open_store
from tests.builders import OFFICE
from tests.cli.conftest import Psm
from tests.register_builders import register_of
from tests.server import Server


@pytest.fixture
def real(server: Server, monkeypatch: pytest.MonkeyPatch, course: Path) -> str:
    """The address of the office's own register: made ready, empty, and configured."""
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS kantor")
        connection.execute("CREATE DATABASE kantor")
    open_server(server.address("kantor"), OFFICE, migrate=True).close()
    monkeypatch.setenv("PSM_DATABASE", server.address("kantor"))
    return server.address("kantor")


def rows_in(address: str) -> int:
    """Rows of all tables together, but for the office itself."""
    store = open_server(address, OFFICE)
    try:
        return sum(len(rows) for table, rows in register_of(store).items() if table != "office")
    finally:
        store.close()


def people_in(path: Path) -> int:
    store = open_store(path, OFFICE)
    try:
        return len(register_of(store)["enrolment"])
    finally:
        store.close()


def test_the_demo_writes_nothing_into_the_offices_register(
    psm: Psm, course: Path, real: str
) -> None:
    ran = psm("demo", "--once")

    assert (
        "Situs tidak dapat disusun" in ran.err
    )  # the small course has no table of contents; all that is registered came before
    assert people_in(course / "var" / "demo" / "register.db") > 90
    assert rows_in(real) == 0


def test_a_messy_day_writes_nothing_into_the_offices_register(
    psm: Psm, course: Path, real: str
) -> None:
    ran = psm("simulate", "--people", "12", "--into-register")

    assert ran.code == 0
    assert ran.out.endswith(
        f": PSM_DATABASE= PSM_DATA={course / 'var' / 'simulasi'} psm status S001\n"
    )
    assert people_in(course / "var" / "simulasi" / "register.db") > 10
    assert rows_in(real) == 0


def test_a_messy_day_is_not_played_where_the_offices_register_lies(psm: Psm, course: Path) -> None:
    refused = psm("simulate", "--out", "var", "--into-register")

    assert refused == (2, "", Contains("var memuat register kantor"))
    assert not (course / "var").exists()


def test_no_other_course_is_built_into_the_folder_of_an_office(
    psm: Psm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a course here the demo begins one; what it builds, `psm publish` would bring out."""
    here, office = tmp_path / "di-sini", tmp_path / "kantor"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("PSM_DATA", str(office))

    assert psm("demo", "--once").code == 2
    assert [*here.iterdir(), office.exists()] == [False]
