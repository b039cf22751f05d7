"""Two cities in one database, with cohorts, numbers and accounts of the same names: neither sees or
moves anything of the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from dirty_equals import Contains
from sqlalchemy import Connection, Integer, update

from psm_course.domain.accounts import Account
from psm_course.errors import Refused
from psm_course.registrar.answers.deciding import list_held
from psm_course.registrar.certificates.correcting import revoke
from psm_course.registrar.completion.overriding import observe, override
from psm_course.registrar.people.overview import coverage
from psm_course.registrar.people.privacy import erase_person, export_person
from psm_course.settings import Settings
from psm_course.store import accounts, audit
from psm_course.store.backup import back_up, copy_rows
from psm_course.store.certificates import publications, records
from psm_course.store.engine import Store
from psm_course.store.opening import offices_in, open_server, open_store
from psm_course.store.people import people
from psm_course.store.people.traces import traces_of
from psm_course.store.rows import add, ours
from psm_course.store.schema import audit_event, metadata, publication
from psm_course.store.soundness.checking import check_store
from psm_course.store.soundness.events import check_chain
from tests.builders import OFFICE, REGION
from tests.databases import OTHER_OFFICE
from tests.register_builders import (
    ACTOR,
    NOW,
    a_cohort,
    a_course,
    a_criterion,
    a_hand_in,
    a_signer,
    adopts,
    arranging,
    completes,
    hands_in,
    issues,
    register_of,
)
from tests.server import Server

COURSE = a_course(rubric=(a_criterion("sapa", 3),))
OURS, THEIRS = "Siti Rahayu", "Tuti Semarang"


def rows_of(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of one office."""
    with store.reading() as tx:
        tables = [table for table in metadata.sorted_tables if "office" in table.c]
        return {
            table.name: [
                tuple(row)
                for row in tx.execute(ours(tx, table.select()).order_by(*table.primary_key)).all()
            ]
            for table in tables
        }


def everything_happens(store: Store, name: str) -> list[str]:
    """Two people under the same numbers in every city, one of whom gets a record; its number."""
    a_cohort(store, name, f"{name} Muda")
    adopts(store, COURSE)
    completes(store, COURSE, "D26-001")
    hands_in(store, COURSE, a_hand_in("D26-002", "tidak-ada"))
    observe(store, "D26-001", "sapa", 4, ACTOR, NOW)
    override(
        store, "D26-002", "hadir", met=True, reason="hadir di angkatan lain", actor=ACTOR, now=NOW
    )
    with arranging(store) as tx:
        accounts.add_account(
            tx, Account("budi", "pelatih", cohorts=frozenset({"D26"})), "no password opens this"
        )
        accounts.add_sign_in(tx, "sama", "budi", "token", NOW + timedelta(hours=1))
        accounts.add_failures(tx, ["budi"], NOW)
    return issues(store, COURSE)


def test_numbers_count_apart(store: Store, other_office: Store) -> None:
    mine, theirs = everything_happens(store, OURS), everything_happens(other_office, THEIRS)

    assert mine == theirs == ["800.2/0001/PSM-DASAR/XI/2026"]
    here, there = rows_of(store), rows_of(other_office)
    assert {name: len(rows) for name, rows in here.items()} == {
        name: len(rows) for name, rows in there.items()
    }
    counted = (
        table
        for table in metadata.sorted_tables
        if isinstance(getattr(table.c.get("id"), "type", None), Integer)
    )
    for table in counted:
        numbers = [row[list(table.c.keys()).index("id")] for row in there[table.name]]
        assert numbers == list(range(1, len(numbers) + 1)), table.name


def test_nothing_of_the_other_city_is_seen_or_moved(store: Store, other_office: Store) -> None:
    everything_happens(store, OURS)
    rows, seen = rows_of(store), seen_in(store)
    assert OURS in str(seen)

    (theirs,) = everything_happens(other_office, THEIRS)
    hands_in(other_office, COURSE, a_hand_in("D26-002", id="D26-002/lagi"))
    revoke(other_office, a_signer(), [theirs], "hadirnya keliru", ACTOR, NOW)
    with arranging(other_office) as tx:
        add(
            tx,
            publication,
            [{"path": "status/1.json", "document": "{}", "published_at": NOW.replace(tzinfo=None)}],
        )
        accounts.set_open(tx, "budi", is_open=False)
        accounts.end_sign_ins_of(tx, "budi")
        accounts.forget_failures(tx, "budi")

    assert rows_of(store) == rows
    assert seen_in(store) == seen


def seen_in(store: Store) -> list[Any]:
    """What the office's lists and counts say."""
    with store.reading() as tx:
        return [
            accounts.list_accounts(tx),
            accounts.has_accounts(tx),
            accounts.find_sign_in(tx, "sama"),
            accounts.count_failures(tx, "budi", NOW - timedelta(days=1)),
            publications.list_publications(tx),
            records.list_ends(tx),
            records.last_sequence(tx, "bimtek", 2026),
            records.next_position(tx),
            people.count_persons(tx),
            traces_of(tx, ["D26-001"]),
            audit.list_events(tx),
            check_chain(tx),
            coverage(store, REGION),
            list_held(store),
        ]


