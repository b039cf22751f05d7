"""Puts back the copy of a register from before an upgrade, completely or not at all."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, create_engine, text

from psm_course.errors import Refused
from psm_course.store import migrating
from psm_course.store.backup import REGISTER, rows_in_parts
from psm_course.store.engine import Store
from psm_course.store.row_file import tables_there
from psm_course.store.rows import insert_copies, office_of
from psm_course.store.schema import metadata
from psm_course.store.swapping import Swap, decide, finish, folder_to_lay_in
from psm_course.store.upgrade.alone import offices_seen, refuse_others

# The functions of our triggers outlive DROP TABLE. Those of an extension (`e`) are not ours.
_FUNCTIONS = """
SELECT p.oid::regprocedure::text FROM pg_proc p
WHERE p.pronamespace = current_schema()::regnamespace AND p.prorettype = 'trigger'::regtype
AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"""


def put_file_back(data: Path, kept: Path, aside: str) -> None:
    """Replace the register's file by a copy of `kept`; the present file is moved to `aside`.

    `aside` is the name of a folder below `data`. The caller must have closed the register, and
    nobody else may have it open. If the program is killed half way, `psm restore --finish`
    completes the swap.
    """
    laid = folder_to_lay_in(data) / REGISTER
    shutil.copyfile(kept, laid)
    laid.chmod(0o600)
    swap = Swap((REGISTER,), aside)
    decide(data, swap)
    finish(data, swap)


def put_rows_back(tx: Connection, kept: Path, version: str) -> None:
    """Replace a server's register by an older copy: the SQLite register `kept`.

    First, all tables of the register are deleted and made again, as the migration `version` makes
    them. Then the rows of `kept` are inserted. Everything happens in the caller's transaction.

    Raises:
        Refused: the database also has registers of other offices, whose rows are not in `kept`; or
            it has tables that are not ours; or another program has the register open.
    """
    if len(offices_seen(tx)) > 1:
        raise Refused(
            "Database ini dipakai beberapa kantor, jadi tidak dapat dikembalikan untuk satu kantor"
            " saja. Tidak ada yang diubah. Hubungi pengelola server: pulihkan database itu dari"
            " cadangan server."
        )
    refuse_others(tx)
    there = tables_there(tx)
    foreign = sorted(there.tables.keys() - metadata.tables.keys())
    if foreign:
        raise Refused(
            f"Di database ini ada tabel lain yang bukan milik register: {foreign[0]}. Tidak ada"
            " yang diubah. Minta pengelola server memindahkannya dahulu, lalu ulangi."
        )
    names = ", ".join(f'"{name}"' for name in [*there.tables, "alembic_version"])
    tx.exec_driver_sql(f"DROP TABLE {names} CASCADE")
    for function in tx.execute(text(_FUNCTIONS)).scalars().all():
        tx.exec_driver_sql(f"DROP FUNCTION {function}")
    migrating.upgrade_within(tx, version)
    older = tables_there(tx)
    for name, rows in _rows_of(kept, older, office_of(tx)):
        insert_copies(tx, older.tables[name], rows)


def _rows_of(
    kept: Path, tables: MetaData, office: str
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield table name and rows of one office in a SQLite register, up to 1,000 rows at a time."""
    engine = create_engine(f"sqlite:///{kept}")
    with closing(Store(engine, "")), engine.connect() as source:
        for table in tables.sorted_tables:
            for rows in rows_in_parts(source, table, office):
                yield table.name, rows
