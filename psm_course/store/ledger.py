"""The ledger: the rows that a transaction wrote and whose digests are not in the log yet.

This module also computes the digests of rows and events. `rows` adds to the ledger, `audit` empties
it. Decision 0065 says what a digest covers; any program with SHA-256 and canonical JSON (RFC 8785)
can compute the digests again.
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
    """The state of a row when an event was written.

    `key` is the row's primary key without the column `office`, as JSON. `digest` is the row's
    digest; None if the row was deleted.
    """

    table: str
    key: str
    digest: bytes | None


class Ledger:
    """The rows that one transaction wrote and whose digests are in no log event yet.

    If a row was written twice, only its last state is kept. `bool()` of a ledger is False if it has
    no rows.
    """

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str], tuple[bytes | None, str | None]] = {}
        # The last id by table, if `rows.ask_last_numbers` read it: nobody else writes meanwhile.
        self.last_numbers: dict[str, int] = {}

    def __bool__(self) -> bool:
        return bool(self._lines)

    def tables(self) -> list[str]:
        """Return the names of the tables whose rows are in this ledger, sorted."""
        return sorted({table for table, _ in self._lines})

    def wrote(
        self, table: Table, rows: Sequence[Mapping[str, Any]], about: Sequence[str] | None = None
    ) -> None:
        """Add the digests of written rows to the ledger, so that a log event will contain them.

        Args:
            table: the table of the rows.
            rows: for each row the values of all its columns, by column.
            about: for each row, the subject of the deed whose event will contain the digest of the
                row. None: the next event will contain all digests.
        """
        subjects = repeat(None) if about is None else about
        for row, subject in zip(rows, subjects, strict=about is not None):
            self._lines[table.name, key_of(table, row)] = row_digest(table, row), subject

    def deleted(self, table: Table, keys: Iterable[Mapping[str, Any]]) -> None:
        """Add deleted rows to the ledger, by their primary keys."""
        for each in keys:
            self._lines[table.name, key_of(table, each)] = None, None

    def take(self, subjects: Sequence[str]) -> list[list[Line]]:
        """Empty the ledger; returns a list of lines for each of the subjects, in the same order.

        `subjects` are the subjects of the deeds. Lines about other subjects, or about none, are in
        the first list.
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
    """Return a row's primary key as a JSON list, without the column `office`."""
    return orjson.dumps([row[name] for name in _key_columns(table)]).decode()


@cache
def _key_columns(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key if column.name != "office")


def row_digest(table: Table, row: Mapping[str, Any]) -> bytes:
    """Return SHA-256 (32 bytes) of a row: of the canonical JSON of all its columns by name.

    Times are in UTC without a time zone, bytes in hexadecimal.
    """
    names = columns_of(table)
    return digest_of(names, [row[name] for name in names])


@cache
def columns_of(table: Table) -> tuple[str, ...]:
    """Return a table's column names in the order in which canonical JSON writes them."""
    # str(): orjson refuses SQLAlchemy's own kind of str as the key of an object.
    return tuple(sorted(str(column.name) for column in table.columns))


def digest_of(names: Sequence[str], values: Sequence[Any]) -> bytes:
    """Return the digest of a row.

    `names` are its column names; `values` are the values that the database returned for them.
    """
    return hashlib.sha256(canonical(dict(zip(names, values, strict=True)))).digest()


def canonical(value: object) -> bytes:
    """Return canonical JSON (RFC 8785) of a row or an event.

    Rows and events contain no fractions, and their names are plain ASCII. For such values orjson
    writes the same as the RFC 8785 library, twenty times as fast; a test compares the two.
    """
    return orjson.dumps(value, default=bytes.hex, option=orjson.OPT_SORT_KEYS)


def entry_of(salt: bytes, event: Mapping[str, Any], lines: Iterable[Line]) -> bytes:
    """Return the entry of a log event: 32 bytes, made from the event and the digests of its rows.

    If the event or one of the rows is changed, the entry does not fit any more. The entry reveals
    nothing to a person who does not know the salt.

    Args:
        salt: 32 bytes.
        event: office, id, at, actor, verb, subject, and detail as an object.
        lines: the lines of the event's rows, in any order.
    """
    return hashlib.sha256(salt + canonical({**event, "lines": _lines_digest(lines)})).digest()


def _lines_digest(lines: Iterable[Line]) -> str:
    """Return the SHA-256 over all lines, in hexadecimal.

    Each line is written as a JSON list of table, key and digest, followed by a line feed. The lines
    are sorted.
    """
    written = sorted(
        orjson.dumps([each.table, each.key, each.digest and each.digest.hex()]) + b"\n"
        for each in lines
    )
    return hashlib.sha256(b"".join(written)).hexdigest()
