"""Compares every row with the newest line about it in the log, and every line with its row.

A line of the log is the key and the digest of a row that a deed wrote or deleted. A few thousand
rows at a time are read, and their digests are compared with the lines. If a table has fewer rows
than the log says, the lines about this table are read a second time, to find the missing rows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, Connection, Table, Text, any_, bindparam, exists, func, select
from sqlalchemy.exc import SQLAlchemyError

from psm_course.store.ledger import key_of, row_digest
from psm_course.store.rows import ours, same_office
from psm_course.store.schema import UNLOGGED, log_entry, metadata
from psm_course.store.soundness.naming import CALLED, key_in, name_of, read_key, row_called
from psm_course.store.soundness.problem import Problem
from psm_course.store.soundness.stored import AT_ONCE, Stored, Unread, read_or_not, stored_rows

LOGGED = tuple(table for table in metadata.sorted_tables if table.name not in UNLOGGED)
# The office itself is noted by its first deed, and so stands there before.
_BEFORE_THE_FIRST_DEED = tuple(table for table in LOGGED if table.name != "office")
Count = Callable[[int], None]
_LINES = select(log_entry.c.key, log_entry.c.event, log_entry.c.digest).where(
    log_entry.c.table == bindparam("of_table")
)
# Made once, with the keys as a parameter: SQLAlchemy would remember each statement with thousands
# of keys. A server takes the keys as one array: thousands of single parameters cost more than the
# reading.
_LINES_ABOUT = {
    "sqlite": (
        _LINES.where(log_entry.c.key.in_(bindparam("keys", expanding=True))).order_by(
            log_entry.c.event
        )
    ),
    "postgresql": (
        _LINES.where(log_entry.c.key == any_(bindparam("keys", type_=ARRAY(Text)))).order_by(
            log_entry.c.event
        )
    ),
}


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest line of the log about a row: the id of its event, and the row's digest.

    `digest` is the digest that the row had at the time of the event; None if the event deleted the
    row.
    """

    event: int
    digest: bytes | None


def row_problems(tx: Connection, count: Count) -> Iterator[Problem]:
    """Yield problems of all tables: rows that differ from the log, and rows that are missing.

    It is also a problem if the log names an unknown table. Rows are read in parts; after each part,
    the function `count` is called with the number of rows in it.
    """
    known = _live_keys(tx)
    for table in LOGGED if known else _BEFORE_THE_FIRST_DEED:
        found = 0
        try:
            for part in stored_rows(tx, table):
                keys = [_key(table, values) for values, _ in part]
                lines = newest_lines(tx, table, keys)
                found += sum(line.digest is not None for line in lines.values())
                count(len(part))
                yield from _unfit(tx, table, zip(keys, part, strict=True), lines)
        except Unread as unread:
            yield Problem(
                table.name,
                "",
                f"Tabel {table.name} tidak terbaca seluruhnya: {unread}. Pakai cadangan terakhir.",
            )
            # Rows that were not read would be named as missing.
            continue
        if found != known.get(table.name, 0):
            yield from _missing(tx, table)
    for name in sorted(known.keys() - {table.name for table in LOGGED}):
        yield Problem(
            "log_entry",
            name,
            f"Catatan menyebut tabel {name}, yang tidak dikenal. Bandingkan dengan cadangan.",
        )


def _key(table: Table, values: Mapping[str, Any]) -> str:
    """Return a row's key as the log writes it; "" if our programs cannot have written the key."""
    try:
        return key_of(table, values)
    except TypeError:
        return ""


def newest_lines(tx: Connection, table: Table, keys: Sequence[str]) -> dict[str, Newest]:
    """Return the newest line of the log about each of these keys, by key.

    Keys that the log does not mention are left out.

    Raises:
        Unread: the database cannot read the lines.
    """
    with read_or_not():
        found = tx.execute(
            ours(tx, _LINES_ABOUT[tx.dialect.name]), {"of_table": table.name, "keys": keys}
        ).all()
        # They come oldest first, so the newest line about a key stays.
        return {key: Newest(event, digest) for key, event, digest in found}


