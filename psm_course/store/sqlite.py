"""What SQLite needs: pragmas, transactions begun at once, and whole copies of a register in use."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

from psm_course.store.engine import PATIENCE, READING, WAITING, own_errors


def prepare(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _: Any) -> None:
        # Transactions are begun by us below: the driver's own begin comes too late for a read followed by a write.
        connection.isolation_level = None
        # recursive_triggers: without it, REPLACE deletes behind the back of the append-only triggers.
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
            connection.execute(f"PRAGMA {pragma}")
        _switch_to_wal(connection)

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        is_reading = options.get(READING)
        connection.connection.execute(f"PRAGMA busy_timeout={int(options.get(WAITING, PATIENCE) * 1000)}")
        connection.connection.execute(f"PRAGMA query_only={'ON' if is_reading else 'OFF'}")
        connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


def _switch_to_wal(connection: Any) -> None:
    """Readers beside a writer. The switch, made once in a register's life, is the one statement that SQLite's timeout does not cover."""
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


def keep_copy(path: Path, copy: Path) -> None:
    """A whole copy, with what still stands in the write-ahead log; others may go on working meanwhile."""
    with own_errors(), closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
