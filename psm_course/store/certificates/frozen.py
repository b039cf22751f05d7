"""Records with their frozen content and signatures, exactly as stored, for checks.

This module parses nothing except times.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, exists, select

from psm_course.store.certificates.records import newest_document
from psm_course.store.engine import from_utc
from psm_course.store.rows import ours, same_office
from psm_course.store.schema import enrolment, record, record_document

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class FrozenRow:
    """A record with its newest document. `key` is the multikey that signed this document."""

    number: str
    participant: str
    kind: str
    issued_at: datetime
    status_index: int | None
    content: str
    credential: str | None
    jwt: str | None
    qr: str | None
    key: str | None


def numbers_issued(tx: Connection) -> tuple[str, ...]:
    """Return the numbers of all records that still have a document, sorted."""
    theirs = same_office(record_document, record) & (record_document.c.record == record.c.number)
    query = select(record.c.number).where(exists().where(theirs)).order_by(record.c.number)
    return tuple(tx.execute(ours(tx, query)).scalars())


def stream_frozen(tx: Connection, only: Sequence[str] | None = None) -> Iterator[FrozenRow]:
    """Yield the records that still have a document, sorted by number.

    `only` limits the result to records with these numbers; None: all.
    """
    query = _frozen() if only is None else _frozen().where(record.c.number.in_(only))
    with tx.execute(
        ours(tx, query.order_by(record.c.number)).execution_options(yield_per=_AT_ONCE)
    ) as rows:
        for number, participant, kind, issued_at, *rest in rows:
            yield FrozenRow(number, participant, kind, from_utc(issued_at), *rest)


def _frozen() -> Select[Any]:
    document = record_document.c
    own = (
        record.c[name] for name in ("number", "participant", "kind", "issued_at", "status_index")
    )
    signed = (document[name] for name in ("content", "credential", "jwt", "qr", "key"))
    return select(*own, *signed).join(record_document, newest_document())


def without_document(tx: Connection) -> tuple[str, ...]:
    """Return the numbers of records whose document is missing without a reason.

    Only records of erased people may have no document.
    """
    theirs = same_office(record_document, record) & (record_document.c.record == record.c.number)
    query = select(record.c.number).join(enrolment, enrolment.c.number == record.c.participant)
    query = query.where(enrolment.c.erased_at.is_(None), ~exists().where(theirs)).order_by(
        record.c.number
    )
    return tuple(tx.execute(ours(tx, query)).scalars())
