"""SQLite only: pragmas, transactions, and copies of a register while others use it."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from threading import Event, Thread
from typing import Any

from sqlalchemy import Connection, Engine, event

from psm_course.errors import StoreError
from psm_course.store.engine import PATIENCE, READING, STILL_THERE, WAITING, Store, own_errors
from psm_course.store.same_file import SameFile

# Rows of a big table, and how many of them belong to
# one person or thing: only their proportion matters.
_MANY, _FEW = 1_000_000, 10


def prepare(engine: Engine) -> Engine:
    """Prepare the SQLAlchemy engine of a register's file, and return it.

    The engine then opens connections and transactions with our settings (pragmas), and checks that
    the register's file is not replaced by another one.
    """
    file = SameFile(Path(str(engine.url.database)))
    # Before each connection: otherwise SQLite would make an empty file where ours was.
    event.listen(engine, "do_connect", lambda *_: file.check())
    event.listen(engine, "begin", lambda *_: file.check())
    prepare_connections(engine)
    event.listen(engine, "connect", lambda *_: file.opened())
    event.listen(engine, "close", lambda *_: file.closed())
    return engine.execution_options(**{STILL_THERE: file.check})


def prepare_connections(engine: Engine) -> None:
    """Prepare an engine like `prepare`, but without a check that its file is not replaced.

    Use this for a register in memory or for a file that is still being made, because then no file
    needs to be watched.
    """

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _: Any) -> None:
        # `on_begin` begins transactions itself: the driver would begin one only at the first write,
        # too late for a read before it.
        connection.isolation_level = None
        # recursive_triggers: without it, REPLACE deletes
        # behind the back of the append-only triggers.
        # synchronous=FULL: a receipt is given only for what a power cut cannot undo.
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
            connection.execute(f"PRAGMA {pragma}")
        _switch_to_wal(connection)
        # Reads, and so opens the write-ahead log.
        connection.execute("PRAGMA schema_version").fetchone()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        is_reading = options.get(READING)
        connection.connection.execute(
            f"PRAGMA busy_timeout={int(options.get(WAITING, PATIENCE) * 1000)}"
        )
        connection.connection.execute(f"PRAGMA query_only={'ON' if is_reading else 'OFF'}")
        # IMMEDIATE locks out other writers now: what this transaction reads must still be true when
        # it writes.
        connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


def set_planner_statistics(connection: Connection) -> None:
    """Give SQLite's query planner the statistics of a full register.

    Nobody runs ANALYZE at an office. Without statistics, SQLite assumes that the first column of an
    index has many different values. In our indexes this column is the office, which is the same in
    every row of a file. SQLite would then read everything that the office ever wrote, to find the
    few rows of one person.
    """
    connection.exec_driver_sql("ANALYZE sqlite_schema")  # makes the table of statistics
    connection.exec_driver_sql("DELETE FROM sqlite_stat1")
    for name, on, sizes in _indexes(connection):
        connection.exec_driver_sql(
            "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)", (on, name, sizes)
        )
    connection.exec_driver_sql("ANALYZE sqlite_schema")  # reads what was just written


def _indexes(connection: Connection) -> list[tuple[str, str, str]]:
    """Return index name, table name and statistics of each index, as in `sqlite_stat1`.

    The statistics are numbers in one text: the number of rows, then the number of rows with the
    same value in the first column, in the first two columns, and so on.
    """
    found = []
    for on in connection.exec_driver_sql(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    ).scalars():
        key = {
            row.name for row in connection.exec_driver_sql(f'PRAGMA table_info("{on}")') if row.pk
        }
        for _, name, is_unique, _, is_partial in connection.exec_driver_sql(
            f'PRAGMA index_list("{on}")'
        ).all():
            columns = [
                row.name for row in connection.exec_driver_sql(f'PRAGMA index_info("{name}")')
            ]
            # A partial index has few rows (hand-ins that are held): the planner must prefer it.
            rows = _FEW * 100 if is_partial else _MANY
            alike = [
                rows,
                rows,
                *(
                    1 if key <= set(columns[:place]) else _FEW
                    for place in range(2, len(columns) + 1)
                ),
            ]
            found.append((name, on, " ".join(map(str, [*alike[:-1], 1] if is_unique else alike))))
    return found


def _switch_to_wal(connection: Any) -> None:
    """Switch a SQLite file to a write-ahead log, so that readers need not wait for a writer.

    The file stays in this mode. SQLite's own timeout does not work for this statement. So the
    statement is tried again while the file is locked, for up to PATIENCE seconds.
    """
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > give_up:
                raise
            time.sleep(0.02)
        else:
            return


def make_private(path: Path) -> None:
    """Create an empty file that only its owner can read, before SQLite opens it.

    SQLite gives the same access rights to its files beside this one (`-wal`, `-shm`, `-journal`).
    An existing file is not changed.
    """
    with suppress(OSError):  # it is there, or cannot be made; SQLite says which
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def keep_copy(path: Path, copy: Path) -> None:
    """Write a whole copy of a register's file, with its write-ahead log, to the file `copy`.

    Others can keep writing meanwhile.

    Raises:
        StoreError: the file cannot be read, or the copy cannot be written.
    """
    make_private(copy)
    with (
        own_errors(),
        closing(sqlite3.connect(path)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)


def rescue(store: Store) -> Path | None:
    """Copy the open register to a new file, if its own file was deleted, moved or replaced.

    Returns:
        The new file, in the same folder; None if the register's own file is still there.

    Raises:
        StoreError: the new file cannot be written.
    """
    try:
        store.refuse_if_gone()
    except StoreError:
        file = Path(str(store.engine.url.database))
        saved = next(path for path in _names_for(file) if not path.exists())
        copy_open(store, saved)
        return saved
    return None


def copy_open(store: Store, copy: Path) -> None:
    """Copy an open register to the file `copy`, through a connection that has the register open.

    This works even if the register's file has another name now, or none.

    Raises:
        StoreError: the register cannot be read, or the copy cannot be written.
    """
    make_private(copy)
    with (
        own_errors(),
        closing(store.engine.raw_connection()) as own,
        closing(sqlite3.connect(copy)) as target,
    ):
        own.driver_connection.backup(target)  # type: ignore[union-attr]


def _names_for(file: Path) -> Iterator[Path]:
    yield from (
        file.with_name(f"{file.stem}-diselamatkan{number or ''}{file.suffix}") for number in count()
    )


@contextmanager
def checkpoint_regularly(store: Store, seconds: float = 30) -> Iterator[None]:
    """Copy the write-ahead log into the register's file every `seconds`, while the block runs.

    So the write-ahead log stays small. If the machine crashes, the register's file lacks only the
    changes of about the last `seconds`; these changes are in the write-ahead log.
    """
    ended = Event()

    def go_on() -> None:
        while not ended.wait(seconds):
            with suppress(StoreError):  # a full disk, say: whoever writes next is told
                store.checkpoint()

    beside = Thread(target=go_on, name="checkpoints", daemon=True)
    beside.start()
    try:
        yield
    finally:
        ended.set()
        beside.join()
