"""The log of a register that was loaded in one go:
an event for every hand-in, and one for every 500 of all other rows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, select

from psm_course.credentials.log.merkle import leaf_hash, root_of
from psm_course.store.engine import Store
from psm_course.store.ledger import Line, columns_of, digest_of, entry_of, key_of
from psm_course.store.rows import ours
from psm_course.store.schema import (
    UNLOGGED,
    attempt,
    audit_event,
    log_entry,
    log_node,
    metadata,
    outcome,
    submission,
)
from psm_course.store.tree import WIDTH, find_epochs, last_event

AT_ONCE = 500
Load = Callable[[Store, Table, str, Iterable[Sequence[Any]]], None]
_OF_A_HAND_IN = (submission, attempt, outcome)


def fill_log(store: Store, load: Load, at: datetime) -> None:
    """Bind every row that no event binds yet: those of the tables that `fill` loaded."""
    events: list[
        tuple[str, str, bytes]
    ] = []  # verb, subject and entry: there are 1.5 million of them
    with store.reading() as tx:
        (epoch,), first = find_epochs(tx), last_event(tx) + 1
        known = {
            tuple(row) for row in tx.execute(ours(tx, select(log_entry.c.table, log_entry.c.key)))
        }
        load(
            store, log_entry, "event table key digest", _lines(store, tx, first, at, events, known)
        )
        before = [
            leaf_hash(each)
            for each in tx.execute(
                ours(tx, select(audit_event.c.entry).order_by(audit_event.c.id))
            ).scalars()
        ]
    numbered = enumerate(events, first)
    rows = (
        [event, at, "bench", verb, subject, '{"quiz": "x"}', _salt(event), entry]
        for event, (verb, subject, entry) in numbered
    )
    load(store, audit_event, "id at actor verb subject detail salt entry", rows)
    load(
        store,
        log_node,
        "epoch level index hash",
        _nodes(epoch.number, [*before, *(leaf_hash(each[-1]) for each in events)]),
    )


def _salt(event: int) -> bytes:
    """Random enough for made-up people, and the same when asked again."""
    return hashlib.sha256(str(event).encode()).digest()


def _lines(
    store: Store,
    tx: Connection,
    first: int,
    at: datetime,
    events: list[tuple[str, str, bytes]],
    known: set[tuple[str, str]],
) -> Iterator[Sequence[Any]]:
    """Rows of `log_entry`, in the order of their events;
    each event is added to `events` once its lines are known.
    """
    for event, (subject, lines) in enumerate(_deeds(tx, known), first):
        verb = "submission recorded" if len(lines) == len(_OF_A_HAND_IN) else "rows loaded"
        body = {
            "office": store.office,
            "id": event,
            "at": at,
            "actor": "bench",
            "verb": verb,
            "subject": subject,
            "detail": {"quiz": "x"},
        }
        events.append((verb, subject, entry_of(_salt(event), body, lines)))
        yield from (
            [event, line.table, line.key, line.digest]
            for line in sorted(lines, key=lambda line: (line.table, line.key))
        )


def _deeds(tx: Connection, known: set[tuple[str, str]]) -> Iterator[tuple[str, list[Line]]]:
    """What each event is about, and the lines that it binds."""
    others = [
        table
        for table in metadata.sorted_tables
        if table.name not in UNLOGGED and table not in _OF_A_HAND_IN
    ]
    lines = (
        line
        for table in others
        for line in _lines_of(tx, table)
        if (line.table, line.key) not in known
    )
    while some := list(islice(lines, AT_ONCE)):
        yield "bench", some
    for hand_in in zip(
        *(_lines_of(tx, table) for table in (attempt, outcome, submission)), strict=True
    ):
        yield json.loads(hand_in[-1].key)[0], list(hand_in)


def _lines_of(tx: Connection, table: Table) -> Iterator[Line]:
    """Of every row; those of the three tables of a hand-in in the order of its attempts."""
    names = columns_of(table)
    query = select(*(table.c[name] for name in names))
    if table is submission:
        query = query.join(attempt, attempt.c.submission == submission.c.id).order_by(attempt.c.id)
    else:
        query = query.order_by(*table.primary_key)
    query = (
        ours(tx, query)
        if "office" in table.c
        else query.where(table.c.code == tx.get_execution_options()["psm_office"])
    )
    for row in tx.execute(query.execution_options(yield_per=AT_ONCE)):
        yield Line(
            table.name, key_of(table, dict(zip(names, row, strict=True))), digest_of(names, row)
        )


def _nodes(epoch: int, hashes: Sequence[bytes]) -> Iterator[Sequence[Any]]:
    level = 1
    while len(hashes) >= WIDTH:
        hashes = [
            root_of(hashes[place : place + WIDTH])
            for place in range(0, len(hashes) - WIDTH + 1, WIDTH)
        ]
        yield from ([epoch, level, index, each] for index, each in enumerate(hashes))
        level += 1
