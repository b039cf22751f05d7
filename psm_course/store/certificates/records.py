"""Records: a row with a number that is never used again, and a document that can be erased.

Only the document contains the holder's name.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Select, delete, exists, func, select

from psm_course.domain.register import (
    CompletionRecord,
    Reason,
    RecordEnd,
    RecordEventKind,
    RecordKind,
    SkippedNumbers,
)
from psm_course.store.engine import from_utc, to_utc
from psm_course.store.people.people import (
    COUNTED_FOR,
    Cohorts,
    Shape,
    Whose,
    belongs,
    latest_of_each,
    shape_of,
)
from psm_course.store.people.persons import ENDS, has_ended, recount_holder
from psm_course.store.rows import add, highest, ours, remove, same_office
from psm_course.store.schema import (
    cohort,
    enrolment,
    number_skip,
    position_skip,
    record,
    record_document,
    record_event,
)


def last_sequence(tx: Connection, course: str, year: int) -> int:
    """Return the highest running number that a course issued or skipped in a year; 0 if none."""
    # A skipped number counts as given: it may stand on paper somewhere.
    return max(
        highest(tx, record.c.sequence, record.c.course == course, record.c.year == year),
        highest(tx, number_skip.c.last, number_skip.c.course == course, number_skip.c.year == year),
    )


def last_sequences(tx: Connection) -> dict[tuple[str, int], int]:
    """Return the highest running number that was issued or skipped, by course and year."""
    found: dict[tuple[str, int], int] = {}
    for table, last in ((record, record.c.sequence), (number_skip, number_skip.c.last)):
        query = select(table.c.course, table.c.year, func.max(last).label("last")).group_by(
            table.c.course, table.c.year
        )
        for row in tx.execute(ours(tx, query)):
            found[row.course, row.year] = max(row.last, found.get((row.course, row.year), 0))
    return found


def all_numbers(tx: Connection) -> set[str]:
    """Return the certificate number of every record in the register."""
    return set(tx.execute(ours(tx, select(record.c.number))).scalars())


def count_without(tx: Connection) -> int:
    """Count enrolments without a record. Archived cohorts and erased people are left out."""
    has_one = exists().where(
        same_office(record, enrolment), record.c.participant == enrolment.c.number
    )
    here = enrolment.join(
        cohort, same_office(cohort, enrolment) & (cohort.c.id == enrolment.c.cohort)
    )
    query = (
        select(func.count())
        .select_from(here)
        .where(cohort.c.archived_at.is_(None), enrolment.c.name != "", ~has_one)
    )
    return int(tx.execute(ours(tx, query)).scalar_one())


def taken_numbers(tx: Connection, numbers: Sequence[str]) -> tuple[str, ...]:
    """Return those of `numbers` that are already certificate numbers of records, sorted."""
    return tuple(
        tx.execute(
            ours(
                tx,
                select(record.c.number)
                .where(record.c.number.in_(numbers))
                .order_by(record.c.number),
            )
        ).scalars()
    )


def skip_numbers(
    tx: Connection,
    course: str,
    year: int,
    first: int,
    last: int,
    reason: Reason,
    actor: str,
    at: datetime,
) -> None:
    """Store that a course will never use the running numbers `first` to `last` in this year."""
    add(
        tx,
        number_skip,
        [
            {
                "course": course,
                "year": year,
                "first": first,
                "last": last,
                "reason": reason,
                "actor": actor,
                "at": to_utc(at),
            }
        ],
    )


def list_skipped(tx: Connection) -> tuple[SkippedNumbers, ...]:
    """Return all ranges of running numbers that will never be used, newest first."""
    rows = tx.execute(ours(tx, select(number_skip).order_by(number_skip.c.id.desc())))
    return tuple(
        SkippedNumbers(
            row.course, row.year, row.first, row.last, row.reason, row.actor, from_utc(row.at)
        )
        for row in rows
    )


def next_position(tx: Connection) -> int:
    """Return the first free position in the status lists. No position is ever given twice."""
    return 1 + max(  # positions count from 0, so -1 stands for none
        highest(tx, record.c.status_index, none=-1), highest(tx, position_skip.c.last, none=-1)
    )


def skip_positions(
    tx: Connection, first: int, last: int, reason: Reason, actor: str, at: datetime
) -> None:
    """Store that the positions `first` to `last` in the status lists will never be used."""
    add(
        tx,
        position_skip,
        [{"first": first, "last": last, "reason": reason, "actor": actor, "at": to_utc(at)}],
    )


def add_record(
    tx: Connection, new: CompletionRecord, kelurahan: str, course: str, year: int, sequence: int
) -> None:
    """Add a record with its document.

    Args:
        tx: the transaction.
        new: the signed record.
        kelurahan: code of the holder's kelurahan when the record is issued.
        course, year, sequence: this is record number `sequence` of the course in this year.
    """
    written = {
        "number": new.number,
        "course": course,
        "year": year,
        "sequence": sequence,
        "participant": new.participant,
        "kind": new.kind,
        "kelurahan": kelurahan,
        "issued_at": to_utc(new.issued_at),
        "supersedes": new.supersedes,
        "status_index": new.status_index,
        "key": new.key,
    }
    add(tx, record, [written])
    add_document(tx, new)
    recount_holder(tx, new.number)


def add_document(tx: Connection, new: CompletionRecord, at: datetime | None = None) -> None:
    """Append a document to a record: the same facts, signed at the time `at`.

    The newest document of a record is the valid one. `at` None means: when the record was issued.
    """
    add(
        tx,
        record_document,
        [
            {
                "record": new.number,
                "content": json.dumps(new.content, ensure_ascii=False, sort_keys=True),
                "credential": new.credential,
                "jwt": new.jwt,
                "qr": new.qr,
                "key": new.key,
                "signed_at": to_utc(at or new.issued_at),
            }
        ],
    )


def records_of_cohort(tx: Connection, cohort_id: str) -> tuple[CompletionRecord, ...]:
    """Return a cohort's records that still have a document, sorted by year and running number."""
    return _listed(
        tx,
        _records()
        .join(enrolment, enrolment.c.number == record.c.participant)
        .where(enrolment.c.cohort == cohort_id),
    )


