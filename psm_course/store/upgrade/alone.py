"""Opens a register of any version for sole use, and changes it in one transaction.

A copy of it is made before the change.
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
    """Open the office's register as it is, while the block runs; yields it and its migration.

    Nothing is made or migrated, and no office joins. Nobody else can open a file from now on, and a
    server's register from the first transaction of `changing`.

    Raises:
        Refused: there is none yet, somebody has it open, it is another office's, or a restore
            stopped half way.
        StoreError: it cannot be opened, or is of a newer program.
    """
    refuse_half_restored(settings.data)
    if not settings.database and not settings.register.is_file():
        raise Refused(_NOTHING_YET)
    engine = (
        server_engine(settings.database) if settings.database else file_engine(settings.register)
    )
    if not settings.database:
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
    """Lock the whole file, before anything else is read.

    In write-ahead mode every program that has the file open has a lock on it, so this works only if
    there is no other.

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
    """Copy the register, then yield one transaction in it. Nobody else has it open meanwhile.

    Args:
        store: as `open_alone` gives it.
        at: the migration it is at.
        kept: a new file, for the copy: a SQLite register of that version, of this office alone.

    Raises:
        Refused: somebody has it open.
        StoreError, OSError: it cannot be copied or changed. Whatever stops the block, nothing has
        changed.
    """
    if store.engine.dialect.name == "sqlite":
        # With the connection that has the file alone: no other connection could read it.
        copy_open(store, kept)
        with store.transaction() as tx:
            yield tx
        return
    with store.transaction() as tx:
        refuse_others(tx)
        rows = kept.with_name(_OLD_ROWS)
        write_row_file(tx, rows, at)
        make_register(rows, kept)
        rows.unlink()
        yield tx


def refuse_others(tx: Connection) -> None:
    """Take the locks of all offices on a server, until the transaction ends.

    Raises:
        Refused: somebody has the register of one of these offices open.
    """
    for office in offices_seen(tx):
        refuse_if_shared(tx, office)


def offices_seen(tx: Connection) -> Sequence[str]:
    """The codes of all offices in the register, in order, read within this transaction.

    A second connection would count as another user of the register.
    """
    return tx.execute(select(office_table.c.code).order_by(office_table.c.code)).scalars().all()
