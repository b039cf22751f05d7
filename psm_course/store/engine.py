"""Transactions on the register, its times, and errors of the database driver as StoreError.

The functions that open a register are in `opening`.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, QueuePool, select
from sqlalchemy.exc import SQLAlchemyError

from psm_course.errors import StoreError
from psm_course.store.ledger import LEDGER, Ledger
from psm_course.store.schema import office as office_table

# Use-cases hand on the connection of their transaction; only store/ speaks SQL to it.
__all__ = [
    "LOG_HOST",
    "OFFICE",
    "PATIENCE",
    "READING",
    "STILL_THERE",
    "TOGETHER",
    "WAITING",
    "Connection",
    "Store",
    "first_line",
    "from_utc",
    "own_errors",
    "to_utc",
]

# Seconds to wait for another program that is writing.
PATIENCE = 10
READING = "psm_reading"
WAITING = "psm_waiting"
OFFICE = "psm_office"
# A function called after every transaction, before anybody is told that something was saved.
STILL_THERE = "psm_still_there"
LOG_HOST = "psm_log_host"
TOGETHER = "psm_together"


class Store:
    """The open register of one office.

    Use it inside `transaction()`, in which all changes are saved or none, or inside `reading()`,
    which shows the register as it was at one moment.
    """

    def __init__(self, engine: Engine, office: str, log_host: str = "") -> None:
        """Make a Store of an engine that `opening` has prepared.

        Args:
            engine: the SQLAlchemy engine for the register's file or server.
            office: Kemendagri code of the office.
            log_host: host of the office's site. If the office has no log yet, the name of its log
                will begin with this host; empty: with `kantor-` and the office's code.
        """
        self.office = office
        self.engine = engine.execution_options(
            **{OFFICE: office, LOG_HOST: log_host or f"kantor-{office}"}
        )

    @contextmanager
    def transaction(
        self, patience: float = PATIENCE, together: bool = False
    ) -> Iterator[Connection]:
        """Open a transaction that writes, while the block runs.

        On every database only one such transaction runs at a time. So the rows that a transaction
        has read cannot change until its end.

        Args:
            patience: seconds to wait for another writer, before StoreError is raised.
            together: True sends writes to a server together with the next query, or at the end of
                the transaction. This saves most of the waiting in a short transaction, but errors
                of a write are raised only then.

        Raises:
            RuntimeError: rows were written, but no deed was written to the log after them. Nothing
                is saved. This is a mistake of our own code: write rows first, then the deed.
            StoreError: nothing could be written, or the register's file was moved, deleted or
                replaced.
        """
        ledger = Ledger()
        options = {WAITING: patience, TOGETHER: together, LEDGER: ledger}
        with own_errors(), self.engine.connect().execution_options(**options) as connection:
            with connection.begin():
                yield connection
                if ledger:
                    raise RuntimeError(
                        f"rows of {', '.join(ledger.tables())} were written and no event after them"
                        " says so"
                    )
            # After the commit, because only then it is certain into which file the rows went.
            self.refuse_if_gone()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that only reads, while the block runs; others can write meanwhile.

        The transaction shows the register as it was at one moment.

        Raises:
            StoreError: the register cannot be read.
        """
        with (
            own_errors(),
            self.engine.connect().execution_options(**{READING: True}) as connection,
            connection.begin(),
        ):
            yield connection

    def answers(self) -> bool:
        """True if the register can be read now and belongs to this office.

        Raises:
            StoreError: the register cannot be read.
        """
        with self.reading() as tx:
            return (
                tx.execute(
                    select(office_table.c.code).where(office_table.c.code == self.office)
                ).scalar()
                == self.office
            )

    def refuse_if_gone(self) -> None:
        """Check that the register's file is still the one that was opened; a server is not checked.

        Raises:
            StoreError: the file was deleted, moved or replaced.
        """
        still_there: Callable[[], None] | None = self.engine.get_execution_options().get(
            STILL_THERE
        )
        if still_there is not None:
            still_there()

    def checkpoint(self) -> None:
        """Copy SQLite's write-ahead log into the register's file, and empty the log if possible.

        This waits for nobody and blocks nobody: parts of the log that others use stay in the log.
        On a server, nothing is done.

        Raises:
            StoreError: the file cannot be written.
        """
        pool = self.engine.pool
        if (
            self.engine.dialect.name != "sqlite"
            or not isinstance(pool, QueuePool)
            or not pool.checkedin()
        ):
            # Without an open connection, this would open one and, if the file is gone, make a new
            # file.
            return
        with own_errors(), closing(self.engine.raw_connection()) as connection:
            for statement in (
                "busy_timeout=0",
                "wal_checkpoint(PASSIVE)",
                "wal_checkpoint(TRUNCATE)",
            ):
                connection.cursor().execute(f"PRAGMA {statement}").fetchall()

    def close(self) -> None:
        """Close the register. Then the register is one file, without a write-ahead log beside it.

        If another program still uses the write-ahead log, the log stays.
        """
        # On a full disk, say. Nothing is lost: the write-ahead log stays beside the file.
        with suppress(StoreError):
            self.checkpoint()
        self.engine.dispose()


