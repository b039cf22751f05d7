"""What phones and the officer wait for:
five hundred hand-ins within ten seconds, and thousands at the keyboard.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from rich.table import Table

from psm_course.registrar.answers.submitting import Desk, receive_submissions
from psm_course.store.engine import Store
from tests.bench.size import Size
from tests.bench.timing import seconds
from tests.credentials.tampered_receipts import LOG_KEY
from tests.load.office import an_office, open_register, post_test
from tests.load.phones import documents, enrolled, hand_in_all, spread
from tests.register_builders import CARDS
from tests.server import own_server


def handing_in_rows(table: Table, size: Size) -> None:
    bare = percentiles(list(fsynced_appends(size.phones)))
    for name, fresh in _databases():
        _phone_rows(table, size, name, fresh, bare)
        _desk_rows(table, size, name, fresh)


def _phone_rows(table: Table, size: Size, name: str, fresh: Callable[[], str], bare: str) -> None:
    database = fresh()
    held = _documents(database, size.phones)
    with an_office(database) as office:
        answers = hand_in_all(office.port, spread(held, size.within))
    store = open_register(database)
    kept = _count(store)
    store.close()
    took = percentiles([each.seconds for each in answers])
    receipts = len({answer.id for answer in answers if answer.is_receipt})
    table.add_row(
        f"{size.phones} phones within {size.within:g} s, {name}: p50, p99",
        took,
        "p99 ≤ 300 ms",
        f"{bare} one append with fsync",
    )
    table.add_row("", f"{size.phones - receipts} lost, {kept - size.phones} doubled", "0, 0", "")


def _desk_rows(table: Table, size: Size, name: str, fresh: Callable[[], str]) -> None:
    together, alone = fresh(), fresh()
    many, few = _documents(together, size.at_the_desk), _documents(alone, size.one_by_one)
    now = datetime.now(UTC)
    with _desk(together) as desk:
        taking = seconds(lambda: receive_submissions(desk, many, "bench", now)) / size.at_the_desk
        again = seconds(lambda: receive_submissions(desk, many, "bench", now)) / size.at_the_desk
    with _desk(alone) as desk:
        single = (
            seconds(lambda: [receive_submissions(desk, [each], "bench", now) for each in few])
            / size.one_by_one
        )
    table.add_row(
        f"psm submit, {size.at_the_desk:,} documents, {name}",
        f"{1 / taking:,.0f} /s",
        "≥ 1,500 /s",
        f"{1 / single:,.0f} /s one at a time",
    )
    table.add_row("the same documents again", f"{1 / again:,.0f} /s", "", "")


@contextmanager
def _desk(database: str) -> Iterator[Desk]:
    store = open_register(database)
    yield Desk(store, {"tes-akhir": post_test()}, CARDS, LOG_KEY)
    store.close()


def _documents(database: str, count: int) -> list[bytes]:
    store = open_register(database)
    codes = enrolled(store, count)
    store.close()
    return documents(codes)


def _count(store: Store) -> int:
    with store.reading() as tx:
        return int(tx.exec_driver_sql("SELECT count(*) FROM attempt").scalar_one())


def fsynced_appends(count: int) -> Iterator[float]:
    """The baseline: what it costs here to put two kilobytes on disk and be sure."""
    with tempfile.TemporaryFile() as file:
        for _ in range(count):
            start = time.perf_counter()
            file.write(b"x" * 2048)
            file.flush()
            os.fsync(file.fileno())
            yield time.perf_counter() - start


def percentiles(measured: list[float]) -> str:
    ordered = sorted(measured)
    return (
        f"{ordered[len(ordered) // 2] * 1000:.1f},"
        f" {ordered[len(ordered) * 99 // 100] * 1000:.1f} ms"
    )


def _databases() -> Iterator[tuple[str, Callable[[], str]]]:
    """Each kind, with what makes an empty one."""
    names = iter(range(1000))
    with tempfile.TemporaryDirectory() as folder:
        yield "SQLite", lambda: str(Path(folder) / f"{next(names)}.db")
    with own_server() as server:

        def fresh() -> str:
            name = f"bench{next(names)}"
            with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
            return server.address(name)

        yield "PostgreSQL (fsync off)", fresh
