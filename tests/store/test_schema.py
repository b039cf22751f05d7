"""The migrations make exactly the tables that `store.schema` describes, and what was written stays written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, inspect, text

from psm_course.errors import StoreError
from psm_course.registrar.issuing import issue_records
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.schema import APPEND_ONLY, metadata
from tests.register_builders import NOW, a_cohort, a_course, completes, register_of

# ---- the migrations and the schema -------------------------------------------------------------------------------------------


def described(tables: MetaData) -> dict[str, Any]:
    """Columns, types, nullability, keys and indexes of every table, in words that can be compared."""
    return {
        table.name: {
            "columns": {column.name: (str(column.type), column.nullable, column.primary_key) for column in table.columns},
            "unique": sorted(
                [tuple(constraint.columns.keys()) for constraint in table.constraints if type(constraint).__name__ == "UniqueConstraint"]
            ),
            "foreign keys": sorted((key.parent.name, key.target_fullname) for key in table.foreign_keys),
            "indexes": sorted(tuple(index.columns.keys()) for index in table.indexes),
        }
        for table in tables.sorted_tables
        if table.name != "alembic_version"
    }


def test_a_migrated_register_has_exactly_the_described_tables(store: Store) -> None:
    migrated = MetaData()
    with store.transaction() as tx:
        migrated.reflect(tx)

    assert described(migrated) == described(metadata)


def test_alembic_finds_nothing_left_to_migrate(store: Store) -> None:
    with store.transaction() as tx:
        assert compare_metadata(MigrationContext.configure(tx), metadata) == []


def test_every_table_but_people_and_cohorts_is_append_only() -> None:
    assert set(metadata.tables) - set(APPEND_ONLY) == {"cohort", "enrolment"}


# ---- append only -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def full(store: Store, tmp_path: Path) -> Store:
    """A register with a row in every table."""
    course = a_course()
    a_cohort(store, "Siti Rahayu")
    completes(store, course, "D26-001")
    issue_records(store, course, Settings(data=tmp_path), "D26", "petugas", NOW, dry_run=False)
    assert all(register_of(store).values())
    return store


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize(
    "action", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}", "REPLACE INTO {table} SELECT * FROM {table}"]
)
def test_nothing_written_is_changed_or_removed(full: Store, table: str, action: str) -> None:
    column = next(iter(metadata.tables[table].columns)).name
    before = register_of(full)

    def tamper() -> None:
        with full.transaction() as tx:
            tx.execute(text("PRAGMA defer_foreign_keys = ON"))
            tx.execute(text(action.format(table=table, column=column)))

    with pytest.raises(StoreError) as refused:
        tamper()

    assert str(refused.value) == f"Buku register tidak dapat dibaca atau ditulis ({table} is append-only)."
    assert register_of(full) == before


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_each_append_only_table_has_its_two_triggers(store: Store, table: str) -> None:
    with store.transaction() as tx:
        triggers = tx.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"), {"table": table})
        assert sorted(triggers.scalars()) == [f"{table}_no_delete", f"{table}_no_update"]


def test_indexes_serve_the_questions_asked_of_every_learner(store: Store) -> None:
    with store.transaction() as tx:
        indexed = {table: [index["column_names"] for index in inspect(tx).get_indexes(table)] for table in ("attendance_mark", "outcome")}

    assert indexed == {"attendance_mark": [["number"]], "outcome": [["attempt"]]}
