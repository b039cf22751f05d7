"""A server's register as a file of rows, and the register that is made of it: every value the same,
and nothing made of a broken one.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from psm_course.errors import StoreError
from psm_course.store import migrating
from psm_course.store.engine import Store
from psm_course.store.opening import open_store
from psm_course.store.row_file import make_register, write_row_file
from psm_course.store.soundness.checking import check_store
from tests.builders import OFFICE
from tests.register_builders import a_cohort, a_course, completes, register_of
from tests.store.next_release import VERSION, migrations_of_the_next_release

STRANGE_NAME = "Siti \\N \t\\. 'Ié' \U0001f600"


@pytest.fixture
def rows(server_store: Store, tmp_path: Path) -> Path:
    """The rows of a small register with every kind of value in it: also none, and letters that
    other ways of writing would have to mark.
    """
    a_cohort(server_store, STRANGE_NAME, "Ujang")
    completes(server_store, a_course(), "D26-001")
    with server_store.reading() as tx:
        write_row_file(tx, tmp_path / "register.rows")
    return tmp_path / "register.rows"


def test_every_value_is_as_it_was(server_store: Store, rows: Path, tmp_path: Path) -> None:
    make_register(rows, tmp_path / "register.db")

    with closing(open_store(tmp_path / "register.db", OFFICE)) as made:
        assert in_any_order(made) == in_any_order(server_store)
        assert check_store(made) == check_store(server_store)
        assert STRANGE_NAME in register_of(made)["enrolment"][0]


def in_any_order(store: Store) -> dict[str, list[str]]:
    return {table: sorted(map(repr, rows)) for table, rows in register_of(store).items()}


def test_nobody_else_may_read_it(rows: Path, tmp_path: Path) -> None:
    make_register(rows, tmp_path / "register.db")

    assert [path.stat().st_mode & 0o777 for path in (rows, tmp_path / "register.db")] == [
        0o600,
        0o600,
    ]


def test_rows_of_an_older_program_become_a_register_that_migrates(
    rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrating, "MIGRATIONS", migrations_of_the_next_release(tmp_path))
    monkeypatch.setattr(migrating, "HEAD", VERSION)

    make_register(rows, tmp_path / "register.db")

    with closing(open_store(tmp_path / "register.db", OFFICE)) as made, made.reading() as tx:
        assert tx.exec_driver_sql(
            "SELECT nickname FROM enrolment ORDER BY number"
        ).scalars().all() == [STRANGE_NAME, "Ujang"]


def with_head(rows: Path, **changes: object) -> None:
    head, _, rest = rows.read_bytes().partition(b"\n")
    rows.write_bytes(json.dumps(json.loads(head) | changes).encode() + b"\n" + rest)


@pytest.mark.parametrize("changes", [{"version": "9999"}, {"format": "psm-rows/2"}])
def test_rows_of_a_newer_program_are_a_sentence(
    rows: Path, tmp_path: Path, changes: dict[str, str]
) -> None:
    with_head(rows, **changes)

    with pytest.raises(StoreError, match=r"lebih baru\. Pasang versi"):
        make_register(rows, tmp_path / "register.db")


BROKEN: dict[str, Callable[[Path], object]] = {
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-20]),
    "a row cut off": lambda path: path.write_bytes(
        path.read_bytes().partition(b"Ujang")[0] + b"Uj"
    ),
    "no head": lambda path: path.write_bytes(b"bukan\n"),
    "nothing": lambda path: path.write_bytes(b""),
    "a table that is none of ours": lambda path: with_head(
        path, tables=[{"name": "sqlite_schema", "columns": ["sql"], "kinds": ["text"]}]
    ),
    "columns that are none of ours": lambda path: with_head(
        path, tables=[{"name": "cohort", "columns": ["id"], "kinds": ["text"]}]
    ),
    "text that is none": lambda path: path.write_bytes(
        path.read_bytes().replace(b"Ujang", b"Uj\xff\xffg")
    ),
}


@pytest.mark.parametrize("how", BROKEN)
def test_broken_rows_are_a_sentence(rows: Path, tmp_path: Path, how: str) -> None:
    BROKEN[how](rows)

    with pytest.raises(StoreError, match=r"^Register .* cadangan .* terbaca\..* lain\.$"):
        make_register(rows, tmp_path / "register.db")
