"""One line per deed, written in the deed's own transaction, each chained to the one before by SHA-256."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from psm_course.store.engine import from_utc, to_utc
from psm_course.store.rows import office_of, ours
from psm_course.store.schema import audit_event


@dataclass(frozen=True, slots=True)
class Chain:
    """What reading the whole log found: how many events, the last hash, and the first event that does not fit (None: all do)."""

    events: int
    head: str
    broken_at: int | None


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did, before it stands in the log. `subject` and `detail` hold ids, numbers and counts, never a name."""

    at: datetime
    actor: str
    verb: str
    subject: str
    detail: dict[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Event(Deed):
    """A deed as the log keeps it, with its place there."""

    id: int


def note(tx: Connection, actor: str, verb: str, subject: str, at: datetime, **detail: str | int | None) -> None:
    """One deed, written down."""
    note_all(tx, [Deed(at, actor, verb, subject, detail)])


def note_all(tx: Connection, deeds: Sequence[Deed]) -> None:
    """Deeds in their order, in two statements. Write transactions are one at a time, so the chain has one end."""
    if not deeds:
        return
    office, newest = office_of(tx), select(audit_event.c.id, audit_event.c.hash).order_by(audit_event.c.id.desc()).limit(1)
    last, before = tx.execute(ours(tx, newest)).one_or_none() or (0, "")
    rows = []
    for number, deed in enumerate(deeds, last + 1):
        moment, kept = to_utc(deed.at), json.dumps(deed.detail, sort_keys=True)
        before = _hash(before, moment, deed.actor, deed.verb, deed.subject, kept)
        row = {"at": moment, "actor": deed.actor, "verb": deed.verb, "subject": deed.subject, "detail": kept, "hash": before}
        rows.append({"office": office, "id": number} | row)
    tx.execute(insert(audit_event), rows)


def _hash(before: str, at: datetime, actor: str, verb: str, subject: str, detail: str) -> str:
    body = {"at": at.isoformat(), "actor": actor, "verb": verb, "subject": subject, "detail": detail}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"psm-audit-v1\0{before}{text}".encode()).hexdigest()


def check_chain(tx: Connection) -> Chain:
    """Compute the chain anew over every event, in flat memory."""
    before, events = "", 0
    with tx.execute(ours(tx, select(audit_event).order_by(audit_event.c.id)).execution_options(yield_per=1000)) as rows:
        for row in rows:
            if row.hash != _hash(before, row.at, row.actor, row.verb, row.subject, row.detail):
                return Chain(events, before, row.id)
            before, events = row.hash, events + 1
    return Chain(events, before, None)


def list_events(tx: Connection, subject: str | None = None, before: int | None = None, most: int = 100) -> tuple[Event, ...]:
    """Newest first; `before` is the id from which to page on."""
    query = select(audit_event).order_by(audit_event.c.id.desc()).limit(most)
    if subject is not None:
        query = query.where(audit_event.c.subject == subject)
    if before is not None:
        query = query.where(audit_event.c.id < before)
    return tuple(
        Event(from_utc(row.at), row.actor, row.verb, row.subject, json.loads(row.detail), row.id) for row in tx.execute(ours(tx, query))
    )
