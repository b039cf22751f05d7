"""A newer program and the register of before: it goes along, or stays as it was."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import product
from pathlib import Path
from types import FrameType
from uuid import uuid4

import psycopg
import pytest
from dirty_equals import Contains

from psm_course.errors import Refused, StoreError
from psm_course.registrar.backup.putting_in_place import finish_restore
from psm_course.registrar.backup.restoring import opened_backup
from psm_course.registrar.backup.upgrading import take_back, upgrade
from psm_course.registrar.certificates.keys.backup_key import FILE
from psm_course.settings import Settings
from psm_course.store import audit, migrating
from psm_course.store.backup import REGISTER
from psm_course.store.log.state import log_state
from psm_course.store.opening import open_register, open_server
from psm_course.store.soundness.checking import check_store
from psm_course.store.swapping import find_decided
from psm_course.store.upgrade.alone import open_alone
from tests.databases import DATABASES, OTHER_OFFICE
from tests.register_builders import ACTOR, NOW, register_of
from tests.registrar.backup.offices import PASSPHRASE, an_office, another_laptop, finish
from tests.server import Server
from tests.store.next_release import VERSION, migrations_of_the_next_release

IN_USE = Contains("dipakai program lain", "Hentikan dahulu psm serve")
AS_BEFORE = "Pembaruan dibatalkan: register tetap"
# What an upgrade does, one after the other; it is killed as each begins and as each ends.
# `refuse_if_gone` follows the switch.
STEPS = [
    *product(
        ("changing", "upgrade_within", "check_register_within", "back_up_copy", "_write_facts"),
        ("call", "return"),
    ),
    ("refuse_if_gone", "call"),
]
# Backups are named by the second.
MOMENTS = [NOW + timedelta(seconds=second) for second in range(20)]
STEPS_BACK = (
    [
        *product(("folder_to_lay_in", "decide"), ("call", "return")),
        ("_settle", "call"),
        ("finish", "return"),
    ],
    [*product(("_refuse_newer", "put_rows_back"), ("call", "return")), ("refuse_if_gone", "call")],
)


@pytest.fixture(params=DATABASES)
def office(request: pytest.FixtureRequest, tmp_path: Path, server: Server) -> Settings:
    """An office with certificates; its register is a file, and again on a server of its own."""
    address = "" if request.param == "sqlite" else new_database(server)
    return an_office(tmp_path / "kantor", address)


def new_database(server: Server) -> str:
    """The address of an empty one, which no other test knows."""
    name = f"upgrade_{uuid4().hex}"
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    return server.address(name)


def files_of(office: Settings) -> set[str]:
    """Everything in the office's folder, but what SQLite has beside a register."""
    return {
        path.relative_to(office.data).as_posix()
        for path in office.data.rglob("*")
        if not path.name.endswith(("-wal", "-shm"))
    }


@pytest.fixture
def next_release(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., None]:
    """Installs the program of the next release, with one migration more."""

    def install(failing: bool = False) -> None:
        shutil.rmtree(tmp_path / "migrations", ignore_errors=True)
        monkeypatch.setattr(
            migrating, "MIGRATIONS", migrations_of_the_next_release(tmp_path, failing)
        )
        monkeypatch.setattr(migrating, "HEAD", VERSION)

    return install


def version_of(office: Settings) -> str:
    with open_alone(office) as (_, at):
        return at


def contents_of(office: Settings) -> tuple[object, object]:
    """All rows and the log, as they are whatever the version."""
    with open_alone(office) as (store, _):
        with store.reading() as tx:
            log = log_state(tx)
        return register_of(store), log


def nicknames(office: Settings) -> list[str]:
    with open_alone(office) as (store, _), store.reading() as tx:
        return list(tx.exec_driver_sql("SELECT nickname FROM enrolment ORDER BY number").scalars())


# ---- along with the program ----------------------------------------------------------------------


def test_the_register_goes_along_after_a_backup_and_a_check(
    office: Settings, next_release: Callable[..., None], tmp_path: Path
) -> None:
    before = contents_of(office)
    next_release()

    done = upgrade(office, NOW)

    assert (done.before, done.after, done.found.problems) == ("0001", VERSION, ())
    assert (version_of(office), contents_of(office)) == (VERSION, before)
    assert nicknames(office)[:2] == ["Siti Rahayu", "Ujang Hidayat"]
    assert done.backup is not None
    with opened_backup(another_laptop(tmp_path / "lain", office), done.backup, PASSPHRASE) as laid:
        assert register_of(laid.store) == before[0]
    assert done.aside is not None
    with closing(sqlite3.connect(done.aside / REGISTER)) as kept:
        assert kept.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)


