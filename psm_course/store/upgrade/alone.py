"""Opens a register of any version for sole use, and changes it in one transaction.

Before the change, the register is copied.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, select

from psm_course.errors import Refused
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.log.epochs import log_host
from psm_course.store.opening import (
    closed_on_failure,
    file_engine,
    known_version,
    office_in,
    server_engine,
)
from psm_course.store.row_file import make_register, write_row_file
from psm_course.store.schema import office as office_table
from psm_course.store.sole_use import IN_USE, refuse_if_shared
from psm_course.store.sqlite import copy_open, prepare
from psm_course.store.swapping import refuse_half_restored

_NOTHING_YET = "Belum ada register yang perlu diperbarui. Tidak ada yang diubah."
_OLD_ROWS = "lama.rows"


@contextmanager
def open_alone(settings: Settings) -> Iterator[tuple[Store, str]]:
    """Open the office's register for sole use, while the block runs.

    Yields the register and the number of the migration that it is at. The register stays as it is:
    no tables are made or migrated, and no office is added. If the register is a file, nobody else
    can open it while the block runs. If it is on a server, others are shut out only in the
    transaction in which `refuse_others` is called (`changing`, `put_rows_back`).

    Raises:
        Refused: there is no register yet, another program has it open, it belongs to another
            office, or a restore stopped half way.
        StoreError: the register cannot be opened, or is from a newer program.
    """
    refuse_half_restored(settings.data)
    if not settings.database and not settings.register.is_file():
        raise Refused(_NOTHING_YET)
    engine = (
        server_engine(settings.database) if settings.database else file_engine(settings.register)
    )
    if not settings.database:
        # Before `prepare`: its listeners read the file, and listeners are called in this order.
        event.listen(engine, "connect", _take_file_alone)
        prepare(engine)
    with closed_on_failure(engine):
        at = known_version(engine)
        if at is None:
            raise Refused(_NOTHING_YET)
        store = Store(
            engine,
            office_in(engine, settings.office, may_join=False),
            log_host(settings.site_address),
        )
    with closing(store):
        yield store, at


def _take_file_alone(connection: Any, _: object) -> None:
    """Lock the whole file of a register, before anything else in it is read.

    In write-ahead mode every program that has the file open has a lock on it. So this lock is
    possible only if no other program has the file open.

    Raises:
        Refused: another program has the file open.
    """
    connection.execute("PRAGMA busy_timeout=0")
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        raise Refused(IN_USE) if "locked" in str(error) else error from None


@contextmanager
def changing(store: Store, at: str, kept: Path) -> Iterator[Connection]:
    """Copy the register, then yield one transaction to change it.

    Nobody else has the register open meanwhile. If the block fails, nothing has changed.

    Args:
        store: the register, as `open_alone` yields it.
        at: the migration that the register is at.
        kept: path of a new file for the copy: a SQLite register at the same migration, with the
            rows of this office alone if the register is on a server.

    Raises:
        Refused: another program has the register open.
        StoreError, OSError: the register cannot be copied or changed.
    """
    if store.engine.dialect.name == "sqlite":
        # With the connection that has the file alone: no other connection could read it.
        copy_open(store, kept)
        with store.transaction() as tx:
            yield tx
        return
    with store.transaction() as tx:
        refuse_others(tx)
        # In the transaction that has the locks: nobody can write between the copy and the change.
        rows = kept.with_name(_OLD_ROWS)
        write_row_file(tx, rows, at)
        make_register(rows, kept)
        rows.unlink()
        yield tx


def refuse_others(tx: Connection) -> None:
    """Take the locks of all offices on a server for this transaction alone, until it ends.

    Raises:
        Refused: another program has the register of one of these offices open.
    """
    for office in offices_seen(tx):
        refuse_if_shared(tx, office)


def offices_seen(tx: Connection) -> Sequence[str]:
    """Return the codes of all offices in the database, sorted, read in this transaction.

    No other connection is used, because it would look like another user of the register.
    """
    return tx.execute(select(office_table.c.code).order_by(office_table.c.code)).scalars().all()
