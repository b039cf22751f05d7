"""Is every row of a register bound by its log? Asked after every test of what it leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Engine,
    Select,
    String,
    Table,
    bindparam,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from psm_course.store.ledger import columns_of, digest_of, key_of
from psm_course.store.schema import UNLOGGED, log_entry, metadata, office
from tests.compiled import engine_of

# Where tests put registers below their folder.
_PLACES = ("register.db", "*/register.db", "*/*/register.db")
# Set aside, the check is a test's own business:
# somebody changes rows behind the program's back there.
MARKER = "tampering"


def unbound_in_files(folder: Path) -> list[str]:
    """Of every register below a folder, as `unbound` says."""
    found = []
    for place in _PLACES:
        for path in folder.glob(place):
            engine = engine_of(f"sqlite:///file:{path}?mode=ro&uri=true", poolclass=NullPool)
            with suppress(
                DatabaseError
            ):  # some tests put there what is no register, or no longer one
                found += [f"{path.relative_to(folder)}: {each}" for each in unbound(engine)]
    return found


def unbound(engine: Engine) -> list[str]:
    """Rows that no event binds as they are, and lines whose row is gone; of all offices."""
    with engine.connect() as connection:
        return [
            each
            for code in connection.execute(select(office.c.code)).scalars().all()
            for each in _unbound_of(connection, code)
        ]


def _unbound_of(connection: Connection, code: str) -> Iterator[str]:
    lines = connection.execute(_LINES, {"code": code}).all()
    newest = {(table, key): digest for table, key, digest in lines}
    for name in connection.execute(_FILLED, {"code": code}).scalars().all() if newest else ():
        table, names = metadata.tables[name], columns_of(metadata.tables[name])
        for row in connection.execute(_ROWS[name], {"code": code}):
            key = key_of(table, dict(zip(names, row, strict=True)))
            if newest.pop((name, key), None) != digest_of(names, row):
                yield f"{name} {key} is not as its newest line says"
    yield from (
        f"{table} {key} is gone without a line"
        for (table, key), digest in newest.items()
        if digest is not None
    )


# The questions are made once, not after every test;
# most tables are empty there, and one question tells which.
_CODE = bindparam("code", type_=String)
_LINES = (
    select(log_entry.c.table, log_entry.c.key, log_entry.c.digest)
    .where(log_entry.c.office == _CODE)
    .order_by(log_entry.c.event)
)


def _its_rows(table: Table) -> Select[Any]:
    of_office = table.c.code if table is office else table.c.office
    return select(*(table.c[name] for name in columns_of(table))).where(of_office == _CODE)


_ROWS = {
    table.name: _its_rows(table) for table in metadata.sorted_tables if table.name not in UNLOGGED
}
_FILLED: CompoundSelect[Any] = union_all(
    *(select(literal_column(f"'{name}'")).where(rows.exists()) for name, rows in _ROWS.items())
)
