"""A server's register as one file of rows, and the SQLite register made of such a file.

Writing a file of rows takes a sixth of the time of writing a SQLite register. The SQLite register
is made only if the backup is restored (decision 0115). The file begins with a line of JSON: the
migration, the office, and each table with its columns and their types. Then follow the rows of the
tables in that order, as PostgreSQL's `COPY … (FORMAT binary)` writes them:
https://www.postgresql.org/docs/current/sql-copy.html
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import (
    Boolean,
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    create_engine,
    select,
)
from sqlalchemy.exc import DBAPIError

from psm_course.errors import StoreError
from psm_course.store import migrating
from psm_course.store.engine import own_errors
from psm_course.store.rows import office_of, ours
from psm_course.store.schema import metadata
from psm_course.store.schema import office as office_table
from psm_course.store.sqlite import make_private, prepare_connections

FORMAT = "psm-rows/1"
_KINDS = {
    Boolean: "truth",
    Date: "day",
    DateTime: "moment",
    Integer: "number",
    LargeBinary: "bytes",
    Text: "text",
}
_BUFFER = 1 << 20
_SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)  # then no flags, and a header of no more bytes
_NULL, _NO_MORE = b"\xff" * 4, b"\xff" * 2
_BROKEN = (
    "Register di dalam cadangan ini tidak terbaca. Tidak ada yang diubah. Pakai cadangan lain."
)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table in the file: the names of its columns, and for each column the kind of its values.

    A kind is `truth`, `day`, `moment`, `number`, `bytes` or `text`.
    """

    name: str
    columns: Sequence[str]
    kinds: Sequence[str]


# ---- writing -------------------------------------------------------------------------------------


def write_row_file(tx: Connection, path: Path, version: str = "") -> None:
    """Write every row of the office to a file, as this transaction sees them.

    The office's own row in the table of offices is left out.

    Args:
        tx: a reading transaction on a server.
        path: a new file, which only our account will be able to read.
        version: the migration that the register is at, if it is not the newest; empty: the newest.

    Raises:
        OSError: the file cannot be written.
    """
    known = metadata if version in {"", migrating.HEAD} else tables_there(tx)
    tables = [table for table in known.sorted_tables if table.name != office_table.name]
    listed = [
        _Table(table.name, list(table.c.keys()), [_KINDS[type(column.type)] for column in table.c])
        for table in tables
    ]
    head = {
        "format": FORMAT,
        "version": version or migrating.HEAD,
        "office": office_of(tx),
        "tables": [asdict(each) for each in listed],
    }
    make_private(path)
    with path.open("wb", buffering=_BUFFER) as stream, _driver_errors(tx):
        stream.write(json.dumps(head).encode() + b"\n")
        for table in tables:
            with (
                closing(tx.connection.cursor()) as cursor,
                cursor.copy(_copying(tx, table)) as rows,
            ):
                stream.writelines(rows)


def tables_there(tx: Connection) -> MetaData:
    """Return the tables and columns that the register really has on the server.

    They may differ from ours, because the register may be of another version. The types of the
    columns are changed to types that every database has.
    """
    found = MetaData()
    found.reflect(tx)
    # Not the office's data: the migrations write this table themselves.
    found.remove(found.tables["alembic_version"])
    for column in (column for table in found.tables.values() for column in table.c):
        column.type = column.type.as_generic()
    return found


def _copying(tx: Connection, table: Table) -> str:
    # The values stand in the text of the query, because COPY takes no parameters.
    rows = ours(tx, select(table)).compile(
        dialect=tx.dialect, compile_kwargs={"literal_binds": True}
    )
    return f"COPY ({rows}) TO STDOUT (FORMAT binary)"


@contextmanager
def _driver_errors(tx: Connection) -> Iterator[None]:
    """Turn errors of the database driver into errors of SQLAlchemy, while the block runs."""
    driver = tx.dialect.loaded_dbapi
    try:
        yield
    except driver.Error as error:
        # COPY is sent without SQLAlchemy; `own_errors` knows SQLAlchemy's errors, not psycopg's.
        raise DBAPIError("COPY", None, error) from error


# ---- making a register of it ---------------------------------------------------------------------


def make_register(rows: Path, target: Path) -> None:
    """Make a SQLite register at `target` from a file of rows.

    The new register is at the same migration as the server's register was.

    Raises:
        OSError: the file of rows cannot be read, or the register cannot be written.
        StoreError: the rows are from a newer program, or not as `write_row_file` writes them; or
            the database failed.
    """
    with rows.open("rb", buffering=_BUFFER) as stream, own_errors():
        try:
            version, office, tables = _read_head(stream)
            if not migrating.is_known(version):
                raise StoreError(migrating.NEWER)
            _make_empty(target, version)
            _fill(target, office, ((table, _read_table(stream, table)) for table in tables))
        except (ValueError, KeyError, TypeError, OverflowError):
            raise StoreError(_BROKEN) from None
        # `_fill` does not wait for the disk.
        with target.open("rb+") as written:
            os.fsync(written.fileno())