@contextmanager
def own_errors() -> Iterator[None]:
    """Turn errors of the database and its driver into StoreError while the block runs.

    Raises:
        StoreError: the database or its driver failed. For an error that we know, the message says
            what to do.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, UnicodeDecodeError) as error:
        # UnicodeDecodeError: the driver's message about a broken file may not be UTF-8.
        raise StoreError(_sentence(_of_driver(error))) from error


def first_line(error: Exception) -> str:
    """Return the first line of an error's message.

    If the error contains an error of the database driver, the driver's message is used. If the
    message is empty, the result is the name of the error's class.
    """
    said = _of_driver(error)
    return next(iter(str(said).strip().splitlines()), type(said).__name__)


def _of_driver(error: Exception) -> Exception:
    return getattr(error, "orig", None) or error


NO_DATABASE = (
    "Database register tidak ada di server ini, atau diganti selagi dipakai; yang baru dikirim"
    " tidak diterima. Periksa pengaturan database, atau hubungi pengelola server."
)
_SENTENCES = {
    (
        "locked",
        "lock timeout",
    ): "Buku register sedang dipakai program lain. Tunggu sebentar, lalu ulangi.",
    (
        "password authentication",
        "role ",
    ): "Server register menolak nama atau kata sandinya. Periksa pengaturan database.",
    ("FATAL:  database",): NO_DATABASE,  # not a table that is missing: somebody has to see its name
    # SHMSIZE: no room for the index that every reader of a write-ahead log needs too.
    (
        "disk is full",
        "No space left",
        "could not extend",
        "SQLITE_IOERR_SHMSIZE",
    ): "Penyimpanan penuh; tidak ada yang berubah. Kosongkan ruang, lalu ulangi.",
    (
        "not a database",
        "malformed",
        "codec can't decode",
    ): "Berkas register rusak atau bukan register. Pakai cadangan terakhir.",
    (
        "unable to open",
        "readonly",
        "read-only",
    ): "Berkas register tidak dapat dibuka atau ditulis. Periksa letak dan izinnya.",
    (
        "connection failed",
        "connection to server",
        "server closed the connection",
        "terminating connection",
        "connection is lost",
        "the connection is closed",
        "consuming input failed",
    ): (
        "Server register tidak menjawab; tidak ada yang berubah. Tunggu sebentar, lalu ulangi; bila"
        " tetap begitu, hubungi pengelola server."
    ),
}


def _sentence(error: Exception) -> str:
    said = f"{getattr(error, 'sqlite_errorname', '')} {error}"
    for words, sentence in _SENTENCES.items():
        if any(word in said for word in words):
            return sentence
    return f"Buku register tidak dapat dibaca atau ditulis ({first_line(error)})."


def to_utc(moment: datetime) -> datetime:
    """Convert an aware time to the form in which the register stores it: UTC without a time zone.

    Raises:
        ValueError: the time has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("moments are aware")
    return moment.astimezone(UTC).replace(tzinfo=None)


def from_utc(stored: datetime) -> datetime:
    """Convert a stored time to an aware one, in UTC."""
    return stored.replace(tzinfo=UTC)