def find_record(tx: Connection, number: str) -> CompletionRecord | None:
    """Return a record with its newest document; None if not found, or if its holder was erased."""
    row = tx.execute(ours(tx, _records().where(record.c.number == number))).one_or_none()
    return _record(row) if row else None


def find_participant(tx: Connection, number: str) -> str | None:
    """Return the participant number of a record's holder, even after erasure; None if not found."""
    return tx.execute(
        ours(tx, select(record.c.participant).where(record.c.number == number))
    ).scalar()


def signed_by(tx: Connection, key: str) -> tuple[CompletionRecord, ...]:
    """Return every record whose newest document this key signed, sorted by year and number."""
    return _listed(tx, _records().where(record_document.c.key == key))


def _listed(tx: Connection, query: Select[Any]) -> tuple[CompletionRecord, ...]:
    in_order = query.order_by(record.c.year, record.c.sequence, record.c.course)
    return tuple(_record(row) for row in tx.execute(ours(tx, in_order)))


def add_event(
    tx: Connection,
    number: str,
    event: RecordEventKind,
    reason: Reason | None,
    actor: str,
    at: datetime,
    by: str | None = None,
) -> None:
    """Append an event to a record.

    `reason` is None for printing and certifying. `by` is, for a superseded record, the number of
    the record that replaces it; for a printed or certified file, the file's SHA-256.
    """
    written = {
        "record": number,
        "event": event,
        "reason": reason or "",
        "by": by,
        "actor": actor,
        "at": to_utc(at),
    }
    add(tx, record_event, [written])
    # Only an end can change if the holder counts as certified.
    if event in ENDS:
        recount_holder(tx, number)


def find_end(tx: Connection, number: str) -> RecordEnd | None:
    """Return the event that superseded or revoked a record; None while the record is valid."""
    return next(_ends(tx, record.c.number == number), None)


