"""The migrations make just the tables that `store.schema` describes; what was written stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from dirty_equals import Contains
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
    UniqueConstraint,
    insert,
    inspect,
    text,
)

from psm_course.errors import StoreError
from psm_course.store.engine import Store
from psm_course.store.schema import APPEND_ONLY, NEVER_CHANGED, metadata
from tests.builders import OFFICE
from tests.register_builders import NOW, arranging, register_of

# ---- the migrations and the schema ---------------------------------------------------------------


def described(tables: MetaData) -> dict[str, Any]:
    """Columns, types, nullability, keys and indexes of every table, as values to compare."""
    return {
        table.name: {
            "columns": {
                column.name: (str(column.type.as_generic()), column.nullable, column.primary_key)
                for column in table.columns
            },
            "unique": sorted(
                [
                    tuple(constraint.columns.keys())
                    for constraint in table.constraints
                    if type(constraint).__name__ == "UniqueConstraint"
                ]
            ),
            "foreign keys": sorted(
                (key.parent.name, key.target_fullname) for key in table.foreign_keys
            ),
            "indexes": sorted(tuple(index.columns.keys()) for index in table.indexes),
        }
        for table in tables.sorted_tables
        if table.name != "alembic_version"
    }


def test_a_migrated_register_has_exactly_the_described_tables(store: Store) -> None:
    migrated = MetaData()
    with arranging(store) as tx:
        migrated.reflect(tx)

    assert described(migrated) == described(metadata)


def test_alembic_finds_nothing_left_to_migrate(store: Store) -> None:
    with arranging(store) as tx:
        assert compare_metadata(MigrationContext.configure(tx), metadata) == []


def test_every_table_but_people_places_accounts_and_the_quarantine_is_append_only() -> None:
    changing = {"cohort", "cohort_session", "person", "enrolment", "name_word", "quarantine"}
    changing |= {"account", "account_cohort", "sign_in", "sign_in_failure"}

    assert set(metadata.tables) - {*APPEND_ONLY, *NEVER_CHANGED} == changing


pytestmark = pytest.mark.tampering  # rows of every table are put there without the program

# ---- append only ---------------------------------------------------------------------------------


@pytest.fixture
def full(store: Store) -> Store:
    return filled(store)


@pytest.fixture
def full_file(file_store: Store) -> Store:
    return filled(file_store)


def filled(store: Store) -> Store:
    """A register with a row in every table, whatever tables there are; rows refer to each other
    where they may.
    """
    written: dict[str, dict[str, Any]] = {}
    with arranging(store) as tx:
        for table in metadata.sorted_tables:
            row = written[table.name] = {
                column.name: FILLERS[type(column.type)]() for column in table.columns
            } | _referring(table, written)
            if table.name != "office":  # written when the register was opened
                tx.execute(insert(table).values(row))
    return store


def _referring(table: Table, written: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The values by which a row refers to rows of other tables; its own table has none yet."""
    found: dict[str, Any] = {}
    for constraint in table.foreign_key_constraints:
        pointed = constraint.referred_table
        for key in constraint.elements:
            if key.parent.name != "office" and pointed is table:
                found[key.parent.name] = None
            elif pointed is not table:
                found[key.parent.name] = written[pointed.name][key.column.name]
    return found


FILLERS: dict[type, Callable[[], Any]] = {
    Text: lambda: OFFICE,
    Integer: lambda: 1,
    Boolean: lambda: True,
    Date: NOW.date,
    DateTime: lambda: NOW.replace(tzinfo=None),
    LargeBinary: lambda: b"isi",
}


def refusal_of(store: Store, *statements: str) -> str:
    """What is said; and that nothing has changed."""
    before = register_of(store)

    def tamper() -> None:
        with arranging(store) as tx:
            for statement in statements:
                tx.execute(text(statement))

    with pytest.raises(StoreError) as refused:
        tamper()
    assert register_of(store) == before
    return str(refused.value)


@pytest.mark.parametrize("table", [*APPEND_ONLY, *NEVER_CHANGED])
def test_nothing_written_is_changed(full: Store, table: str) -> None:
    column = next(iter(metadata.tables[table].columns)).name

    # Names of our own tables.
    said = refusal_of(full, f'UPDATE "{table}" SET "{column}" = "{column}"')  # noqa: S608

    assert said == Contains("tidak dapat dibaca", f"({table} is append-only)")


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_nothing_written_is_removed(full: Store, table: str) -> None:
    said = refusal_of(full, f'DELETE FROM "{table}"')  # noqa: S608 - names of our own tables

    assert said == Contains("tidak dapat dibaca", f"({table} is append-only)")


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_sqlite_replaces_nothing_behind_our_back(full_file: Store, table: str) -> None:
    # Names of our own tables.
    replacing = f'REPLACE INTO "{table}" SELECT * FROM "{table}"'  # noqa: S608

    said = refusal_of(full_file, "PRAGMA defer_foreign_keys = ON", replacing)

    assert said == Contains("tidak dapat dibaca", f"({table} is append-only)")


def test_a_persons_document_can_be_taken_out_but_not_rewritten(full: Store) -> None:
    with arranging(full) as tx:
        tx.execute(text("DELETE FROM record_document"))

    assert register_of(full)["record_document"] == []
    assert len(register_of(full)["record"]) == 1


def own_indexes(tx: Connection, table: str) -> list[Any]:
    """Without those that only stand for a UNIQUE constraint."""
    return [
        index for index in inspect(tx).get_indexes(table) if "duplicates_constraint" not in index
    ]


def test_indexes_serve_the_questions_asked_of_every_learner(store: Store) -> None:
    asked = (
        "enrolment",
        "attendance_mark",
        "submission",
        "outcome",
        "override",
        "observation",
        "record",
        "record_event",
        "audit_event",
    )
    with store.reading() as tx:
        indexed = {
            table: sorted(
                [" ".join(map(str, index["column_names"])) for index in own_indexes(tx, table)]
            )
            for table in asked
        }

    assert indexed == {
        "enrolment": [
            "office cohort number left_as left_to",
            "office kelurahan name_key number",
            "office left_to",
            "office person",
            "office phone",
        ],
        "attendance_mark": ["office number id session presence"],
        "submission": ["office participant", "office received_at id", "office received_at id"],
        "outcome": ["office attempt id points maximum passed critical void"],
        "override": ["office number"],
        "observation": ["office number"],
        "record": ["office participant"],
        "record_event": ["office event record", "office record"],
        "audit_event": ["office subject"],
    }


def test_every_key_and_index_begins_with_the_office() -> None:
    """Two cities can share a database, and each finds its own rows without passing the other's."""
    keys = {
        table.name: next(iter(table.primary_key.columns)).name
        for table in metadata.sorted_tables
        if table.name != "office"
    }
    indexes = {
        index.name: next(iter(index.columns)).name
        for table in metadata.sorted_tables
        for index in table.indexes
    }
    unique = {
        (table.name, *constraint.columns.keys()): constraint.columns.keys()[0]
        for table in metadata.sorted_tables
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    }

    assert {*keys.values(), *indexes.values(), *unique.values()} == {"office"}


def test_rows_refer_only_to_rows_of_their_own_office() -> None:
    across = [
        str(constraint.elements[0].target_fullname)
        for table in metadata.sorted_tables
        for constraint in table.foreign_key_constraints
        if ("office", "office")
        not in [(key.parent.name, key.column.name) for key in constraint.elements]
        and constraint.referred_table.name != "office"
    ]

    assert across == []
