"""Corrections in public: an issued record never changes, it is superseded or revoked.

Afterwards the QR code on the old certificate leads to a page that says that the certificate no
longer counts, with the reason and the number of the new record, if there is one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psm_course.content.region import Region
from psm_course.domain.register import ATTENDED, CompletionRecord, Enrolment, Reason
from psm_course.errors import Refused
from psm_course.interchange.people.written_names import as_written, trouble_with
from psm_course.local_time import WIB, day
from psm_course.registrar.certificates.issuing import issued_by, keep_records
from psm_course.registrar.certificates.keys.keyring import Signer, find_key, key_name
from psm_course.registrar.certificates.printing import (
    refuse_unprintable,
    remove_prints,
    standing_records,
)
from psm_course.registrar.certificates.publishing import publish_within
from psm_course.registrar.certificates.series import next_numbers
from psm_course.registrar.certificates.signing import criteria_of, sign_and_enter
from psm_course.registrar.log.continuity import refuse_if_behind
from psm_course.registrar.reasons import reason_about
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.attendance import attendance
from psm_course.store.certificates import records
from psm_course.store.engine import Connection, Store
from psm_course.store.people import cohorts, people


@dataclass(frozen=True, slots=True)
class Correction:
    """The corrected facts of a record; None: the fact is taken from the register unchanged."""

    name: str | None = None
    kelurahan: str | None = None


def supersede(
    store: Store,
    region: Region,
    settings: Settings,
    signer: Signer,
    number: str,
    correction: Correction,
    reason: str,
    actor: str,
    now: datetime,
) -> CompletionRecord:
    """Replace a wrong record with a new record, and correct the person's facts in the register.

    The new record has the same course and result; its number, date and signatory are new. Returns
    the new record.

    Raises:
        Refused: the record was superseded or revoked already; its holder was erased; nothing would
            change; the name or reason is invalid; no number can be given; the clock is wrong; or
            the register is older than what was published.
    """
    today = now.astimezone(WIB)
    with store.transaction() as tx:
        old = _standing(tx, number)
        person = _known(people.find_enrolment(tx, old.participant), old)
        right = person.corrected(
            _right_name(correction) or person.name,
            correction.kelurahan or person.kelurahan,
            person.phone,
        )
        why = reason_about(tx, reason, [old.participant], also=(old.content["name"], right.name))
        course = cohorts.get_cohort(tx, person.cohort).course
        # A register copied back by hand would give a number that is already in use.
        refuse_if_behind(tx, settings, now)
        sequence, (new_number,) = next_numbers(tx, settings, course, 1, today)
        new = _in_place_of(old, right, new_number, settings, region, today)
        refuse_unprintable([new.content], settings)
        if right != person:
            people.change_enrolments(tx, [right])
        # The end of the old one stands in the register before
        # the lists are signed, so that one signing says both.
        records.add_event(tx, old.number, "superseded", why, actor, now, by=new.number)
        audit.note(
            tx, actor, "record superseded", old.participant, now, record=old.number, by=new.number
        )
        (kept,) = keep_records(tx, [new], [right.kelurahan], course, sequence, signer, actor, today)
    return kept


def _right_name(correction: Correction) -> str:
    """The corrected name, in the form of names on a roster.

    In this form a name has single spaces, and a letter with an accent is one character. Empty if
    `correction` has no name. Refused if the text cannot be a name.
    """
    name = as_written(correction.name or "")
    trouble = trouble_with(name) if name else None
    if trouble is not None:
        raise Refused(f"{trouble[0].upper()}{trouble[1:]}.")
    return name


def _known(person: Enrolment | None, old: CompletionRecord) -> Enrolment:
    if person is None or not person.name:
        raise Refused(
            f"Data peserta {old.participant} sudah dihapus; sertifikatnya tidak dapat diganti,"
            " hanya dicabut."
        )
    return person


def _in_place_of(
    old: CompletionRecord,
    right: Enrolment,
    number: str,
    settings: Settings,
    region: Region,
    now: datetime,
) -> CompletionRecord:
    corrected = {"name": right.name, "kelurahan": str(region.home(right.kelurahan))}
    if all(old.content[fact] == value for fact, value in corrected.items()):
        raise Refused(
            f"Nama dan kelurahan di sertifikat {old.number} sudah sama dengan register. Tulis yang"
            " benar dengan --name atau --kelurahan; untuk cetakan yang hilang: psm reprint"
        )
    # Wording is one of the office's facts of today; if there is none now, the old must not stay.
    kept = {fact: value for fact, value in old.content.items() if fact != "wording"}
    content: dict[str, Any] = {
        **kept,
        **corrected,
        **issued_by(settings, region, now),
        "number": number,
    }
    return CompletionRecord(
        number,
        old.participant,
        old.kind,
        now,
        content,
        supersedes=old.number,
        criteria=criteria_of(old),
    )


def revoke(
    store: Store, signer: Signer, numbers: Sequence[str], reason: str, actor: str, now: datetime
) -> None:
    """Revoke records, all or none. After the next publication their QR codes say "dicabut".

    Raises:
        Refused: a number is not in the register, its record no longer counts, or the reason is
            invalid.
    """
    with store.transaction() as tx:
        holders, why = _to_end(tx, numbers, reason)
        for number in holders:
            records.add_event(tx, number, "revoked", why, actor, now)
        publish_within(tx, signer, now)
        audit.note_all(
            tx,
            [
                audit.Deed(now, actor, "record revoked", holder, {"record": number})
                for number, holder in holders.items()
            ],
        )


def check_ending(store: Store, numbers: Sequence[str], reason: str) -> tuple[str, ...]:
    """Check that these records may be revoked or superseded, before the passphrase is asked.

    Returns the ids of the cohorts of the records' holders.

    Raises:
        Refused: a number is not in the register, its record no longer counts, or the reason is
            invalid.
    """
    with store.reading() as tx:
        holders, _ = _to_end(tx, numbers, reason)
        return tuple(
            sorted({person.cohort for person in people.enrolments_of(tx, set(holders.values()))})
        )


def _to_end(tx: Connection, numbers: Sequence[str], reason: str) -> tuple[dict[str, str], Reason]:
    """Check that these records may be superseded or revoked.

    Returns two values: a dict from record number to the participant number of the record's holder,
    and the checked reason. Records of erased people are allowed. Refused if a record does not exist
    or no longer counts, or the reason is invalid.
    """
    holders = {number: _holder(tx, number) for number in numbers}
    # A certificate may show another name than the register has now.
    printed = [
        record.content["name"] for number in holders if (record := records.find_record(tx, number))
    ]
    return holders, reason_about(tx, reason, set(holders.values()), also=printed)


def _holder(tx: Connection, number: str) -> str:
    participant = records.find_participant(tx, number)
    if participant is None:
        raise Refused(f'Sertifikat bernomor "{number}" tidak ada di register.')
    _refuse_ended(tx, number)
    return participant


def no_shows(store: Store, cohort_id: str) -> tuple[CompletionRecord, ...]:
    """The valid records of people in a cohort who came to no session.

    Such a record was issued or printed in advance.

    Raises:
        Refused: nobody in the cohort has an attendance mark, so it is not known who came.
    """
    with store.reading() as tx:
        cohorts.get_cohort(tx, cohort_id)
        presence = attendance.presence_of_cohort(tx, cohort_id)
    if not presence:
        raise Refused(
            f"Angkatan {cohort_id} belum punya satu pun tanda hadir, jadi belum diketahui siapa"
            " yang tidak datang."
        )
    came = {number for number, sessions in presence.items() if ATTENDED & set(sessions.values())}
    return tuple(
        record for record in standing_records(store, cohort_id) if record.participant not in came
    )


def reprint(store: Store, number: str, reason: str, actor: str, now: datetime) -> CompletionRecord:
    """Write into the log that a lost certificate is printed again; return its record.

    The record and the content of the file stay the same.

    Raises:
        Refused: the record does not exist, was superseded or revoked, or its holder was erased; or
            the reason is invalid.
    """
    with store.transaction() as tx:
        record = _standing(tx, number)
        why = reason_about(tx, reason, [record.participant], also=[record.content["name"]])
        records.add_event(tx, number, "reprinted", why, actor, now)
        audit.note(tx, actor, "record reprinted", record.participant, now, record=number)
    return record


def resign_all(
    store: Store,
    settings: Settings,
    signer: Signer,
    leaked: str,
    reason: str,
    actor: str,
    now: datetime,
) -> tuple[str, ...]:
    """Sign all valid records of a leaked key again, with the present key and the same facts.

    Their printed files are deleted, because the old signature no longer counts. Returns the ids of
    the cohorts whose certificates must be printed again.

    Args:
        store, settings, actor, now: the register, the office's settings, the account that acts and
            the moment.
        signer: the office with its new key.
        leaked: the leaked public key as a multikey (text that begins with `z`), or the last letters
            of this text (at least four).
        reason: why, in the officer's words.

    Raises:
        Refused: the key is unknown or not marked as leaked, or the reason is invalid.
    """
    key = find_key(signer.issuer, leaked)
    if key.compromised_at is None:
        raise Refused(
            "Kunci itu belum dicoret. Yang tidak bocor tetap berlaku; yang bocor dicoret dahulu:"
            " psm keys compromised"
        )
    with store.transaction() as tx:
        ended = {end.number for end in records.list_ends(tx)}
        standing = [
            record for record in records.signed_by(tx, key.multikey) if record.number not in ended
        ]
        why = reason_about(
            tx,
            reason,
            {each.participant for each in standing},
            also=[each.content["name"] for each in standing],
        )
        fresh, shared = sign_and_enter(tx, standing, signer, now)
        for record in fresh:
            records.add_document(tx, record, now)
            records.add_event(tx, record.number, "resigned", why, actor, now)
        publish_within(tx, signer, now, shared)
        audit.note_all(
            tx,
            [
                audit.Deed(now, actor, "record resigned", each.participant, {"record": each.number})
                for each in fresh
            ]
            # Without records there are still new lists, and rows without an event are not kept.
            or [audit.Deed(now, actor, "status published", key_name(signer.key.multikey), {})],
        )
        homes = [
            (person.cohort, record.number)
            for record in fresh
            if (person := people.find_enrolment(tx, record.participant))
        ]
    # After the transaction, because deleted files cannot be rolled back.
    for cohort, number in homes:
        remove_prints(settings, cohort, [number])
    return tuple(sorted({cohort for cohort, _ in homes}))


def _standing(tx: Connection, number: str) -> CompletionRecord:
    """Find a record that still counts.

    Refused if the record does not exist, was superseded or revoked, or its holder was erased.
    """
    record = records.find_record(tx, number)
    if record is None:
        raise Refused(
            f'Sertifikat bernomor "{number}" tidak ada di register, atau data pemiliknya sudah'
            " dihapus."
        )
    _refuse_ended(tx, number)
    return record


def _refuse_ended(tx: Connection, number: str) -> None:
    end = records.find_end(tx, number)
    if end is not None:
        became = f"diganti oleh {end.by}" if end.event == "superseded" else "dicabut"
        raise Refused(f"Sertifikat {number} sudah {became} pada {day(end.at)}.")
