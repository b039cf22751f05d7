"""Opening the register and working in it: one place for pragmas, transactions, times and driver errors."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from psm_course.errors import StoreError, cause

HEAD = "0001"
# Seconds to wait for another program that is writing.
PATIENCE = 10
MIGRATIONS = Path(__file__).parent / "migrations"


class Store:
    """A register that is open. Work happens inside `transaction()`, which is all or nothing."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        with _own_errors(), self.engine.begin() as connection:
            yield connection

    def close(self) -> None:
        self.engine.dispose()


def open_store(path: Path) -> Store:
    """Open the SQLite register at `path`, making or migrating it when needed (with a copy kept before migrating)."""
    with _own_errors():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"Folder {path.parent} tidak dapat dibuat: {cause(error)}.") from None
        engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": PATIENCE})
        _prepare_sqlite(engine)
        _migrate(engine, path)
        return Store(engine)


def _prepare_sqlite(engine: Engine) -> None:
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
        connection.exec_driver_sql("BEGIN IMMEDIATE")


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


def _migrate(engine: Engine, path: Path) -> None:
    with engine.begin() as connection:
        tables = inspect(connection).get_table_names()
        if tables and "alembic_version" not in tables:
            raise StoreError(f"{path.name} milik program lain, bukan register. Tidak ada yang diubah.")
        at = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if tables else None
    if at == HEAD:
        return
    if at is not None and at > HEAD:
        raise StoreError("Buku register ini dibuat versi program yang lebih baru. Pasang versi terbaru, lalu ulangi.")
    if at is not None:
        _keep_copy(path, path.with_suffix(f".sebelum-{HEAD}.db"))
    _upgrade(engine)


def _keep_copy(path: Path, copy: Path) -> None:
    """A whole copy, with what still stands in the write-ahead log."""
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def _upgrade(engine: Engine) -> None:
    """Alembic is imported only here: most commands find the register up to date."""
    from alembic import command  # noqa: PLC0415 - slow to import and seldom needed
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, HEAD)


@contextmanager
def _own_errors() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreError(_sentence(str(getattr(error, "orig", None) or error))) from error


def _sentence(said: str) -> str:
    if "locked" in said:
        return "Buku register sedang dipakai program lain. Tunggu sebentar, lalu ulangi."
    if "full" in said:
        return "Penyimpanan penuh; tidak ada yang berubah. Kosongkan ruang, lalu ulangi."
    if "not a database" in said or "malformed" in said:
        return "Berkas register rusak atau bukan register. Pakai cadangan terakhir."
    if "unable to open" in said or "readonly" in said:
        return "Berkas register tidak dapat dibuka atau ditulis. Periksa letak dan izinnya."
    return f"Buku register tidak dapat dibaca atau ditulis ({said.splitlines()[0]})."


def to_utc(moment: datetime) -> datetime:
    """An aware moment as the register keeps it: UTC without a zone."""
    if moment.tzinfo is None:
        raise ValueError("moments are aware")
    return moment.astimezone(UTC).replace(tzinfo=None)


def from_utc(stored: datetime) -> datetime:
    return stored.replace(tzinfo=UTC)
