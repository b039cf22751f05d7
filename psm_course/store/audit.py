"""The office's log: one event for each deed, written in the same transaction as the deed's rows.

An event contains digests of the rows that its deed wrote. If somebody later changes a row outside
the program, the row does not fit its digest in the log any more. Each event is a leaf of the log's
tree (`tree`). Write rows first (`rows`), then write the deed to the log with this module.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from psm_course.credentials.log.merkle import leaf_hash
from psm_course.store.engine import LOG_HOST, from_utc, to_utc
from psm_course.store.ledger import Line, entry_of
from psm_course.store.rows import add, ledger_of, office_of, ours
from psm_course.store.schema import audit_event, log_entry, log_epoch, office
from psm_course.store.tree import Epoch, Leaf, grow

_SALT = 32  # bytes


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that a person or the program did, which is not in the log yet.

    `subject` and `detail` contain ids and numbers, never a name.
    """

    at: datetime
    actor: str
    verb: str
    subject: str
    detail: dict[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Event(Deed):
    """A deed that is in the log; `id` is the id of its event."""

    id: int


def note(
    tx: Connection, actor: str, verb: str, subject: str, at: datetime, **detail: str | int | None
) -> int:
    """Write one event to the log, about something that was done; returns the id of the event.

    The event gets the digests of all rows that this transaction has written since its last event.
    `verb` says what was done. `subject` says to whom or to what it was done. `subject` and `detail`
    contain ids and numbers, never a name.
    """
    return _note(tx, [Deed(at, actor, verb, subject, detail)], [secrets.token_bytes(_SALT)])[
        1
    ].start


def note_all(tx: Connection, deeds: Sequence[Deed]) -> list[Leaf]:
    """Write deeds to the log, in order; returns the leaves of their events, in the same order.

    The event of a deed gets the digests of the rows that were written about the deed's subject. The
    first event also gets the digests of all other rows. Only one transaction writes at a time, so
    no other event comes between these events. The number of SQL statements is the same for one deed
    and for many.
    """
    if not deeds:
        return []
    epoch, ids = _note(tx, deeds, [secrets.token_bytes(_SALT) for _ in deeds])
    return [Leaf(epoch.origin, event - epoch.first_event) for event in ids]


def enter(tx: Connection, deeds: Sequence[Deed], salts: Sequence[bytes]) -> None:
    """Write deeds to the log before their rows are written, with the caller's salts.

    A salt is some bytes that are hashed together with a deed, so that nobody can guess the deed
    from the hash. `note` and `note_all` make random salts. This function gets them from the caller:
    `salts` has one salt for each deed, in the same order. So the caller can compute the leaves. To
    know the place of the first leaf, call `next_leaf` before.

    The events of these deeds get no digests of rows.

    Raises:
        ValueError: this transaction already wrote rows about which the log has no event. The event
            of the first deed would get the digests of these rows. This is a mistake of our own
            code.
    """
    if ledger_of(tx):
        raise ValueError("rows wait for a deed of their own")
    if deeds:
        _note(tx, deeds, salts)


def next_leaf(tx: Connection) -> tuple[str, int, int]:
    """Return where the next event will be in the log.

    The result is the log's name in checkpoints, the index of the leaf, and the event's id. This is
    certain only in a transaction that writes, because then nobody else can add an event.
    """
    epoch = _present_epoch(tx)
    return epoch.origin, epoch.size, epoch.first_event + epoch.size


def _note(tx: Connection, deeds: Sequence[Deed], salts: Sequence[bytes]) -> tuple[Epoch, range]:
    # The epoch first: an office's first epoch adds rows to the ledger, which this event must bind.
    epoch = _present_epoch(tx)
    lines = ledger_of(tx).take([deed.subject for deed in deeds])
    # Ids follow the leaves without gaps, so an index in the tree gives the event.
    ids = range(epoch.first_event + epoch.size, epoch.first_event + epoch.size + len(deeds))
    rows = [_row(office_of(tx), *each) for each in zip(ids, deeds, lines, salts, strict=True)]
    add(tx, audit_event, rows)
    add(
        tx,
        log_entry,
        [
            {"event": event, "table": line.table, "key": line.key, "digest": line.digest}
            for event, those in zip(ids, lines, strict=True)
            for line in those
        ],
    )
    grow(tx, epoch, [leaf_hash(row["entry"]) for row in rows])
    return epoch, ids


def _present_epoch(tx: Connection) -> Epoch:
    """Return the epoch that the next event belongs to.

    Before an office's first deed, this function begins the first epoch.
    """
    last = (
        select(func.coalesce(func.max(audit_event.c.id), 0))
        .where(audit_event.c.office == office_of(tx))
        .scalar_subquery()
    )
    newest = ours(
        tx, select(log_epoch, last.label("last")).order_by(log_epoch.c.epoch.desc()).limit(1)
    )
    found = tx.execute(newest).one_or_none()
    if found is not None:
        return Epoch(
            found.epoch, found.origin, found.first_event, found.last + 1 - found.first_event
        )
    first = Epoch(1, f"{tx.get_execution_options()[LOG_HOST]}/log/1", 1, 0)
    begin(tx, first)
    return first


def begin(tx: Connection, epoch: Epoch) -> None:
    """Write the row of a new epoch to the register.

    The caller must then write a deed to the log (`note`); it becomes the first event of the epoch.
    That event also contains the digest of the epoch's row and, in an office's first epoch, the
    digest of the office's own row.
    """
    add(
        tx,
        log_epoch,
        [{"epoch": epoch.number, "origin": epoch.origin, "first_event": epoch.first_event}],
    )
    # The office's row was written when the register was opened, before there was a log.
    if epoch.number == 1:
        ledger_of(tx).wrote(office, [{"code": office_of(tx)}])


def _row(of: str, event: int, deed: Deed, lines: Sequence[Line], salt: bytes) -> dict[str, Any]:
    body = {
        "office": of,
        "id": event,
        "at": to_utc(deed.at),
        "actor": deed.actor,
        "verb": deed.verb,
        "subject": deed.subject,
        "detail": deed.detail,
    }
    return {
        **body,
        # In just this form: the check (`soundness.events`) writes it again and compares the texts.
        "detail": json.dumps(deed.detail, sort_keys=True),
        "salt": salt,
        "entry": entry_of(salt, body, lines),
    }


# ---- reading -------------------------------------------------------------------------------------


def latest_moment(tx: Connection, since: str, most: int = 10_000) -> datetime | None:
    """Return the latest time among the newest events of the log; None if there is no event.

    At most the newest `most` events are read. If one of them has the verb `since`, events before it
    are not used. If several have this verb, events before the newest of these are not used.

    Args:
        tx: the transaction.
        since: verb of an event.
        most: number of newest events to read, so that the query does not take longer every year.
    """
    newest = (
        select(func.max(audit_event.c.id))
        .where(audit_event.c.office == office_of(tx))
        .scalar_subquery()
    )
    recent = audit_event.c.id > newest - most
    last = ours(
        tx,
        select(func.coalesce(func.max(audit_event.c.id), 0)).where(
            recent, audit_event.c.verb == since
        ),
    ).scalar_subquery()
    found = tx.execute(
        ours(tx, select(func.max(audit_event.c.at)).where(recent, audit_event.c.id >= last))
    ).scalar()
    return from_utc(found) if found else None


def list_events(
    tx: Connection, subject: str | None = None, before: int | None = None, most: int = 100
) -> tuple[Event, ...]:
    """Return a page of at most `most` events, newest first.

    Args:
        tx: the transaction.
        subject: limits the page to events about this subject; None: events about any subject.
        before: limits the page to events with a smaller id than this one; None: no limit.
        most: maximum number of events.
    """
    query = select(audit_event).order_by(audit_event.c.id.desc()).limit(most)
    if subject is not None:
        query = query.where(audit_event.c.subject == subject)
    if before is not None:
        query = query.where(audit_event.c.id < before)
    return tuple(
        Event(from_utc(row.at), row.actor, row.verb, row.subject, json.loads(row.detail), row.id)
        for row in tx.execute(ours(tx, query))
    )
