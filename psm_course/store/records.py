"""Completion records, as issued: the row that is numbered for ever, and the document that holds the name."""

from __future__ import annotations

import json
from typing import Any, cast

from sqlalchemy import Connection, Select, delete, exists, func, insert, select

from psm_course.records.register import CompletionRecord, RecordKind
from psm_course.store.engine import from_utc, to_utc
from psm_course.store.people import belongs
from psm_course.store.schema import enrolment, record, record_document, record_event


def last_sequence(tx: Connection, year: int) -> int:
    """The highest sequence issued in a year; 0 before the first."""
    return int(tx.execute(select(func.coalesce(func.max(record.c.sequence), 0)).where(record.c.year == year)).scalar_one())


def add_record(tx: Connection, new: CompletionRecord, kelurahan: str, year: int, sequence: int) -> None:
    """`kelurahan` is the learner's code when the record is issued."""
    tx.execute(
        insert(record).values(
            number=new.number,
            year=year,
            sequence=sequence,
            participant=new.participant,
            kind=new.kind,
            kelurahan=kelurahan,
            issued_at=to_utc(new.issued_at),
            supersedes=new.supersedes,
            status_index=new.status_index,
            key=new.key,
        )
    )
    add_document(tx, new)


def add_document(tx: Connection, new: CompletionRecord) -> None:
    """The newest document of a record counts: the same facts, signed anew."""
    content = json.dumps(new.content, ensure_ascii=False, sort_keys=True)
    tx.execute(
        insert(record_document).values(
            record=new.number, content=content, credential=new.credential, qr=new.qr, key=new.key, signed_at=to_utc(new.issued_at)
        )
    )


def records_of_cohort(tx: Connection, cohort_id: str) -> tuple[CompletionRecord, ...]:
    """A cohort's records in the order they were numbered."""
    query = _records().join(enrolment, enrolment.c.number == record.c.participant).where(enrolment.c.cohort == cohort_id)
    return tuple(_record(row) for row in tx.execute(query.order_by(record.c.year, record.c.sequence)))


def records_of_person(tx: Connection, number: str) -> tuple[CompletionRecord, ...]:
    """Oldest first; none once the person is erased."""
    return tuple(
        _record(row) for row in tx.execute(_records().where(record.c.participant == number).order_by(record.c.year, record.c.sequence))
    )


def erase_documents(tx: Connection, number: str) -> tuple[str, ...]:
    """Take out what names a person in their records; returns the numbers, which stay taken."""
    theirs = select(record.c.number).where(record.c.participant == number)
    numbers = tuple(tx.execute(theirs).scalars())
    tx.execute(delete(record_document).where(record_document.c.record.in_(theirs)))
    return numbers


def valid_numbers(tx: Connection, cohort_id: str, number: str | None = None) -> dict[str, dict[RecordKind, str]]:
    """For each participant (or for one), the number of the record of each kind that is neither superseded nor revoked."""
    ended = exists().where(record_event.c.record == record.c.number, record_event.c.event.in_(("superseded", "revoked")))
    rows = tx.execute(
        select(record.c.participant, record.c.kind, record.c.number)
        .join(enrolment, enrolment.c.number == record.c.participant)
        .where(*belongs(cohort_id, number), ~ended)
        .order_by(record.c.year, record.c.sequence)
    )
    found: dict[str, dict[RecordKind, str]] = {}
    for row in rows:
        found.setdefault(row.participant, {})[cast("RecordKind", row.kind)] = row.number
    return found


def _records() -> Select[Any]:
    """Records that still have their document, each with its newest."""
    newest = select(func.max(record_document.c.id)).where(record_document.c.record == record.c.number).correlate(record).scalar_subquery()
    document = record_document.c
    return select(record, document.content, document.credential, document.qr, document.key.label("signed_by")).join(
        record_document, document.id == newest
    )


def _record(row: Any) -> CompletionRecord:
    return CompletionRecord(
        number=row.number,
        participant=row.participant,
        kind=cast("RecordKind", row.kind),
        issued_at=from_utc(row.issued_at),
        content=json.loads(row.content),
        supersedes=row.supersedes,
        status_index=row.status_index,
        key=row.signed_by,
        credential=row.credential,
        qr=row.qr,
    )