# ---- rows that do not fit ------------------------------------------------------------------------


def _unfit(
    tx: Connection, table: Table, part: Iterable[tuple[str, Stored]], lines: Mapping[str, Newest]
) -> Iterator[Problem]:
    for key, (values, is_as_written) in part:
        line = lines.get(key)
        if line is None or not is_as_written or line.digest != _digest(table, values):
            yield _about(tx, table, values, line)


def _digest(table: Table, values: Mapping[str, Any]) -> bytes:
    """Return a row's digest; empty for values that our programs cannot have written."""
    try:
        return row_digest(table, values)
    except TypeError:
        return b""


def _about(tx: Connection, table: Table, values: Mapping[str, Any], line: Newest | None) -> Problem:
    who = _named(tx, table, values)
    row = f"{CALLED[table.name]} {who}"
    if line is None:
        said = f"{row} tidak ada di catatan mana pun; disisipkan di luar program."
    elif line.digest is None:
        said = f"{row} sudah dihapus menurut catatan {line.event}, tetapi barisnya ada lagi."
    else:
        said = f"{row} tidak cocok dengan catatan {line.event}; diubah di luar program."
    return Problem(table.name, who, said)


def _named(tx: Connection, table: Table, values: Mapping[str, Any]) -> str:
    with suppress(SQLAlchemyError):
        return name_of(tx, table.name, values)
    return row_called(key_in(table.name, values))


# ---- lines without a row -------------------------------------------------------------------------


def _live_keys(tx: Connection) -> dict[str, int]:
    """Return the number of rows that a table must have according to the log, by table name."""
    keys = ours(tx, select(log_entry.c.table, log_entry.c.key).distinct()).subquery()
    query = select(keys.c.table, func.count()).group_by(keys.c.table)
    later = log_entry.alias()
    again = (
        select(later.c.event)
        .where(
            same_office(later, log_entry),
            later.c.table == log_entry.c.table,
            later.c.key == log_entry.c.key,
        )
        .where(later.c.event > log_entry.c.event)
        .correlate(log_entry)
    )
    gone = (
        select(log_entry.c.table, func.count())
        .where(log_entry.c.digest.is_(None), ~exists(again))
        .group_by(log_entry.c.table)
    )
    out = {str(row[0]): int(row[1]) for row in tx.execute(ours(tx, gone))}
    return {str(table): there - out.get(table, 0) for table, there in tx.execute(query).all()}


def _missing(tx: Connection, table: Table) -> Iterator[Problem]:
    """Yield a problem for every missing row that the log does not call deleted, sorted by key."""
    query = ours(
        tx,
        select(log_entry.c.key)
        .where(log_entry.c.table == table.name)
        .distinct()
        .order_by(log_entry.c.key),
    )
    with read_or_not(), tx.execute(query.execution_options(yield_per=AT_ONCE)) as rows:
        for part in rows.scalars().partitions():
            lines = newest_lines(tx, table, part)
            there = _present(tx, table, part)
            yield from (
                _lost(table, key, line)
                for key, line in lines.items()
                if line.digest is not None and key not in there
            )


def _present(tx: Connection, table: Table, keys: Sequence[str]) -> set[str]:
    """Return those of `keys` whose row is in the table now."""
    own = [column for column in table.primary_key if column.name != "office"]
    # A falsified key may be of another type, which a server refuses to compare.
    wanted = [
        each
        for key in keys
        for each in read_key(key)[:1]
        if isinstance(each, own[0].type.python_type)
    ]
    rows = tx.execute(ours(tx, select(*own).where(own[0].in_(wanted)))).mappings()
    return {key_of(table, dict(row)) for row in rows}


def _lost(table: Table, key: str, line: Newest) -> Problem:
    who = row_called(read_key(key))
    return Problem(
        table.name,
        who,
        f"{CALLED[table.name]} {who} di catatan {line.event} tidak ada lagi; dihapus di luar"
        " program.",
    )
