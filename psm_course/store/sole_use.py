"""Sole use of a register: nobody else has it open, and nobody opens it meanwhile (decision 0076).

SQLite: in write-ahead mode, each open connection has a lock on the file. Sole use locks the whole
file, which is possible only if there is no other connection. PostgreSQL: all connections of an
office share an advisory lock (`opening`). Sole use takes that lock alone.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection

from psm_course.errors import Refused
from psm_course.store.engine import own_errors
from psm_course.store.opening import open_lock

IN_USE = (
    "Register sedang dipakai program lain. Hentikan dahulu psm serve, JupyterLab, atau perintah"
    " lain, lalu ulangi. Tidak ada yang diubah."
)


@contextmanager
def sole_use_of_file(path: Path) -> Iterator[None]:
    """Lock a SQLite file for sole use, while the block runs.

    The file's write-ahead log is emptied first. If the file does not exist or is not a database,
    nothing is locked.

    Raises:
        Refused: another program has the file open.
        StoreError: the file cannot be opened.
    """
    if not path.is_file():
        yield
        return
    with (
        own_errors(),
        closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection,
    ):
        try:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            # The pragma alone locks nothing: SQLite takes the lock when it first reads.
            connection.execute("SELECT count(*) FROM sqlite_schema")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise Refused(IN_USE) from None
            raise
        except sqlite3.DatabaseError:
            pass  # so damaged that nobody can work in it
        yield


def refuse_if_shared(tx: Connection, office: str) -> None:
    """Take an office's lock on a server for this transaction alone, until the transaction ends.

    Raises:
        Refused: another connection of the office is open.
    """
    if not tx.exec_driver_sql(
        "SELECT pg_try_advisory_xact_lock(%s, %s)", open_lock(office)
    ).scalar():
        raise Refused(IN_USE)