def _read_head(stream: BinaryIO) -> tuple[str, str, list[_Table]]:
    head = json.loads(stream.readline())
    if head["format"] != FORMAT:
        raise StoreError(migrating.NEWER)
    return head["version"], head["office"], [_Table(**each) for each in head["tables"]]


def _make_empty(target: Path, version: str) -> None:
    make_private(target)
    engine = create_engine(f"sqlite:///{target}")
    prepare_connections(engine)
    try:
        migrating.upgrade(engine, version)
    finally:
        engine.dispose()


def _fill(
    target: Path, office: str, tables: Iterator[tuple[_Table, Iterator[Sequence[Any]]]]
) -> None:
    """Write all rows into the new register, without SQLAlchemy and without a journal.

    This is fast. It is also safe: nobody else uses the file, and an incomplete file is deleted.
    """
    with closing(sqlite3.connect(target, isolation_level=None)) as register:
        # cache_size: a negative number is in KiB, so this is 100 MB.
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-100000"):
            register.execute(f"PRAGMA {pragma}")
        register.execute("BEGIN")
        with _made_afterwards(register):
            register.execute("INSERT INTO office (code) VALUES (?)", (office,))
            for table, rows in tables:
                _refuse_strange(register, table)
                listed = ", ".join(f'"{name}"' for name in table.columns)
                places = ", ".join("?" * len(table.columns))
                # Names are as the register has them.
                insertion = f'INSERT INTO "{table.name}" ({listed}) VALUES ({places})'  # noqa: S608
                register.executemany(insertion, rows)
        register.execute("COMMIT")


@contextmanager
def _made_afterwards(register: sqlite3.Connection) -> Iterator[None]:
    """Drop indexes and triggers while the block runs, and create them again afterwards.

    It is faster to sort all rows once for an index than to find a place in the index for every row.
    """
    # Parts without SQL are indexes that SQLite made for a key; they cannot be dropped.
    query = (
        "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND"
        " sql IS NOT NULL"
    )
    made = register.execute(query).fetchall()
    # With an index SQLite also drops its planner statistics, which are put back at the end.
    foretold = register.execute("SELECT tbl, idx, stat FROM sqlite_stat1").fetchall()
    for kind, name, _, _ in made:
        register.execute(f'DROP {kind} "{name}"')
    yield
    for *_, statement in made:
        register.execute(statement)
    register.execute("DELETE FROM sqlite_stat1")
    register.executemany("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", foretold)


def _refuse_strange(register: sqlite3.Connection, table: _Table) -> None:
    known = [
        name for (name,) in register.execute("SELECT name FROM pragma_table_info(?)", (table.name,))
    ]
    if sorted(known) != sorted(table.columns) or len(table.kinds) != len(known):
        raise ValueError(table.name)


# ---- reading rows --------------------------------------------------------------------------------


def _read_table(stream: BinaryIO, table: _Table) -> Iterator[list[Any]]:
    """Yield the rows of a table, with values as SQLite stores them.

    Raises:
        ValueError: the bytes are not in the form that a server writes.
    """
    if stream.read(len(_SIGNATURE)) != _SIGNATURE:
        raise ValueError(table.name)
    readers, width = [_READERS[kind] for kind in table.kinds], len(table.columns).to_bytes(2)
    while (fields := stream.read(2)) == width:
        yield [_read_field(stream, read) for read in readers]
    if fields != _NO_MORE:
        raise ValueError(table.name)


def _read_field(stream: BinaryIO, read: Callable[[bytes], Any]) -> Any:
    length = stream.read(4)
    return None if length == _NULL else read(stream.read(int.from_bytes(length)))


def _number(raw: bytes) -> int:
    return int.from_bytes(raw, signed=True)


def _moment(raw: bytes) -> str:
    # PostgreSQL counts from the year 2000; SQLAlchemy writes times into SQLite in this form.
    return (datetime(2000, 1, 1) + timedelta(microseconds=_number(raw))).isoformat(
        " ", "microseconds"
    )


def _day(raw: bytes) -> str:
    return (date(2000, 1, 1) + timedelta(days=_number(raw))).isoformat()


_READERS: dict[str, Callable[[bytes], Any]] = {
    "bytes": bytes,
    "day": _day,
    "moment": _moment,
    "number": _number,
    "text": bytes.decode,
    "truth": _number,
}
