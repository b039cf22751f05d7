"""Whose rows a statement is about. Every statement of the program that any test runs is looked at:
it has to name its office.

A table is *pinned* when its office is compared with a value, or with the office of a table that is
pinned. The right side of an outer join is pinned by what the join says, a select within a select
also by what stands around it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    CompoundSelect,
    Delete,
    Engine,
    FromClause,
    Insert,
    Join,
    Select,
    Subquery,
    Update,
    event,
)
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import BinaryExpression, BooleanClauseList, ClauseElement, Grouping
from sqlalchemy.sql.selectable import CTE, TableClause

_PROGRAM = str(Path(__file__).resolve().parents[1] / "psm_course")
_WRITES = str(Path(_PROGRAM) / "store" / "rows.py")
_ABOUT_ALL = {"office"}  # the table of offices itself
# A condition, and the tables that it may pin (None: any).
Condition = tuple[ClauseElement, frozenset[FromClause] | None]
_seen: dict[Any, frozenset[str]] = {}


def watch_every_statement() -> None:
    """From now on a statement of the program that forgets the office, or writes past
    `store/rows.py`, is an AssertionError.
    """
    event.listen(Engine, "before_execute", _look_at)


def _look_at(
    _connection: object,
    statement: Any,
    many: Sequence[Mapping[str, Any]],
    values: Mapping[str, Any],
    _options: object,
) -> None:
    asked_by = _asked_by()
    if not asked_by.startswith(_PROGRAM) or not isinstance(
        statement, (Select, CompoundSelect, Insert, Update, Delete)
    ):
        return
    if isinstance(statement, (Insert, Update, Delete)) and statement.table.name not in _ABOUT_ALL:
        assert asked_by == _WRITES, (
            f"only store/rows.py writes, or no event binds the row: {statement}"
        )
    found = (
        _forgotten_of_an_insert(statement, [*many, values])
        if isinstance(statement, Insert)
        else _remembered(statement)
    )
    assert not found, f"whose rows of {', '.join(sorted(found))}? {statement}"


def _asked_by() -> str:
    """The file from which a statement comes: the program's, or a test's that looks at all rows."""
    frame = sys._getframe(2)
    while frame.f_back is not None and "sqlalchemy" in frame.f_code.co_filename:
        frame = frame.f_back
    return frame.f_code.co_filename


def _forgotten_of_an_insert(statement: Insert, rows: Sequence[Mapping[str, Any]]) -> set[str]:
    written = [row for row in rows if row] or [statement.compile().params]
    return (
        {statement.table.name} - _ABOUT_ALL
        if any(not row.get("office") for row in written)
        else set()
    )


def _remembered(statement: Any) -> frozenset[str]:
    key = statement._generate_cache_key()
    if key is None:
        return forgotten_in(statement)
    if key.key not in _seen:
        _seen[key.key] = forgotten_in(statement)
    return _seen[key.key]


def forgotten_in(statement: Any, around: frozenset[FromClause] = frozenset()) -> frozenset[str]:
    """Names of the tables in a statement, or in one within it, whose office is not pinned.

    Args:
        around: pinned tables of the statement in which this one stands.
    """
    if isinstance(statement, CompoundSelect):
        return frozenset().union(*(forgotten_in(each, around) for each in statement.selects))
    tables, conditions, looked_into = _parts_of(statement)
    pinned = _pinned(conditions, around)
    found = {
        _name(table) for table in tables if "office" in table.c and table not in pinned
    } - _ABOUT_ALL
    nested = (forgotten_in(each, pinned) for part in looked_into for each in _selects_in(part))
    return frozenset(found).union(*nested)


def _parts_of(statement: Any) -> tuple[list[FromClause], list[Condition], list[ClauseElement]]:
    """Its tables, its conditions, and everything in which another select may stand."""
    wheres: list[Condition] = [(each, None) for each in statement._where_criteria]
    if isinstance(statement, (Update, Delete)):
        values = list(getattr(statement, "_values", None) or {})
        return (
            [statement.table],
            wheres,
            [
                *statement._where_criteria,
                *(value for value in values if isinstance(value, ClauseElement)),
            ],
        )
    tables: list[FromClause] = []
    derived: list[ClauseElement] = []
    for source in statement.get_final_froms():
        _take_apart(source, tables, derived, wheres)
    return tables, wheres, [*derived, *statement.selected_columns, *(each for each, _ in wheres)]


def _take_apart(
    source: FromClause,
    tables: list[FromClause],
    derived: list[ClauseElement],
    conditions: list[Condition],
) -> None:
    if isinstance(source, Join):
        left = len(tables)
        _take_apart(source.left, tables, derived, conditions)
        right = len(tables)
        _take_apart(source.right, tables, derived, conditions)
        assert left < len(tables) or derived
        optional = frozenset(tables[right:]) if source.isouter else None
        conditions.append((source.onclause, optional))  # type: ignore[arg-type]
    elif isinstance(source, (Subquery, CTE)):
        derived.append(source.element)
    else:
        tables.append(source)


def _pinned(
    conditions: Sequence[Condition], around: frozenset[FromClause]
) -> frozenset[FromClause]:
    pinned = set(around)
    before = -1
    while len(pinned) > before:
        before = len(pinned)
        for condition, only in conditions:
            newly = {table for table, to in _comparisons(condition) if to is None or to in pinned}
            pinned |= newly if only is None else newly & only
    return frozenset(pinned)


def _comparisons(condition: Any) -> Iterator[tuple[FromClause, FromClause | None]]:
    """Each table whose office has to equal a value (None) or the office of another table."""
    if isinstance(condition, Grouping):
        yield from _comparisons(condition.element)
    elif isinstance(condition, BooleanClauseList) and condition.operator is operators.and_:
        for each in condition.clauses:
            yield from _comparisons(each)
    elif isinstance(condition, BinaryExpression) and condition.operator is operators.eq:
        one, other = _office(condition.left), _office(condition.right)
        if one is not None and (other is not None or isinstance(condition.right, BindParameter)):
            yield one, other
        if one is not None and other is not None:
            yield other, one


def _office(side: Any) -> FromClause | None:
    return side.table if isinstance(side, Column) and side.name == "office" else None


def _selects_in(part: ClauseElement) -> Iterator[Any]:
    """The outermost selects in an expression."""
    if isinstance(part, (Select, CompoundSelect)):
        yield part
    elif not isinstance(part, TableClause):
        for child in part.get_children():
            yield from _selects_in(child)


def _name(table: FromClause) -> str:
    named: Any = getattr(table, "element", table)
    return str(named.name)
