"""Working in the register: transactions, times, and driver errors turned into ours. Opening it is `opening`."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from psm_course.errors import StoreError
from psm_course.store.ledger import LEDGER, Ledger

# Use-cases hand on the connection of their transaction; only store/ speaks SQL to it.
__all__ = ["LOG_HOST", "OFFICE", "PATIENCE", "READING", "WAITING", "Connection", "Store", "from_utc", "own_errors", "to_utc"]

# Seconds to wait for another program that is writing.
PATIENCE = 10
READING = "psm_reading"
WAITING = "psm_waiting"
OFFICE = "psm_office"
LOG_HOST = "psm_log_host"


class Store:
    """The register of one office, open.

    Work happens inside `transaction()`, which is all or nothing, or `reading()`, which sees one moment.
    """

    def __init__(self, engine: Engine, office: str, log_host: str = "") -> None:
        """`log_host` begins the name of the office's log, where it has none yet: of the site, else `kantor-` and its code."""
        self.office = office
        self.engine = engine.execution_options(**{OFFICE: office, LOG_HOST: log_host or f"kantor-{office}"})

    @contextmanager
    def transaction(self, patience: float = PATIENCE) -> Iterator[Connection]:
        """One writer at a time, on every database: what is read here is still so when the transaction ends.

        Args:
            patience: seconds to wait for another writer, before StoreError is raised.

        Raises:
            RuntimeError: it wrote rows that no event binds, so nothing is kept. Rows are written first, then noted.
        """
        ledger = Ledger()
        options = {WAITING: patience, LEDGER: ledger}
        with own_errors(), self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection
            if ledger:
                raise RuntimeError(f"rows of {', '.join(ledger.tables())} were written and no event after them says so")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Reads one moment of the register beside whoever is writing; cannot write."""
        with own_errors(), self.engine.connect().execution_options(**{READING: True}) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def own_errors() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise StoreError(_sentence(str(getattr(error, "orig", None) or error))) from error


_SENTENCES = {
    ("locked", "lock timeout"): "Buku register sedang dipakai program lain. Tunggu sebentar, lalu ulangi.",
    ("disk is full", "No space left", "could not extend"): "Penyimpanan penuh; tidak ada yang berubah. Kosongkan ruang, lalu ulangi.",
    ("not a database", "malformed"): "Berkas register rusak atau bukan register. Pakai cadangan terakhir.",
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
    ("password authentication", "role "): "Server register menolak nama atau kata sandinya. Periksa pengaturan database.",
}


def _sentence(said: str) -> str:
    for words, sentence in _SENTENCES.items():
        if any(word in said for word in words):
            return sentence
    return f"Buku register tidak dapat dibaca atau ditulis ({said.splitlines()[0]})."


def to_utc(moment: datetime) -> datetime:
    """An aware moment as the register keeps it: UTC without a zone."""
    if moment.tzinfo is None:
        raise ValueError("moments are aware")
    return moment.astimezone(UTC).replace(tzinfo=None)


def from_utc(stored: datetime) -> datetime:
    return stored.replace(tzinfo=UTC)