def test_one_that_is_up_to_date_is_backed_up_and_checked(office: Settings) -> None:
    before = contents_of(office)

    done = upgrade(office, NOW)

    assert (done.before, done.after, done.aside) == ("0001", "0001", None)
    assert done.backup is not None
    assert done.backup.is_file()
    assert contents_of(office) == before


def test_an_office_without_a_key_keeps_its_old_register(
    office: Settings, next_release: Callable[..., None]
) -> None:
    (office.keys / FILE).unlink()
    next_release()

    done = upgrade(office, NOW)

    assert done.backup is None
    assert done.aside is not None
    assert (done.aside / REGISTER).is_file()
    assert version_of(office) == VERSION


def test_only_the_last_register_is_kept_aside(
    office: Settings, next_release: Callable[..., None]
) -> None:
    (office.data / "sebelum-upgrade-20200101-000000").mkdir()  # of one that was killed
    next_release()

    done = upgrade(office, NOW)

    assert list(office.data.glob("sebelum-upgrade-*")) == [done.aside]


# ---- or as before --------------------------------------------------------------------------------


def test_a_migration_that_fails_leaves_everything_as_it_was(
    office: Settings, next_release: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, files = contents_of(office), files_of(office)
    with monkeypatch.context():
        next_release(failing=True)
        with pytest.raises(StoreError, match=AS_BEFORE):
            upgrade(office, NOW)
        assert version_of(office) == "0001"

    assert contents_of(office) == before
    assert files_of(office) == files


@pytest.mark.tampering
def test_a_register_that_does_not_fit_stays_as_it_was(
    office: Settings, next_release: Callable[..., None]
) -> None:
    with open_alone(office) as (store, _), store.transaction() as tx:
        tx.exec_driver_sql("UPDATE enrolment SET name = 'Orang Lain' WHERE number = 'D26-001'")
    before, files = contents_of(office), files_of(office)
    next_release()

    with pytest.raises(StoreError) as refused:
        upgrade(office, NOW)

    assert "diubah di luar program" in str(refused.value)
    assert str(refused.value).endswith("lalu hubungi pengelola.")
    assert (version_of(office), contents_of(office)) == ("0001", before)
    assert files_of(office) == files


def test_a_register_in_use_is_not_touched(
    office: Settings, next_release: Callable[..., None]
) -> None:
    with open_register(office) as desk:
        with desk.reading() as tx:
            log_state(tx)
        next_release()
        for verb in (upgrade, take_back):
            with pytest.raises(Refused) as refused:
                verb(office, NOW)
            said = str(refused.value)
            assert said == IN_USE or said.startswith("Tidak ada pembaruan")
    assert version_of(office) == "0001"


def test_an_office_without_a_register_gets_none(tmp_path: Path) -> None:
    office = Settings(tmp_path, tmp_path / "var", "32.76")

    with pytest.raises(Refused, match=r"^Belum ada register"):
        upgrade(office, NOW)

    assert list(tmp_path.iterdir()) == []


def test_a_server_that_does_not_answer_is_said(office: Settings) -> None:
    away = replace(office, database="postgresql://psm@/register?host=/tidak-ada")

    with pytest.raises(StoreError, match=r"^Server register tidak menjawab"):
        upgrade(away, NOW)


# ---- and back ------------------------------------------------------------------------------------


def test_it_can_be_taken_back(
    office: Settings, next_release: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents_of(office)
    with monkeypatch.context():
        next_release()
        upgrade(office, NOW)
        assert take_back(office, NOW) == "0001"

    monkeypatch.undo()
    assert (version_of(office), contents_of(office)) == ("0001", before)
    with open_register(office) as store:  # this release's program works in it, and finds it whole
        assert check_store(store).problems == ()
        assert len(finish(store, office, "D26-003")) == 1
    assert list(office.data.glob("sebelum-upgrade-*")) == []


def test_it_is_not_taken_back_once_something_was_written(
    office: Settings, next_release: Callable[..., None]
) -> None:
    next_release()
    upgrade(office, NOW)
    with open_register(office) as store, store.transaction() as tx:
        audit.note(tx, ACTOR, "cards printed", "D26", NOW)
    before = contents_of(office)

    with pytest.raises(Refused, match="sudah ada 1 catatan baru"):
        take_back(office, NOW)

    assert (version_of(office), contents_of(office)) == (VERSION, before)


def test_what_was_never_upgraded_is_not_taken_back(office: Settings) -> None:
    with pytest.raises(Refused, match=r"^Tidak ada pembaruan"):
        take_back(office, NOW)


def test_a_database_of_several_offices_is_not_taken_back(
    tmp_path: Path, server: Server, next_release: Callable[..., None]
) -> None:
    address = new_database(server)
    office = an_office(tmp_path / "kantor", address)
    with closing(open_server(address, OTHER_OFFICE, migrate=True)) as neighbour:
        with neighbour.reading() as tx:
            log_state(tx)
        next_release()
        with pytest.raises(Refused) as refused:
            upgrade(office, NOW)

    upgrade(office, NOW)
    with pytest.raises(Refused, match="dipakai beberapa kantor"):
        take_back(office, NOW)

    assert str(refused.value) == IN_USE
    assert version_of(office) == VERSION


# ---- killed --------------------------------------------------------------------------------------


def killed_at(verb: Callable[[], object], step: str, when: str) -> bool:
    """Do it in a process that kills itself as a step begins or ends; whether it came so far."""
    process = os.fork()
    if process == 0:
        try:
            sys.setprofile(lambda frame, event, _: _kill(frame, event, step, when))
            verb()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) in {0, -signal.SIGKILL}
    return os.WIFSIGNALED(status)


def _kill(frame: FrameType, event: str, step: str, when: str) -> None:
    if event == when and frame.f_code.co_name == step:
        os.kill(os.getpid(), signal.SIGKILL)


def settled(office: Settings) -> Settings:
    """Wait until the server has noticed that the program died, and undone what that had begun."""
    if office.database:
        with psycopg.connect(office.database, autocommit=True) as connection:
            others = (
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            while connection.execute(others).fetchone() != (0,):
                time.sleep(0.02)
    return office


def test_killed_at_any_step_it_is_done_or_as_before(
    office: Settings, next_release: Callable[..., None]
) -> None:
    before, found = contents_of(office), {}
    next_release()

    for moment, (step, when) in zip(MOMENTS, STEPS, strict=False):
        assert killed_at(partial(upgrade, office, moment), step, when)
        found[step, when] = version_of(settled(office))
        assert contents_of(office) == before

    assert [found[each] for each in STEPS] == ["0001"] * (len(STEPS) - 1) + [VERSION]
    assert upgrade(office, NOW + timedelta(hours=1)).found.problems == ()
    # What was killed after the switch can be taken back as well.
    assert take_back(office, NOW) == "0001"
    assert contents_of(office) == before


def test_killed_while_it_is_taken_back_it_is_done_or_as_before(
    office: Settings, next_release: Callable[..., None]
) -> None:
    before, found = contents_of(office), []
    next_release()

    for moment, (step, when) in zip(MOMENTS, STEPS_BACK[bool(office.database)], strict=False):
        if version_of(office) == "0001":
            upgrade(office, moment)
        assert killed_at(partial(take_back, office, moment), step, when)
        if find_decided(settled(office).data):
            with pytest.raises(Refused, match=r"Selesaikan dahulu: psm restore --finish$"):
                upgrade(office, NOW)
            assert finish_restore(office)
        found.append(version_of(office))
        assert contents_of(office) == before

    assert set(found) == {"0001", VERSION}
    assert found == sorted(found, reverse=True)


def test_a_table_of_somebody_else_on_the_server_is_never_taken_away(
    tmp_path: Path, server: Server, next_release: Callable[..., None]
) -> None:
    office = an_office(tmp_path / "kantor", new_database(server))
    next_release()
    upgrade(office, NOW)
    before = contents_of(office)
    with psycopg.connect(office.database, autocommit=True) as connection:
        connection.execute("CREATE TABLE milik_orang (isi text)")

    with pytest.raises(Refused, match=r"tabel lain .*: milik_orang\..* server memindahkannya"):
        take_back(office, NOW)

    assert (version_of(office), contents_of(office)) == (VERSION, before)
