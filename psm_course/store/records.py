"""Completion records, as issued."""

from __future__ import annotations

import json
from typing import cast

from sqlalchemy import Connection, func, insert, select

from psm_course.records.register import CompletionRecord, RecordKind
from psm_course.store.engine import from_utc, to_utc
from psm_course.store.schema import enrolment, record


def last_sequence(tx: Connection, year: int) -> int:
    """The highest sequence issued in a year; 0 before the first."""
    return int(tx.execute(select(func.coalesce(func.max(record.c.sequence), 0)).where(record.c.year == year)).scalar_one())


def add_record(tx: Connection, new: CompletionRecord, year: int, sequence: int) -> None:
    tx.execute(
        insert(record).values(
            number=new.number,
            year=year,
            sequence=sequence,
            participant=new.participant,
            kind=new.kind,
            issued_at=to_utc(new.issued_at),
            content=json.dumps(new.content, ensure_ascii=False, sort_keys=True),
        )
    )


def records_of_cohort(tx: Connection, cohort_id: str) -> tuple[CompletionRecord, ...]:
    """A cohort's records in the order they were numbered."""
    rows = tx.execute(
        select(record)
        .join(enrolment, enrolment.c.number == record.c.participant)
        .where(enrolment.c.cohort == cohort_id)
        .order_by(record.c.year, record.c.sequence)
    )
    return tuple(
        CompletionRecord(row.number, row.participant, cast("RecordKind", row.kind), from_utc(row.issued_at), json.loads(row.content))
        for row in rows
    )
