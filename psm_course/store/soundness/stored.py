"""Reads rows exactly as stored, each with a flag: True if our programs can have written it so.

SQLite stores any value in any column, and SQLAlchemy converts the value as well as it can: `65`
becomes True, a time with a `T` in it becomes the same time as with a space. The flag shows that our
programs did not write such a value.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    Table,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

from psm_course.store.engine import first_line
from psm_course.store.rows import office_of

AT_ONCE = 2000
# A row's values by column, and whether all of them are as our programs write them.
Stored = tuple[dict[str, Any], bool]


class Unread(Exception):
    """Raised if the rest of a table cannot be read; the message is that of the database."""


@contextmanager
def bytes_kept(tx: Connection) -> Iterator[None]:
    """Let the database return text that is not UTF-8, instead of failing, while the block runs.

    This is only needed for SQLite; for a server, nothing is done.
    """
    if tx.dialect.name != "sqlite":
        yield
        return
    _driver(tx).text_factory = _text_or_bytes
    try:
        yield
    finally:
        _driver(tx).text_factory = str


def stored_rows(tx: Connection, table: Table) -> Iterator[Sequence[Stored]]:
    """Yield this office's rows of a table, sorted by primary key, up to 2,000 at a time.

    Each row is a `Stored`: its values by column, and True if our programs can have written them.

    Raises:
        Unread: the database is too damaged to read on.
    """
    with read_or_not():
        yield from _of_file(tx, table) if tx.dialect.name == "sqlite" else _of_server(tx, table)


@contextmanager
def read_or_not() -> Iterator[None]:
    """Turn errors of the database into Unread, while the block runs.

    Raises:
        Unread: the database cannot read something.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, UnicodeDecodeError) as error:
        raise Unread(first_line(error)) from error


def _of_server(tx: Connection, table: Table) -> Iterator[Sequence[Stored]]:
    """Yield rows from a server, up to 2,000 at a time.

    The flag is always True: a server refuses values of another type.
    """
    query = (
        select(table)
        .where(table.c[_office_column(table)] == office_of(tx))
        .order_by(*table.primary_key)
    )
    names = table.c.keys()
    with tx.execute(query.execution_options(yield_per=AT_ONCE)) as rows:
        for part in rows.partitions():
            # Both are as long as the table is wide.
            yield [(dict(zip(names, row)), True) for row in part]  # noqa: B905


def _of_file(tx: Connection, table: Table) -> Iterator[Sequence[Stored]]:
    """Yield rows from a SQLite file, up to 2,000 at a time.

    They are read with the driver alone, because SQLAlchemy would build each row a second time.
    """
    listed, key = _names(table.columns), _names(table.primary_key)
    reading = (
        f'SELECT {listed} FROM "{table.name}"'  # noqa: S608 - the names are ours
        f" WHERE {_office_column(table)} = ? ORDER BY {key}"
    )
    as_written = _reader(list(table.columns))
    done = 0
    try:
        for part in _parts(tx, reading, str):
            yield [as_written(row) for row in part]
            done += len(part)
    except sqlite3.OperationalError as error:
        if "decode" not in str(error):
            raise
        # The driver stops at text that is not UTF-8, so the rest of the table is read as bytes.
        # LIMIT -1: SQLite takes OFFSET only with a limit.
        for part in _parts(tx, f"{reading} LIMIT -1 OFFSET {done}", _text_or_bytes):
            yield [as_written(row) for row in part]


def _parts(
    tx: Connection, reading: str, read_text: Callable[[bytes], str]
) -> Iterator[list[tuple[Any, ...]]]:
    with closing(_driver(tx).cursor()) as cursor:
        cursor.execute(reading, (office_of(tx),))
        while part := _fetched(tx, cursor, read_text):
            yield part


def _fetched(
    tx: Connection, cursor: sqlite3.Cursor, read_text: Callable[[bytes], str]
) -> list[tuple[Any, ...]]:
    """Fetch the next rows, with texts read by the function `read_text`; empty at the end.

    If `read_text` is `str`, the driver reads the texts itself, which is three times as fast.
    """
    # For this part only: others read through the same connection before the next part.
    before, _driver(tx).text_factory = _driver(tx).text_factory, read_text
    try:
        return cursor.fetchmany(AT_ONCE)
    finally:
        _driver(tx).text_factory = before


def _text_or_bytes(raw: bytes) -> str:
    """Read bytes as text, also if they are not UTF-8.

    Each byte that is not UTF-8 becomes a lone surrogate, a character that our own texts never
    contain.
    """
    return raw.decode("utf-8", "surrogateescape")


def _driver(tx: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", tx.connection.dbapi_connection)


def _office_column(table: Table) -> str:
    return "office" if "office" in table.c else "code"


def _names(columns: Iterator[Column[Any]] | Any) -> str:
    return ", ".join(f'"{column.name}"' for column in columns)


def _reader(columns: Sequence[Column[Any]]) -> Callable[[Sequence[Any]], Stored]:
    """Return a function that turns a row of the file into a `Stored`.

    A `Stored` has the values by column, and True if our programs can have written them. The rows of
    a table have few combinations of types, so each combination is checked only once.
    """
    names = [column.name for column in columns]
    special = [
        (column.name, read) for column in columns if (read := _SPECIAL.get(type(column.type)))
    ]
    judged: dict[tuple[type, ...], bool] = {}

    def read_row(row: Sequence[Any]) -> Stored:
        # Both are as long as the table is wide.
        values, types = dict(zip(names, row)), tuple(map(type, row))  # noqa: B905
        if types not in judged:
            judged[types] = all(
                _may_hold(column, kind) for column, kind in zip(columns, types, strict=True)
            )
        if not judged[types]:
            return values, False
        try:
            for name, read in special:
                if values[name] is not None:
                    values[name] = read(values[name])
        except ValueError:
            return values, False
        return values, True

    return read_row


def _may_hold(column: Column[Any], kind: type) -> bool:
    if kind is type(None):
        return bool(column.nullable)
    if isinstance(column.type, (Integer, Boolean)):
        return kind is int
    return kind is (bytes if isinstance(column.type, LargeBinary) else str)


def _truth(value: int) -> bool:
    if value not in (0, 1):
        raise ValueError(value)
    return value == 1


def _moment(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    if moment.isoformat(sep=" ", timespec="microseconds") != written:
        raise ValueError(written)
    return moment


def _day(written: str) -> date:
    day = date.fromisoformat(written)
    if day.isoformat() != written:
        raise ValueError(written)
    return day


_SPECIAL: dict[type, Callable[[Any], Any]] = {Boolean: _truth, DateTime: _moment, Date: _day}