def test_whoever_is_erased_in_one_city_stays_in_the_other(
    store: Store, other_office: Store, tmp_path: Path
) -> None:
    everything_happens(store, OURS)
    everything_happens(other_office, THEIRS)
    rows = rows_of(store)

    erase_person(other_office, Settings(data=tmp_path), "D26-001", "diminta pemiliknya", ACTOR, NOW)

    assert rows_of(store) == rows
    assert THEIRS not in {row[2] for row in register_of(other_office)["enrolment"]}
    assert OURS in str(export_person(store, "D26-001", ACTOR, NOW))
    assert THEIRS not in str(export_person(store, "D26-002", ACTOR, NOW))


def test_each_city_has_a_chain_of_its_own(store: Store, other_office: Store) -> None:
    everything_happens(store, OURS)
    everything_happens(other_office, THEIRS)

    assert check_store(store).problems == check_store(other_office).problems == ()
    assert check_store(store).events == len(rows_of(store)["audit_event"]) == 12


@contextmanager
def without_the_trigger(connection: Connection, name: str) -> Iterator[None]:
    """It is there again afterwards, as whoever tampers would see to: it belongs to all cities."""
    if connection.dialect.name == "sqlite":
        made = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?", (name,)
        ).scalar_one()
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
        yield
        connection.exec_driver_sql(made)
    else:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        yield


def test_a_broken_chain_is_the_trouble_of_its_own_city(store: Store, other_office: Store) -> None:
    everything_happens(store, OURS)
    everything_happens(other_office, THEIRS)
    with (
        other_office.engine.begin() as connection,
        without_the_trigger(connection, "audit_event_no_update"),
    ):
        connection.execute(
            update(audit_event)
            .where(audit_event.c.office == OTHER_OFFICE, audit_event.c.id == 2)
            .values(actor="lain")
        )

    assert [
        problem.row
        for problem in check_store(other_office).problems
        if problem.table == "audit_event"
    ] == ["2"]
    assert not [
        problem for problem in check_store(store).problems if problem.table == "audit_event"
    ]


def test_a_backup_holds_one_city(store: Store, other_office: Store, tmp_path: Path) -> None:
    everything_happens(store, OURS)
    everything_happens(other_office, THEIRS)

    back_up(other_office, tmp_path / "semarang.db")

    with closing(open_store(tmp_path / "semarang.db", OTHER_OFFICE)) as copy:
        assert rows_of(copy) == rows_of(other_office)
        assert {row[0] for rows in rows_of(copy).values() for row in rows} == {OTHER_OFFICE}
        assert OURS not in str(register_of(copy))
        assert check_store(copy).problems == ()
    assert OURS.encode() not in (tmp_path / "semarang.db").read_bytes()


# ---- files poured together later -----------------------------------------------------------------


@pytest.fixture
def cities(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two cities, each with a file of its own."""
    with (
        closing(open_store(tmp_path / "depok.db", OFFICE)) as depok,
        closing(open_store(tmp_path / "semarang.db", OTHER_OFFICE)) as semarang,
    ):
        everything_happens(depok, OURS)
        everything_happens(semarang, THEIRS)
        yield depok, semarang


def test_two_cities_files_fit_into_one_database_unchanged(
    cities: tuple[Store, Store], store: Store, other_office: Store
) -> None:
    depok, semarang = cities

    for source, target in ((depok, store), (semarang, other_office)):
        with source.reading() as rows, arranging(target) as tx:
            copy_rows(rows, tx)

    assert rows_of(store) == rows_of(depok)
    assert rows_of(other_office) == rows_of(semarang)
    assert check_store(store).problems == check_store(other_office).problems == ()
    hands_in(other_office, COURSE, a_hand_in("D26-002", "tes-akhir", id="sesudah digabung"))
    assert rows_of(store) == rows_of(depok)


# ---- whose register it is ------------------------------------------------------------------------


def test_another_citys_file_is_refused_and_left_alone(file_store: Store, tmp_path: Path) -> None:
    a_cohort(file_store, OURS)
    before = register_of(file_store)

    with pytest.raises(Refused) as refused:
        open_store(tmp_path / "register.db", OTHER_OFFICE)

    assert str(refused.value) == Contains(
        "milik kantor 32.76, bukan 33.74", "modules/wilayah.yml", "psm.toml", "psm db migrate"
    )
    assert register_of(file_store) == before


def test_a_register_of_one_city_is_opened_without_saying_which(
    file_store: Store, tmp_path: Path
) -> None:
    with closing(open_store(tmp_path / "register.db")) as opened:
        assert opened.office == OFFICE


def test_a_new_register_of_no_city_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"^Kantor mana .* kode Kemendagri"):
        open_store(tmp_path / "baru.db")

    open_store(
        tmp_path / "baru.db", OFFICE
    ).close()  # its owner does as told, and is not refused by a register of nobody
    with closing(open_store(tmp_path / "baru.db")) as store:
        assert store.office == OFFICE


def test_a_second_city_joins_a_server_only_when_told_to(server: Server) -> None:
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS bersama")
        connection.execute("CREATE DATABASE bersama")
    address = server.address("bersama")
    open_server(address, OFFICE, migrate=True).close()
    with pytest.raises(Refused, match=r"milik kantor 32\.76, bukan 33\.74\."):
        open_server(address, OTHER_OFFICE)

    with closing(open_server(address, OTHER_OFFICE, migrate=True)) as joined:
        assert offices_in(joined) == (OFFICE, OTHER_OFFICE)
    with closing(open_server(address, OTHER_OFFICE)) as again:
        assert again.office == OTHER_OFFICE
    with pytest.raises(Refused, match="belum diketahui"):
        open_server(address)
