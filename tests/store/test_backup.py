"""A whole copy of a register in use, and the check that names the first broken row."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from psm_course.errors import Refused, StoreError
from psm_course.store import audit
from psm_course.store.backup import back_up
from psm_course.store.engine import Store, own_errors
from psm_course.store.opening import open_store
from psm_course.store.soundness import check_soundness
from tests.builders import OFFICE
from tests.register_builders import ACTOR, NOW, a_cohort, a_course, arranging, completes, register_of


def test_a_backup_is_a_register_with_every_row(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti Rahayu", "Ujang")
    completes(store, a_course(), "D26-001")

    back_up(store, tmp_path / "cadangan" / "satu.db")

    copy = open_store(tmp_path / "cadangan" / "satu.db", OFFICE)
    assert in_any_order(copy) == in_any_order(store)
    assert check_soundness(copy) == check_soundness(store)
    copy.close()
    assert [path.name for path in (tmp_path / "cadangan").iterdir()] == ["satu.db"]


def in_any_order(store: Store) -> dict[str, list[str]]:
    return {table: sorted(map(str, rows)) for table, rows in register_of(store).items()}


def test_a_backup_holds_one_moment_while_others_write(store: Store, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            with arranging(store) as tx:
                audit.note(tx, ACTOR, "one", "a", NOW)
                audit.note(tx, ACTOR, "two", "a", NOW)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for name in ("satu.db", "dua.db"):
            back_up(store, tmp_path / name)
    finally:
        stop.set()
        writer.join()

    for name in ("satu.db", "dua.db"):
        copy = open_store(tmp_path / name, OFFICE)
        found = check_soundness(copy)
        copy.close()
        assert found.troubles == ()
        assert found.chain.events % 2 == 0


def test_a_backup_of_a_file_that_is_no_register_any_more_is_a_sentence(file_store: Store, tmp_path: Path) -> None:
    file_store.close()  # and with it the write-ahead log, which would still hold the register
    Path(str(file_store.engine.url.database)).write_bytes(b"bukan register" * 100)

    with pytest.raises(StoreError, match=r"^Berkas register rusak atau bukan register\. Pakai cadangan terakhir\.$"):
        back_up(file_store, tmp_path / "cadangan.db")

    assert list(tmp_path.glob("cadangan.db*")) == []


def test_a_disk_that_fills_up_while_copying_is_a_sentence(tmp_path: Path) -> None:
    """SQLite says the same of a limit of pages as of a full disk; copying works without SQLAlchemy."""
    with (
        pytest.raises(StoreError, match=r"^Penyimpanan penuh; tidak ada yang berubah\. Kosongkan ruang, lalu ulangi\.$"),
        own_errors(),
        closing(sqlite3.connect(tmp_path / "penuh.db")) as target,
    ):
        target.executescript("PRAGMA max_page_count=1; CREATE TABLE penuh (x)")


def test_a_backup_never_overwrites(file_store: Store, tmp_path: Path) -> None:
    (tmp_path / "lama.db").write_bytes(b"lama")

    with pytest.raises(Refused, match="sudah ada"):
        back_up(file_store, tmp_path / "lama.db")

    assert (tmp_path / "lama.db").read_bytes() == b"lama"


# ---- soundness ---------------------------------------------------------------------------------------------------------------


def three_events(store: Store) -> None:
    with arranging(store) as tx:
        for number in range(3):
            audit.note(tx, ACTOR, "roster imported", f"D2{number}", NOW + timedelta(minutes=number), added=number)


def test_a_whole_register_has_no_troubles_and_a_head(store: Store) -> None:
    three_events(store)

    found = check_soundness(store)

    assert (found.chain.events, len(found.chain.head), found.chain.broken_at, found.troubles) == (3, 64, None, ())


@pytest.mark.parametrize(
    ("tampering", "broken_at"),
    [
        ("UPDATE audit_event SET actor = 'lain' WHERE id = 2", 2),
        ("UPDATE audit_event SET subject = 'D99' WHERE id = 3", 3),
        ("UPDATE audit_event SET detail = '{}' WHERE id = 1", 1),
        ("DELETE FROM audit_event WHERE id = 2", 3),
    ],
)
def test_the_first_broken_row_is_named(store: Store, tampering: str, broken_at: int) -> None:
    three_events(store)
    behind_our_back(store, tampering)

    found = check_soundness(store)

    assert found.chain.broken_at == broken_at
    assert found.troubles == (f"Catatan audit nomor {broken_at} tidak cocok dengan rantainya; baris itu atau yang sebelumnya diubah.",)


def behind_our_back(store: Store, statement: str) -> None:
    """As somebody with the file or the server in hand would: without the triggers, which are put back."""
    with store.engine.begin() as connection:
        guards = []
        if connection.dialect.name == "sqlite":
            query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_event'"
            guards = connection.exec_driver_sql(query).all()
        else:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for guard in guards:
            connection.exec_driver_sql(f"DROP TRIGGER {guard.name}")
        connection.execute(text(statement))
        for guard in guards:
            connection.exec_driver_sql(guard.sql)


def test_a_table_that_can_be_changed_again_is_named(store: Store) -> None:
    is_file = store.engine.dialect.name == "sqlite"
    away = "DROP TRIGGER observation_no_delete" if is_file else "ALTER TABLE observation DISABLE TRIGGER observation_no_delete"
    with store.engine.begin() as connection:
        connection.exec_driver_sql(away)
    found = check_soundness(store)
    if not is_file:  # the server is the other tests' too
        with store.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE observation ENABLE TRIGGER observation_no_delete")

    assert found.troubles == ("Tabel observation tidak lagi menolak perubahan; pelindungnya dihapus orang. Bandingkan dengan cadangan.",)


def test_a_row_that_points_nowhere_is_named(file_store: Store, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "register.db") as connection:
        connection.execute("INSERT INTO person (office, id, kelurahan, certified, salt) VALUES ('32.76', 1, '32.76.01.1006', 0, x'')")
        connection.execute(
            "INSERT INTO enrolment (office, number, cohort, name, kelurahan, person, name_key, card_serial, salt) "
            "VALUES ('32.76', 'X-1', 'X', 'Siti', '32.76.01.1006', 1, 'siti', 1, x'')"
        )
    connection.close()

    assert check_soundness(file_store).troubles == ("Baris 1 di tabel enrolment menunjuk ke cohort yang tidak ada.",)
