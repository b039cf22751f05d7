"""Working in the register: transactions, times, and driver errors turned into ours. Opening it is `opening`."""

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
    "from_utc",
    "own_errors",
    "to_utc",
]

# Seconds to wait for another program that is writing.
PATIENCE = 10
READING = "psm_reading"
WAITING = "psm_waiting"
OFFICE = "psm_office"
STILL_THERE = "psm_still_there"  # asked after every transaction, before anybody is told that something was kept
LOG_HOST = "psm_log_host"
TOGETHER = "psm_together"


class Store:
    """The register of one office, open.

    Work happens inside `transaction()`, which is all or nothing, or `reading()`, which sees one moment.
    """

    def __init__(self, engine: Engine, office: str, log_host: str = "") -> None:
        """`log_host` begins the name of the office's log, where it has none yet: of the site, else `kantor-` and its code."""
        self.office = office
        self.engine = engine.execution_options(**{OFFICE: office, LOG_HOST: log_host or f"kantor-{office}"})

    @contextmanager
    def transaction(self, patience: float = PATIENCE, together: bool = False) -> Iterator[Connection]:
        """One writer at a time, on every database: what is read here is still so when the transaction ends.

        Args:
            patience: seconds to wait for another writer, before StoreError is raised.
            together: send what is written to a server together with the question that comes next, or with the end. Whoever waits
                for each statement spends most of a short transaction waiting; but what cannot be written is told only then.

        Raises:
            RuntimeError: it wrote rows that no event binds, so nothing is kept. Rows are written first, then noted.
            StoreError: it could not be written; or it was, into a file that lies no longer where the register belongs.
        """
        ledger = Ledger()
        options = {WAITING: patience, TOGETHER: together, LEDGER: ledger}
        with own_errors(), self.engine.connect().execution_options(**options) as connection:
            with connection.begin():
                yield connection
                if ledger:
                    raise RuntimeError(f"rows of {', '.join(ledger.tables())} were written and no event after them says so")
            self._refuse_if_gone()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Reads one moment of the register beside whoever is writing; cannot write."""
        with own_errors(), self.engine.connect().execution_options(**{READING: True}) as connection, connection.begin():
            yield connection

    def answers(self) -> bool:
        """Whether the register can be read now. StoreError, or False, where it cannot."""
        with self.reading() as tx:
            return tx.execute(select(office_table.c.code).where(office_table.c.code == self.office)).scalar() == self.office

    def _refuse_if_gone(self) -> None:
        still_there: Callable[[], None] | None = self.engine.get_execution_options().get(STILL_THERE)
        if still_there is not None:
            still_there()

    def checkpoint(self) -> None:
        """Bring what stands in SQLite's write-ahead log into the file itself, and empty the log where nobody else needs it.

        Waits for nobody and keeps nobody waiting: what is in use is left for another time. Nothing to do on a server.

        Raises:
            StoreError: the file cannot be written.
        """
        pool = self.engine.pool
        if self.engine.dialect.name != "sqlite" or not isinstance(pool, QueuePool) or not pool.checkedin():
            return  # without a connection at hand one would be opened, and where the file is gone a new one made
        with own_errors(), closing(self.engine.raw_connection()) as connection:
            for statement in ("busy_timeout=0", "query_only=OFF", "wal_checkpoint(PASSIVE)", "wal_checkpoint(TRUNCATE)"):
                connection.cursor().execute(f"PRAGMA {statement}").fetchall()

    def close(self) -> None:
        """Leave one whole file behind, without a write-ahead log beside it unless another program still works in it."""
        with suppress(StoreError):
            self.checkpoint()
        self.engine.dispose()


@contextmanager
def own_errors() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, UnicodeDecodeError) as error:  # the last where a broken file is not even named in UTF-8
        said = getattr(error, "orig", None) or error
        raise StoreError(_sentence(f"{getattr(said, 'sqlite_errorname', '')} {said}")) from error


NO_DATABASE = (
    "Database register tidak ada di server ini, atau diganti selagi dipakai; yang baru dikirim tidak diterima. "
    "Periksa pengaturan database, atau hubungi pengelola server."
)
_SENTENCES = {
    ("locked", "lock timeout"): "Buku register sedang dipakai program lain. Tunggu sebentar, lalu ulangi.",
    ("password authentication", "role "): "Server register menolak nama atau kata sandinya. Periksa pengaturan database.",
    ("FATAL:  database",): NO_DATABASE,  # not a table that is missing: somebody has to see its name
    # SHMSIZE: no room for the index that every reader of a write-ahead log needs too.
    (
        "disk is full",
        "No space left",
        "could not extend",
        "SQLITE_IOERR_SHMSIZE",
    ): "Penyimpanan penuh; tidak ada yang berubah. Kosongkan ruang, lalu ulangi.",
    ("not a database", "malformed", "codec can't decode"): "Berkas register rusak atau bukan register. Pakai cadangan terakhir.",
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
    ): "Server register tidak menjawab; tidak ada yang berubah. Tunggu sebentar, lalu ulangi; bila tetap begitu, hubungi pengelola server.",
}


def _sentence(said: str) -> str:
    for words, sentence in _SENTENCES.items():
        if any(word in said for word in words):
            return sentence
    return f"Buku register tidak dapat dibaca atau ditulis ({said.partition(' ')[2].splitlines()[0]})."


def to_utc(moment: datetime) -> datetime:
    """An aware moment as the register keeps it: UTC without a zone."""
    if moment.tzinfo is None:
        raise ValueError("moments are aware")
    return moment.astimezone(UTC).replace(tzinfo=None)


def from_utc(stored: datetime) -> datetime:
    return stored.replace(tzinfo=UTC)
