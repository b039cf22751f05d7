"""Correcting in the open: what was issued is never changed, only superseded or revoked, and the old code says by what and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from psm_course.credentials.numbering import record_number
from psm_course.errors import Refused
from psm_course.records.kelurahan import by_code
from psm_course.records.register import ATTENDED, CompletionRecord
from psm_course.registrar.issuing import keep_records
from psm_course.registrar.keyring import Signer
from psm_course.registrar.publishing import SHARED, publish_within
from psm_course.registrar.reasons import checked_reason
from psm_course.registrar.signing import known_issuances, sign_record
from psm_course.settings import Settings
from psm_course.store import attendance, audit, people, publications, records
from psm_course.store.engine import Store


@dataclass(frozen=True, slots=True)
class Correction:
    """What an officer may set right; None keeps what the register says now."""

    name: str | None = None
    kelurahan: str | None = None


def supersede(
    store: Store, settings: Settings, signer: Signer, number: str, correction: Correction, reason: str, actor: str, now: datetime
) -> CompletionRecord:
    """A new record, with a number of its own, in place of one that holds a mistake. The register's spelling is set right too."""
    with store.transaction() as tx:
        old = _standing(tx, number)
        person = people.find_enrolment(tx, old.participant)
        if person is None or not person.name:
            raise Refused(f"Data peserta {old.participant} sudah dihapus; sertifikatnya tidak dapat diganti, hanya dicabut.")
        right = replace(person, name=correction.name or person.name, kelurahan=correction.kelurahan or person.kelurahan)
        why = checked_reason(reason, person.name, right.name)
        if right != person:
            people.change_enrolment(tx, right)
        sequence = records.last_sequence(tx, now.year) + 1
        changes = {"name": right.name, "kelurahan": str(by_code()[right.kelurahan])}
        new = _in_place_of(old, record_number(settings.record_number, sequence, now), changes, now)
        (kept,) = keep_after(tx, [new], [right.kelurahan], sequence, (old.number, why), signer, actor, now)
    return kept


def _in_place_of(old: CompletionRecord, number: str, changes: Mapping[str, str], now: datetime) -> CompletionRecord:
    content = {**old.content, **changes} | {"number": number, "issued_on": now.date().isoformat()}
    return CompletionRecord(number, old.participant, old.kind, now, content, supersedes=old.number)


def keep_after(
    tx: Connection,
    new: Sequence[CompletionRecord],
    homes: Sequence[str],
    sequence: int,
    ended: tuple[str, str],
    signer: Signer,
    actor: str,
    now: datetime,
) -> list[CompletionRecord]:
    """The end of the old one stands in the register before the lists are signed, so that one signing says both."""
    number, reason = ended
    records.add_event(tx, number, "superseded", reason, actor, now, by=new[0].number)
    audit.note(tx, actor, "record superseded", new[0].participant, now, record=number, by=new[0].number)
    return keep_records(tx, new, homes, sequence, signer, actor, now)


def revoke(store: Store, signer: Signer, numbers: Sequence[str], reason: str, actor: str, now: datetime) -> None:
    """Withdraw records, all of them or none. What was printed answers "dicabut" from the next publication on."""
    with store.transaction() as tx:
        for number in numbers:
            old = _standing(tx, number)
            why = checked_reason(reason, old.content["name"])
            records.add_event(tx, number, "revoked", why, actor, now)
            audit.note(tx, actor, "record revoked", old.participant, now, record=number)
        publish_within(tx, signer, now)


def no_shows(store: Store, cohort_id: str) -> tuple[CompletionRecord, ...]:
    """Records printed before the course for people who then came to no session."""
    with store.reading() as tx:
        people.get_cohort(tx, cohort_id)
        ended = {end.number for end in records.list_ends(tx)}
        presence = attendance.presence_of_cohort(tx, cohort_id)
        issued = records.records_of_cohort(tx, cohort_id)
    came = {number for number, sessions in presence.items() if ATTENDED & set(sessions.values())}
    return tuple(record for record in issued if record.number not in ended and record.participant not in came)


def reprint(store: Store, number: str, reason: str, actor: str, now: datetime) -> CompletionRecord:
    """A lost print is printed again: the same record, the same bytes; only the register notes it."""
    with store.transaction() as tx:
        record = _standing(tx, number)
        records.add_event(tx, number, "reprinted", checked_reason(reason, record.content["name"]), actor, now)
        audit.note(tx, actor, "record reprinted", record.participant, now, record=number)
    return record


def resign_all(store: Store, signer: Signer, leaked: str, reason: str, actor: str, now: datetime) -> tuple[CompletionRecord, ...]:
    """After a key leaked: every record that it signed and that still stands is signed anew; same number, same facts, a new print."""
    why = checked_reason(reason)
    if signer.key.multikey == leaked:
        raise Refused("Kunci yang bocor tidak dapat menandatangani lagi. Buat kunci baru dahulu: psm keys new")
    with store.transaction() as tx:
        shared = known_issuances(publications.list_publications(tx), SHARED)
        ended = {end.number for end in records.list_ends(tx)}
        standing = [record for record in records.signed_by(tx, leaked) if record.number not in ended]
        fresh = [sign_record(record, shared, signer, now) for record in standing]
        for record in fresh:
            records.add_document(tx, record, now)
            records.add_event(tx, record.number, "resigned", why, actor, now)
            audit.note(tx, actor, "record resigned", record.participant, now, record=record.number)
        publish_within(tx, signer, now)
    return tuple(fresh)


def _standing(tx: Connection, number: str) -> CompletionRecord:
    """A record that still counts. Refused when there is none, and when it ended already."""
    record = records.find_record(tx, number)
    if record is None:
        raise Refused(f'Sertifikat bernomor "{number}" tidak ada di register, atau data pemiliknya sudah dihapus.')
    end = records.find_end(tx, number)
    if end is not None:
        became = f"diganti oleh {end.by}" if end.event == "superseded" else "dicabut"
        raise Refused(f"Sertifikat {number} sudah {became} pada {end.at.astimezone():%d-%m-%Y}.")
    return record
