"""Copies a register while others use it.

The copy is a SQLite register or, which is faster to write, a file of rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from psm_course.errors import Refused, StoreError, cause
from psm_course.store.engine import Connection, Store
from psm_course.store.opening import offices_in, open_store
from psm_course.store.row_file import make_register, write_row_file
from psm_course.store.rows import insert_copies, of_office, office_of
from psm_course.store.schema import metadata
from psm_course.store.schema import office as office_table
from psm_course.store.sqlite import keep_copy

REGISTER, ROWS = "register.db", "register.rows"
_AT_ONCE = 1000


@contextmanager
def one_moment(store: Store, folder: Path) -> Iterator[tuple[Path, Connection]]:
    """Copy the register as it is now to a new file in `folder`.

    Yields the file and a read transaction with the same data. Others can keep writing meanwhile.
    The file is a SQLite register (`REGISTER`). For a register on a server, it is a file of rows
    (`ROWS`), from which `make_register` makes a SQLite register.

    Raises:
        OSError, StoreError: the file cannot be written.
    """
    if _is_on_a_server(store):
        with store.reading() as tx:
            write_row_file(tx, folder / ROWS)
            yield folder / ROWS, tx
        return
    back_up(store, folder / REGISTER)
    with closing(open_store(folder / REGISTER, store.office)) as copy, copy.reading() as tx:
        yield folder / REGISTER, tx


def back_up(store: Store, target: Path) -> None:
    """Write the register as it is now to `target`, a new SQLite register.

    Others can keep writing meanwhile.

    Raises:
        Refused: `target` exists.
        StoreError: `target` cannot be written.
    """
    if target.exists():
        raise Refused(f"{target} sudah ada. Pilih nama lain; cadangan lama tidak ditimpa.")
    half = target.with_name(f"{target.name}.part")
    # A backup that was killed may have left one.
    half.unlink(missing_ok=True)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(store, half)
        half.replace(target)
    except OSError as error:
        raise StoreError(f"{target} tidak dapat ditulis: {cause(error)}.") from None
    finally:
        # Also the file of rows, and what SQLite leaves beside a file: `.part.rows`, `.part-wal`.
        for left in half.parent.glob(f"{half.name}*"):
            left.unlink()


def _is_on_a_server(store: Store) -> bool:
    return store.engine.dialect.name == "postgresql"


def _copy(store: Store, half: Path) -> None:
    if _is_on_a_server(store):
        rows = half.with_name(f"{half.name}.rows")
        with store.reading() as source:
            write_row_file(source, rows)
        make_register(rows, half)
        return
    # The whole file only if no other office is in it: a backup is of one office alone.
    if offices_in(store) == (store.office,):
        keep_copy(Path(str(store.engine.url.database)), half)
        return
    with (
        closing(open_store(half, store.office)) as copy,
        store.reading() as source,
        copy.transaction() as target,
    ):
        copy_rows(source, target)


def copy_rows(source: Connection, target: Connection) -> None:
    """Copy every row of the source's office to the register `target`.

    Before this, `target` must have no other row than the office's own row.
    """
    for table in metadata.sorted_tables:
        if table is not office_table:
            for rows in rows_in_parts(source, table, office_of(source)):
                insert_copies(target, table, rows)


def rows_in_parts(source: Connection, table: Table, office: str) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of one office in a table, up to 1,000 at a time, as mappings by column.

    The rows come in an order in which they can be inserted into another register.
    """
    query = of_office(table.select(), office).order_by(*table.primary_key)
    with source.execute(query.execution_options(yield_per=_AT_ONCE)) as rows:
        parts = ([dict(row) for row in part] for part in rows.mappings().partitions())
        yield from _corrected_first(parts) if table.name == "record" else parts


def _corrected_first(parts: Iterable[list[dict[str, Any]]]) -> Iterator[list[dict[str, Any]]]:
    """Yield each corrected record before the record that replaces it.

    When a replacing record is inserted, the database checks at once that the corrected record is
    already there. The records cannot simply be sorted by date: if the laptop's clock was wrong, the
    date and the year of a record are wrong too. Apart from that, the order of the records does not
    matter.
    """
    yielded = set[str]()
    waiting = defaultdict[str, list[dict[str, Any]]](list)
    for part in parts:
        ready, to_place = [], part
        while to_place:
            row = to_place.pop()
            corrected = row["supersedes"]
            if corrected is None or corrected in yielded:
                ready.append(row)
                yielded.add(row["number"])
                to_place += waiting.pop(row["number"], ())
            else:
                waiting[corrected].append(row)
        if ready:
            yield ready
    # Only a damaged register lacks the record that another one corrects. The database says so.
    if waiting:
        yield [row for rows in waiting.values() for row in rows]
