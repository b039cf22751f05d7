"""Registers that many tests begin with: arranged once in this process by the office's own verbs,
and laid there again for each test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any, TypeVar, cast

from psycopg import Cursor, sql
from sqlalchemy import Connection

from psm_course.store.engine import Store
from psm_course.store.schema import metadata
from tests.databases import EMPTY

# What a register holds: the bytes of its file, or of a server every table that is not empty, as
# PostgreSQL copies it.
Content = bytes | Mapping[str, bytes]
_MOST = 12
_Made = TypeVar("_Made")
_kept: dict[tuple[Any, ...], tuple[object, Content, Any]] = {}


def arranged(store: Store, arrange: Callable[..., _Made], *about: object) -> _Made:
    """Do `arrange(store, *about)`, or make the register what it was after it the first time.

    Returns a copy of what `arrange` returned then.

    Args:
        arrange: writes into the register and nowhere else. One that is made anew for every test is
            done for every test.
        about: what it needs beside the register, and what the register was made from before; the
            same things, not only equal ones, make the same register.
    """
    key = store.engine.dialect.name, store.office, arrange, *map(id, about)
    if key in _kept:
        _lay(store, _kept[key][1])
        return cast("_Made", deepcopy(_kept[key][2]))
    made = arrange(store, *about)
    _kept[key] = (
        about,
        _content(store),
        deepcopy(made),
    )  # kept with what it is about, or another thing could come by the same id
    if len(_kept) > _MOST:
        _kept.pop(next(iter(_kept)))
    return made


def _content(store: Store) -> Content:
    if store.engine.dialect.name == "sqlite":
        store.close()  # all of it is in the file then
        return Path(str(store.engine.url.database)).read_bytes()
    with store.engine.connect() as connection, _cursor(connection) as cursor:
        tables = {name: _copied(cursor, name) for name in metadata.tables if name != "office"}
    return {name: rows for name, rows in tables.items() if rows}


def _cursor(connection: Connection) -> Cursor[Any]:
    return cast("Cursor[Any]", connection.connection.cursor())


def _copied(cursor: Cursor[Any], table: str) -> bytes:
    with cursor.copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as copy:
        return b"".join(copy)


def _lay(store: Store, content: Content) -> None:
    if isinstance(content, bytes):
        store.close()
        Path(str(store.engine.url.database)).write_bytes(content)
        return
    with store.engine.begin() as connection, _cursor(connection) as cursor:
        cursor.execute(EMPTY)  # what was let in once is not looked at again after this
        for name, rows in content.items():
            with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))) as copy:
                copy.write(rows)
