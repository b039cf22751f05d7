"""A transaction's rows that no event binds yet (the ledger), and the digests of rows and events.

`rows` fills the ledger, `audit` empties it. Decision 0065 says what is digested; any program with
SHA-256 and canonical JSON (RFC 8785) can compute the digests again.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Any

import orjson
from sqlalchemy import Table

LEDGER = "psm_ledger"


@dataclass(frozen=True, slots=True)
class Line:
    """A row as an event left it.

    `key` is JSON of the primary key without the office; `digest` None: the row was deleted.
    """

    table: str
    key: str
    digest: bytes | None


class Ledger:
    """The rows that one transaction wrote and no event binds yet.

    Of a row that was written twice, only the last state is kept. A ledger without rows is false.
    """

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str], tuple[bytes | None, str | None]] = {}
        # The last id by table, if `rows.ask_last_numbers` read it: nobody else writes meanwhile.
        self.last_numbers: dict[str, int] = {}

    def __bool__(self) -> bool:
        return bool(self._lines)

    def tables(self) -> list[str]:
        """The tables with rows that no event binds yet."""
        return sorted({table for table, _ in self._lines})

    def wrote(
        self, table: Table, rows: Sequence[Mapping[str, Any]], about: Sequence[str] | None = None
    ) -> None:
        """Remember rows as they now are, with all of their columns, for the log entry about them.

        Args:
            table: their table.
            rows: values by column.
            about: for each row the subject of the log entry that will name it; None: the next
                entry.
        """
        subjects = repeat(None) if about is None else about
        for row, subject in zip(rows, subjects, strict=about is not None):
            self._lines[table.name, key_of(table, row)] = row_digest(table, row), subject

    def deleted(self, table: Table, keys: Iterable[Mapping[str, Any]]) -> None:
        """Note deleted rows, by their primary keys."""
        for each in keys:
            self._lines[table.name, key_of(table, each)] = None, None

    def take(self, subjects: Sequence[str]) -> list[list[Line]]:
        """Empty the ledger; returns its lines, a list for each subject of a deed.

        All other lines go to the first deed.
        """
        # Reversed, so that of two deeds about one subject the first gets the lines.
        place = {subject: index for index, subject in reversed(list(enumerate(subjects)))}
        shared: list[list[Line]] = [[] for _ in subjects]
        for (table, key), (digest, subject) in self._lines.items():
            shared[place.get(subject, 0) if subject is not None else 0].append(
                Line(table, key, digest)
            )
        self._lines.clear()
        return shared


def key_of(table: Table, row: Mapping[str, Any]) -> str:
    """A row's primary key as a JSON list, without the office, which is the same in all rows."""
    return orjson.dumps([row[name] for name in _key_columns(table)]).decode()


@cache
def _key_columns(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key if column.name != "office")


def row_digest(table: Table, row: Mapping[str, Any]) -> bytes:
    """SHA-256 (32 bytes) of the canonical JSON of all columns by name.

    Moments are in UTC without a zone, bytes in hexadecimal.
    """
    names = columns_of(table)
    return digest_of(names, [row[name] for name in names])


@cache
def columns_of(table: Table) -> tuple[str, ...]:
    """A table's column names in the order of the canonical JSON."""
    return tuple(sorted(str(column.name) for column in table.columns))


def digest_of(names: Sequence[str], values: Sequence[Any]) -> bytes:
    """The digest of a row, from the values of these columns as the database gives them."""
    return hashlib.sha256(canonical(dict(zip(names, values, strict=True)))).digest()


def canonical(value: object) -> bytes:
    """The JSON of RFC 8785 for what rows and events can hold: no fractions, and plain ASCII names.

    For such values orjson writes the same as the RFC 8785 library, twenty times as fast; a test
    compares them.
    """
    return orjson.dumps(value, default=bytes.hex, option=orjson.OPT_SORT_KEYS)


def entry_of(salt: bytes, event: Mapping[str, Any], lines: Iterable[Line]) -> bytes:
    """32 bytes that bind an event and its rows, and reveal nothing without the salt.

    Args:
        salt: 32 bytes.
        event: office, id, at, actor, verb, subject, and detail as an object.
        lines: in any order.
    """
    return hashlib.sha256(salt + canonical({**event, "lines": _lines_digest(lines)})).digest()


def _lines_digest(lines: Iterable[Line]) -> str:
    """The SHA-256 over all lines, in hexadecimal.

    A line is a JSON list of table, key and digest. The lines are sorted; a line feed follows each.
    """
    written = sorted(
        orjson.dumps([each.table, each.key, each.digest and each.digest.hex()]) + b"\n"
        for each in lines
    )
    return hashlib.sha256(b"".join(written)).hexdigest()
