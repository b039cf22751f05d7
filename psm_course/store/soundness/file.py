"""Runs SQLite's own check of its file: broken pages, and indexes that contradict their tables."""

import re
from collections.abc import Iterator

from sqlalchemy import Connection

from psm_course.store.schema import metadata
from psm_course.store.soundness.problem import Problem
from psm_course.store.soundness.stored import Unread, read_or_not

_MOST = 100
_INDEX = re.compile(r"(?:from|in) index (\S+)")


def file_problems(tx: Connection) -> Iterator[Problem]:
    """Yield problems of the register's file; none for a server, which checks its own files."""
    if tx.dialect.name != "sqlite":
        return
    try:
        with read_or_not():
            found = [
                str(each)
                for each in tx.exec_driver_sql(f"PRAGMA integrity_check({_MOST})").scalars().all()
            ]
    except Unread as unread:
        found = [str(unread)]
    for index in dict.fromkeys(said[1] for each in found if (said := _INDEX.search(each))):
        yield Problem(
            _table_of(index),
            index,
            f"Indeks {index} tidak cocok dengan tabelnya. Pakai cadangan terakhir.",
        )
    for each in found:
        if each != "ok" and not _INDEX.search(each):
            yield Problem("", "", f"Berkas register rusak: {each}. Pakai cadangan terakhir.")


def _table_of(index: str) -> str:
    """Return the name of the table that an index belongs to; empty if it is none of our tables.

    The name of an index is `ix_` or `sqlite_autoindex_`, then the table's name, `_` and more. So
    the table is the one with the longest name that fits.
    """
    bare = index.removeprefix("ix_").removeprefix("sqlite_autoindex_")
    return max(
        (name for name in metadata.tables if bare.startswith(f"{name}_")), key=len, default=""
    )
