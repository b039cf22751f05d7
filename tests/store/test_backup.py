"""A whole copy of a register in use, and the check that names the first broken row."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from psm_course.errors import Refused, StoreError
from psm_course.store import audit
from psm_course.store.backup import back_up
from psm_course.store.engine import Store, own_errors
from psm_course.store.opening import open_store
from psm_course.store.soundness.checking import check_store
from tests.builders import OFFICE
from tests.register_builders import (
    ACTOR,
    NOW,
    a_cohort,
    a_course,
    arranging,
    completes,
    register_of,
)


def test_a_backup_is_a_register_with_every_row(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti Rahayu", "Ujang")
    completes(store, a_course(), "D26-001")

    back_up(store, tmp_path / "cadangan" / "satu.db")

    copy = open_store(tmp_path / "cadangan" / "satu.db", OFFICE)
    assert in_any_order(copy) == in_any_order(store)
    assert check_store(copy) == check_store(store)
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
        found = check_store(copy)
        copy.close()
        assert found.problems == ()
        assert found.events % 2 == 0


def test_a_backup_of_a_file_that_is_no_register_any_more_is_a_sentence(
    file_store: Store, tmp_path: Path
) -> None:
    file_store.close()  # and with it the write-ahead log, which would still hold the register
    Path(str(file_store.engine.url.database)).write_bytes(b"bukan register" * 100)

    with pytest.raises(StoreError, match=r"rusak atau bukan register\."):
        back_up(file_store, tmp_path / "cadangan.db")

    assert list(tmp_path.glob("cadangan.db*")) == []


def test_a_disk_that_fills_up_while_copying_is_a_sentence(tmp_path: Path) -> None:
    """For SQLite a limit of pages is a full disk; copying works without SQLAlchemy."""
    with (
        pytest.raises(StoreError, match=r"^Penyimpanan penuh;.* ulangi\.$"),
        own_errors(),
        closing(sqlite3.connect(tmp_path / "penuh.db")) as target,
    ):
        target.executescript("PRAGMA max_page_count=1; CREATE TABLE penuh (x)")


def test_a_backup_never_overwrites(file_store: Store, tmp_path: Path) -> None:
    (tmp_path / "lama.db").write_bytes(b"lama")

    with pytest.raises(Refused, match="sudah ada"):
        back_up(file_store, tmp_path / "lama.db")

    assert (tmp_path / "lama.db").read_bytes() == b"lama"
