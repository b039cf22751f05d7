"""Reading and writing rows of one office.

Every statement is limited to the rows of the office, and ids are numbered within the office. The
office is an option of the connection, set when the register is opened.

All writing goes through this module: rows added, changed or deleted here are put into the
transaction's ledger. They stay in the ledger until an event of the log contains their digests
(`audit.note`).
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from functools import cache, lru_cache
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from sqlalchemy import (
    ARRAY,
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    CursorResult,
    Delete,
    FromClause,
    Join,
    Select,
    Table,
    Text,
    Update,
    any_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from psm_course.store.engine import OFFICE
from psm_course.store.ledger import LEDGER, Ledger
from psm_course.store.schema import UNLOGGED

_Statement = TypeVar("_Statement", Select[Any], Update, Delete)
_Limitable = Select[Any] | Update | Delete


def second(of: Table) -> FromClause:
    """Return an alias of a table, to be stored as a constant of a module.

    SQLAlchemy makes the columns of an alias when they are first used. If two threads use them first
    at the same moment, the threads get different columns, which do not fit the statement. Therefore
    the columns are made here, when one thread imports the module.
    """
    named = of.alias()
    named.c  # noqa: B018 - asking for them makes them
    return named


def office_of(tx: Connection) -> str:
    """Return the Kemendagri code of the office whose register this transaction uses."""
    return str(tx.get_execution_options()[OFFICE])


def ours(tx: Connection, statement: _Statement) -> _Statement:
    """Return the statement, limited to rows of this transaction's office.

    Outer-joined tables and selects inside the statement are not limited: there, the caller must use
    `same_office` or `ours`.
    """
    return of_office(statement, office_of(tx))


def of_office(statement: _Statement, office: str) -> _Statement:
    """Return the statement, limited to rows of this office."""
    return cast("_Statement", _limited(statement, office))


def _limited(statement: _Limitable, office: str) -> _Limitable:
    """Return the statement limited to an office, from a cache if possible.

    Limiting a statement takes longer than running most statements. The result stays in the cache as
    long as the statement itself exists. A statement that is a constant of a module (with
    `bindparam` for its values) is limited only once. A statement that is built for a single call
    leaves the cache when the call ends.
    """
    by_office = _LIMITED.setdefault(statement, {})
    if office not in by_office:
        by_office[office] = statement.where(
            *(_is_of(each, office) for each in _tables_of(statement))
        )
    return by_office[office]


_LIMITED: MutableMapping[_Limitable, dict[str, _Limitable]] = WeakKeyDictionary()


@lru_cache(maxsize=256)
def _is_of(source: FromClause, office: str) -> ColumnElement[bool]:
    return source.c.office == office


def same_office(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    """Return a condition: the rows of two tables belong to the same office."""
    return one.c.office == other.c.office


def highest(
    tx: Connection, column: Column[Any], *conditions: ColumnElement[bool], none: int = 0
) -> int:
    """Return the highest value of an integer column in this office's rows.

    `conditions` limit the rows. If there are no such rows, the result is `none`.
    """
    query = select(func.coalesce(func.max(column), none)).select_from(column.table)
    return int(tx.execute(ours(tx, query.where(*conditions))).scalar_one())


def one_of(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Return a condition: a column has one of the texts that the parameter `name` gets later.

    A server gets the texts as one array. With one parameter for each of some thousand texts, the
    driver would spend more time on the statement than on all rows that it finds.
    """
    return _OneOf(column, bindparam(name, expanding=True))


class _OneOf(FunctionElement[bool]):
    # Without a type: SQLite would compare what it is told to be a truth with 1, and then use no
    # index.
    inherit_cache = True


@compiles(_OneOf)
def _listed(element: _OneOf, compiler: SQLCompiler, **options: Any) -> str:
    column, texts = element.clauses
    return compiler.process(column.in_(texts), **options)


@compiles(_OneOf, "postgresql")
def _in_array(element: _OneOf, compiler: SQLCompiler, **options: Any) -> str:
    column, texts = element.clauses
    array = bindparam(cast("BindParameter[Any]", texts).key, type_=ARRAY(Text))
    return compiler.process(column == any_(array), **options)


# ---- writing -------------------------------------------------------------------------------------


def add(
    tx: Connection, to: Table, rows: Sequence[Mapping[str, Any]], about: Sequence[str] | None = None
) -> list[int]:
    """Insert rows of this office.

    Returns the new ids, in the order of the rows; an empty list if the table has no numbered ids.
    Only one writer works for an office at a time, so no id can be given twice.

    Args:
        tx: a transaction.
        to: the table.
        rows: values by column. A missing column gets its default or null; a missing salt is made.
        about: for each row, the subject of the deed whose event will contain the digest of the row.
            None: the next event will contain all digests.
    """
    if not rows:
        return []
    numbers = (
        _next_numbers(tx, to, len(rows))
        if "id" in to.primary_key.columns and "id" not in rows[0]
        else range(0)
    )
    counted: Iterator[dict[str, Any]] = iter(
        [{"id": number} for number in numbers] or [{} for _ in rows]
    )
    usual = _defaults(to) | {"office": office_of(tx)}
    whole = [{**usual, **number, **row} for number, row in zip(counted, rows, strict=True)]
    if "salt" in usual:
        whole = [
            {**row, "salt": secrets.token_bytes(32) if row["salt"] is None else row["salt"]}
            for row in whole
        ]
    tx.execute(insert(to), whole)
    if to.name not in UNLOGGED:
        ledger_of(tx).wrote(to, whole, about)
    return list(numbers)


