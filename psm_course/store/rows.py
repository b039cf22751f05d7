"""Rows of one office: every statement asks for that office's only, and what is written is numbered within it.

The office is an option of the connection, set once when the register is opened.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Connection, Delete, FromClause, Join, Select, Table, Update, func, insert, select

from psm_course.store.engine import OFFICE

_Statement = TypeVar("_Statement", Select[Any], Update, Delete)


def office_of(tx: Connection) -> str:
    """The Kemendagri code of the office whose register this is."""
    return str(tx.get_execution_options()[OFFICE])


def ours(tx: Connection, statement: _Statement) -> _Statement:
    """The statement, about this office's rows only.

    The right side of an outer join, and a select within the statement, say it themselves: `same_office`.
    """
    return of_office(statement, office_of(tx))


def of_office(statement: _Statement, office: str) -> _Statement:
    """The same for an office named."""
    return cast("_Statement", _limited(statement, office))


@lru_cache(maxsize=512)
def _limited(statement: Select[Any] | Update | Delete, office: str) -> Select[Any] | Update | Delete:
    """Kept: building a statement costs more than most of them take to run. What a page asks often is built once, with `bindparam` for
    what changes, and meets itself here."""
    return statement.where(*(_is_of(each, office) for each in _tables_of(statement)))


@lru_cache(maxsize=256)
def _is_of(source: FromClause, office: str) -> ColumnElement[bool]:
    return source.c.office == office


def same_office(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    """That a row of one table is of the same office as a row of another."""
    return one.c.office == other.c.office


def add(tx: Connection, to: Table, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Write rows of this office. Those of a table that counts get the next numbers, in their order; these are returned.

    Only one writer at a time works for an office, so no number can be given twice.
    """
    if not rows:
        return []
    office = office_of(tx)
    numbers = _next_numbers(tx, to, len(rows)) if "id" in to.primary_key.columns and "id" not in rows[0] else range(0)
    counted = ({"id": number} for number in numbers) if numbers else ({} for _ in rows)
    tx.execute(insert(to), [{"office": office, **number, **row} for number, row in zip(counted, rows, strict=True)])
    return list(numbers)


def _next_numbers(tx: Connection, to: Table, how_many: int) -> range:
    last = tx.execute(ours(tx, select(func.coalesce(func.max(to.c.id), 0)).select_from(to))).scalar_one()
    return range(last + 1, last + 1 + how_many)


def _tables_of(statement: Select[Any] | Update | Delete) -> Iterator[FromClause]:
    """The tables a statement reads by itself or joins; not the right sides of outer joins."""
    if isinstance(statement, (Update, Delete)):
        yield statement.table
        return
    changed = statement._memoized_select_entities  # noqa: SLF001 - by with_only_columns: what was joined before it stands elsewhere
    for source in statement.get_final_froms() if changed else _sources_of(statement):
        yield from (each for each in _inner(source) if "office" in each.c)


def _sources_of(statement: Select[Any]) -> Iterator[FromClause]:
    """What `get_final_froms()` finds by compiling all of the statement, which takes longer than most of the queries themselves.

    These attributes are SQLAlchemy's own; were they to change, every statement that forgets its office would fail the tests.
    """
    joined = [(cast("FromClause", target), flags["isouter"]) for target, _, _, flags in statement._setup_joins]  # noqa: SLF001
    outside = {target for target, is_outer in joined if is_outer}
    found = dict.fromkeys([*statement._iterate_from_elements(), *(target for target, _ in joined)])  # noqa: SLF001
    return (source for source in found if source not in outside)


def _inner(source: FromClause) -> Iterator[FromClause]:
    if not isinstance(source, Join):
        yield source
        return
    yield from _inner(source.left)
    if not source.isouter:
        yield from _inner(source.right)