def list_ends(tx: Connection, cohort_id: str | None = None) -> tuple[RecordEnd, ...]:
    """Return the events that superseded or revoked records (of one cohort or all), oldest first."""
    members = ours(tx, select(enrolment.c.number).where(enrolment.c.cohort == cohort_id))
    return tuple(_ends(tx, *(() if cohort_id is None else (record.c.participant.in_(members),))))


def _ends(tx: Connection, *conditions: ColumnElement[bool]) -> Iterator[RecordEnd]:
    query = (
        select(
            record.c.number,
            record.c.status_index,
            record_event.c.event,
            record_event.c.reason,
            record_event.c.by,
            record_event.c.at,
        )
        .join(record, record.c.number == record_event.c.record)
        .where(record_event.c.event.in_(ENDS), *conditions)
        .order_by(record_event.c.id)
    )
    return (
        RecordEnd(row.number, row.status_index, row.event, row.reason, row.by, from_utc(row.at))
        for row in tx.execute(ours(tx, query))
    )


def count_changed(tx: Connection, since: datetime | None) -> int:
    """Count how often records were issued, superseded or revoked after `since` (None: ever)."""
    issued = select(record.c.number).where(
        *((record.c.issued_at > to_utc(since),) if since else ())
    )
    ended = select(record_event.c.record).where(
        record_event.c.event.in_(ENDS), *((record_event.c.at > to_utc(since),) if since else ())
    )
    both = ours(tx, issued).union_all(ours(tx, ended)).subquery()
    return int(tx.execute(select(func.count()).select_from(both)).scalar_one())


def file_digests(
    tx: Connection,
    numbers: Sequence[str] | None = None,
    events: Sequence[RecordEventKind] = ("printed", "certified"),
) -> dict[str, list[str]]:
    """Return the SHA-256 of every printed or certified file, by certificate number, oldest first.

    `numbers` limits the result to these records, `events` to these kinds of files.
    """
    found: dict[str, list[str]] = {}
    files = select(record_event.c.record, record_event.c.by).where(record_event.c.event.in_(events))
    if numbers is not None:
        files = files.where(record_event.c.record.in_(numbers))
    for row in tx.execute(ours(tx, files.order_by(record_event.c.id))):
        found.setdefault(row.record, []).append(row.by)
    return found


def erase_documents(tx: Connection, number: str) -> tuple[str, ...]:
    """Delete the documents that name a participant; returns the numbers of that person's records.

    `number` is the participant number. The record numbers are never used again.
    """
    theirs = ours(tx, select(record.c.number).where(record.c.participant == number))
    numbers = tuple(tx.execute(theirs).scalars())
    # The record's own row stays, so that its number is never given again.
    remove(tx, delete(record_document).where(record_document.c.record.in_(theirs)))
    return numbers


def valid_numbers(
    tx: Connection, cohort_id: Cohorts, number: Whose = None
) -> dict[str, dict[RecordKind, str]]:
    """Return the certificate number of the valid record of each kind, by participant number.

    `number` limits the result to one or several people; None: everybody.
    """
    return latest_of_each(tx, _standing_numbers(shape_of(cohort_id, number)), cohort_id, number)


@lru_cache
def _standing_numbers(shape: Shape) -> Select[Any]:
    return (
        select(COUNTED_FOR, record.c.kind, record.c.number)
        .select_from(record)
        .join(enrolment, enrolment.c.number == record.c.participant)
        .where(*belongs(shape), ~has_ended())
        .order_by(record.c.year, record.c.sequence, record.c.course)
    )


def _records() -> Select[Any]:
    """Select records with a document (erased people have none), each with its newest document."""
    document = record_document.c
    signed = (
        document.content,
        document.credential,
        document.jwt,
        document.qr,
        document.key.label("signed_by"),
    )
    return select(record, *signed).join(record_document, newest_document())


def newest_document() -> ColumnElement[bool]:
    """Return a condition for a join: the document is the newest one of the query's record."""
    document = record_document.c
    theirs = same_office(record_document, record) & (document.record == record.c.number)
    return document.id == (
        select(func.max(document.id)).where(theirs).correlate(record).scalar_subquery()
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
        key=row.signed_by,  # another key than the first, if the record was signed again
        credential=row.credential,
        jwt=row.jwt,
        qr=row.qr,
    )