def change(tx: Connection, statement: Update, about: str | None = None) -> int:
    """Run an UPDATE on this office's rows; returns the number of rows changed.

    `about` is the subject of the deed whose event will contain the digests of the rows. None: the
    next event will contain them.
    """
    to = cast("Table", statement.table)
    if to.name in UNLOGGED:
        return tx.execute(ours(tx, statement)).rowcount
    # The rows as the database has them now: it computes some values, such as the next card serial.
    changed = _whole(tx.execute(ours(tx, statement).returning(*to.c)))
    ledger_of(tx).wrote(to, changed, [about] * len(changed) if about is not None else None)
    return len(changed)


def change_each(tx: Connection, to: Table, by: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Update many rows, each with its own new values.

    `by` is the column that identifies a row. Each of `rows` contains this column and the new
    values.
    """
    if not rows:
        return
    query = (
        update(to)
        .where(to.c[by] == bindparam("which"))
        .values({name: bindparam(name) for name in rows[0] if name != by})
    )
    tx.execute(
        ours(tx, query),
        [
            {"which": row[by]} | {name: value for name, value in row.items() if name != by}
            for row in rows
        ],
    )
    # Read again, because an UPDATE with several sets of values cannot return rows.
    changed = select(to).where(to.c[by].in_([row[by] for row in rows]))
    ledger_of(tx).wrote(to, _whole(tx.execute(ours(tx, changed))))


def remove(tx: Connection, statement: Delete) -> int:
    """Run a DELETE on this office's rows; returns the number of rows deleted."""
    to = cast("Table", statement.table)
    if to.name in UNLOGGED:
        return tx.execute(ours(tx, statement)).rowcount
    gone = _whole(tx.execute(ours(tx, statement).returning(*to.primary_key)))
    ledger_of(tx).deleted(to, gone)
    return len(gone)


def insert_copies(tx: Connection, to: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows of another register.

    The ledger does not get these rows, because the log of that register is copied too.
    """
    tx.execute(insert(to), list(rows))


def delete_all(tx: Connection, of: Table) -> None:
    """Delete every row of this office in a table, before a backup's rows replace them.

    The ledger does not get these rows, because the office's log is replaced too.
    """
    tx.execute(ours(tx, delete(of)))


def _whole(rows: CursorResult[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in rows.mappings()]


def ledger_of(tx: Connection) -> Ledger:
    """Return the transaction's ledger: the rows that it wrote and that are not in the log yet."""
    return cast("Ledger", tx.get_execution_options()[LEDGER])


@cache
def _defaults(to: Table) -> dict[str, Any]:
    return {str(column.name): getattr(column.default, "arg", None) for column in to.columns}


def ask_last_numbers(tx: Connection, *tables: Table) -> None:
    """Read the highest id in each of several tables in one query, and remember these ids.

    Rows that this transaction adds later get the next ids. Without this call, `add` would run one
    query for each table.
    """
    found = tx.execute(_last_numbers(office_of(tx), *tables)).one()
    ledger_of(tx).last_numbers.update(zip((to.name for to in tables), found, strict=True))


@lru_cache(maxsize=256)
def _last_numbers(office: str, *tables: Table) -> Select[Any]:
    return select(
        *(
            select(func.coalesce(func.max(to.c.id), 0))
            .where(to.c.office == office)
            .scalar_subquery()
            for to in tables
        )
    )


def _next_numbers(tx: Connection, to: Table, how_many: int) -> range:
    known = ledger_of(tx).last_numbers
    last = (
        known[to.name]
        if to.name in known
        else tx.execute(_last_numbers(office_of(tx), to)).scalar_one()
    )
    if to.name in known:
        known[to.name] = last + how_many
    return range(last + 1, last + 1 + how_many)


def _tables_of(statement: _Limitable) -> Iterator[FromClause]:
    """Yield the tables that a statement reads or joins; not the right sides of outer joins."""
    if isinstance(statement, (Update, Delete)):
        yield statement.table
        return
    # After with_only_columns, SQLAlchemy keeps the earlier joins in another place.
    changed = statement._memoized_select_entities  # noqa: SLF001
    for source in statement.get_final_froms() if changed else _sources_of(statement):
        yield from (each for each in _inner(source) if "office" in each.c)


def _sources_of(statement: Select[Any]) -> Iterator[FromClause]:
    """Yield the tables of a SELECT, the same as `get_final_froms()` returns.

    That method compiles the statement, which takes longer than most queries. The attributes used
    here are private to SQLAlchemy. If SQLAlchemy changes them, tests fail: those that look for
    statements that are not limited to one office.
    """
    joined = [
        (cast("FromClause", target), flags["isouter"])
        for target, _, _, flags in statement._setup_joins  # noqa: SLF001
    ]
    outside = {target for target, is_outer in joined if is_outer}
    first = statement._iterate_from_elements()  # noqa: SLF001
    found = dict.fromkeys([*first, *(target for target, _ in joined)])
    return (source for source in found if source not in outside)


def _inner(source: FromClause) -> Iterator[FromClause]:
    if not isinstance(source, Join):
        yield source
        return
    yield from _inner(source.left)
    if not source.isouter:
        yield from _inner(source.right)
