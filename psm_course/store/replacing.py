"""Replaces one office's rows in a shared database by those of another register (decision 0076)."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from psm_course.store.backup import copy_rows
from psm_course.store.engine import Store
from psm_course.store.rows import delete_all
from psm_course.store.schema import metadata
from psm_course.store.schema import office as office_table
from psm_course.store.sole_use import refuse_if_shared


def replace_office(target: Store, source: Store) -> None:
    """Replace all rows of the target's office by the rows of `source`, in one transaction.

    Rows of other offices are not touched.

    Raises:
        Refused: another program uses this office's register.
        StoreError: the database refused a row or failed; then nothing has changed.
    """
    with source.reading() as rows, target.transaction() as tx:
        if tx.dialect.name == "postgresql":
            refuse_if_shared(tx, target.office)
        else:
            tx.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        with _unguarded(tx):
            for table in reversed(metadata.sorted_tables):
                if table is not office_table:
                    delete_all(tx, table)
        copy_rows(rows, tx)


@contextmanager
def _unguarded(tx: Connection) -> Iterator[None]:
    """Switch off the triggers that forbid deleting rows, while the block runs.

    The triggers are switched on again before the transaction ends. So nobody else ever sees the
    tables without triggers.
    """
    # Without `finally`: if the block fails, the rollback brings the triggers back.
    if tx.dialect.name == "postgresql":
        tables = [
            tx.dialect.identifier_preparer.format_table(table) for table in metadata.sorted_tables
        ]
        for table in tables:
            tx.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            tx.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return
    guards = tx.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all()
    for guard in guards:
        tx.exec_driver_sql(f'DROP TRIGGER "{guard.name}"')
    yield
    for guard in guards:
        tx.exec_driver_sql(guard.sql)
