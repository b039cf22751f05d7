"""The register deleted or exchanged under a running office: phones are told so, and nobody gets a
receipt for what would be gone.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from psm_course.errors import StoreError
from psm_course.store.engine import Store
from psm_course.store.opening import open_store
from tests.builders import OFFICE
from tests.faults.bursts import troubles_of
from tests.load.conftest import a_database
from tests.load.office import an_office, open_register
from tests.load.phones import documents, enrolled, hand_in_all, spread
from tests.register_builders import a_cohort, enrolled_in, register_of
from tests.server import Server

GONE = "Berkas register hilang atau"
NO_DATABASE = "Database register tidak ada"


def held_by(database: str, count: int) -> list[bytes]:
    store = open_register(database)
    held = documents(enrolled(store, count))
    store.close()
    return held


def deleted_with_its_log(register: Path) -> None:
    for path in register.parent.glob(f"{register.name}*"):
        path.unlink()


def only_its_log_deleted(register: Path) -> None:
    register.with_name(f"{register.name}-wal").unlink()


def exchanged_for_a_backup(register: Path) -> None:
    copy = register.with_name("cadangan.db")
    shutil.copyfile(register, copy)
    copy.replace(register)


@pytest.mark.parametrize("happens", [only_its_log_deleted, exchanged_for_a_backup])
def test_no_receipt_for_what_is_written_into_a_file_that_is_gone(
    tmp_path: Path, happens: Callable[[Path], None]
) -> None:
    register = tmp_path / "register.db"
    held = held_by(str(register), 8)

    with an_office(str(register)) as office:
        before = hand_in_all(office.port, spread(held[:4], within=0.1))
        happens(register)
        after = hand_in_all(office.port, spread(held[4:], within=0.1))

    assert Counter(answer.status for answer in before) == {200: 5}
    assert Counter((answer.status, answer.body.get("receipt")) for answer in after) == {
        (503, None): 5
    }
    assert all(answer.body["error"].startswith(GONE) for answer in after)
    assert all("tidak diterima" in answer.body["error"] for answer in after)


def test_what_was_in_a_deleted_file_is_rescued_when_the_program_stops(tmp_path: Path) -> None:
    """And no empty file is made in its place, as SQLite does:
    the next start would take it for a new register.
    """
    register = tmp_path / "register.db"
    held = held_by(str(register), 8)

    with an_office(str(register)) as office:
        before = hand_in_all(office.port, spread(held[:4], within=0.1))
        deleted_with_its_log(register)
        after = hand_in_all(office.port, spread(held[4:], within=0.1))

    assert Counter((answer.status, answer.body.get("receipt")) for answer in after) == {
        (503, None): 5
    }
    assert [path.name for path in tmp_path.iterdir()] == ["register-diselamatkan.db"]
    rescued = open_store(tmp_path / "register-diselamatkan.db", OFFICE)
    assert {row[1] for row in register_of(rescued)["attempt"]} == {answer.id for answer in before}
    assert troubles_of(rescued) == ()
    rescued.close()


def test_put_back_in_its_place_the_file_is_good_again(file_store: Store, tmp_path: Path) -> None:
    register, away = tmp_path / "register.db", tmp_path / "register-lama.db"
    register.rename(away)
    with pytest.raises(StoreError, match=GONE), file_store.reading():
        pass
    away.rename(register)

    a_cohort(file_store, "Siti")

    assert len(enrolled_in(file_store)) == 1


def test_a_file_that_goes_between_writing_and_answering_is_noticed(tmp_path: Path) -> None:
    register = tmp_path / "register.db"
    store = open_store(register, OFFICE)

    def write_while_it_goes() -> None:
        with store.transaction():
            register.unlink()

    with pytest.raises(StoreError, match=GONE):
        write_while_it_goes()
    store.close()


def dropped(server: Server) -> None:
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE hilang WITH (FORCE)")


def exchanged(server: Server) -> None:
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute("ALTER DATABASE hilang ALLOW_CONNECTIONS false")
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'hilang'"
        )
        connection.execute("CREATE DATABASE salinan TEMPLATE hilang")
        connection.execute("DROP DATABASE hilang WITH (FORCE)")
        connection.execute("ALTER DATABASE salinan RENAME TO hilang")


def test_no_receipt_from_a_server_whose_database_is_gone(server: Server) -> None:
    database = a_database(server, "hilang")
    held = held_by(database, 8)

    with an_office(database) as office:
        before = hand_in_all(office.port, spread(held[:4], within=0.1))
        dropped(server)
        after = hand_in_all(office.port, spread(held[4:], within=0.1))

    assert Counter(answer.status for answer in before) == {200: 5}
    assert Counter((answer.status, answer.body.get("receipt")) for answer in after) == {
        (503, None): 5
    }
    assert after[-1].body["error"].startswith(NO_DATABASE)
    assert "tidak diterima" in after[-1].body["error"]


def test_another_database_of_the_same_name_is_refused(server: Server) -> None:
    store = open_register(a_database(server, "hilang"))
    exchanged(server)

    with pytest.raises(StoreError, match=NO_DATABASE), store.transaction():
        pass
    store.close()


def test_a_receipt_is_on_the_servers_disk_where_its_keeper_has_switched_that_off(
    server: Server,
) -> None:
    database = a_database(server, "lekas")
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute("ALTER DATABASE lekas SET synchronous_commit = off")

    store: Store = open_register(database)
    with store.transaction() as tx:
        commits = tx.exec_driver_sql("SHOW synchronous_commit").scalar_one()
    store.close()

    assert commits == "on"
