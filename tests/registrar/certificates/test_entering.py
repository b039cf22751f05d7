"""Certificates in the open log: entered when signed, proven beside each, found in the published
site by whoever holds one.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from psm_course.credentials.documents import canonical
from psm_course.credentials.formats.attachment import attached_to
from psm_course.credentials.formats.token import read_token
from psm_course.credentials.log.inclusion import blind_of, salt_of
from psm_course.credentials.verification.copies import published_there
from psm_course.credentials.verification.open_log import LogCopy
from psm_course.credentials.verification.verdict import Verdict
from psm_course.credentials.verification.verification import verify
from psm_course.domain.register import CompletionRecord
from psm_course.registrar.certificates.correcting import resign_all, revoke
from psm_course.registrar.certificates.keys.keyring import mark_compromised, new_key
from psm_course.registrar.log.proving import proofs
from psm_course.registrar.people.privacy import erase_person
from psm_course.store import audit
from psm_course.store.certificates import publications, records
from psm_course.store.engine import Store
from psm_course.store.soundness.checking import check_store
from tests.databases import leaf_index
from tests.register_builders import ACTOR, NOW, a_cohort, arranging, completes, register_of
from tests.registrar.certificates.test_verifying import (
    AFTER,
    COURSE,
    FIRST,
    LATER,
    PASSPHRASE,
    REASON,
    SECOND,
    THIRD,
    Office,
)


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Office:
    completes(
        store,
        COURSE,
        *[
            person.number
            for person in a_cohort(store, "Siti Rahayu", "Ujang Hidayat", "Ani Lestari")
        ],
    )
    return Office(store, tmp_path)


def looked_up(office: Office, given: bytes | str, beside: bytes | None = None) -> Verdict:
    """As somebody outside has it, who copied the whole site."""
    known = replace(
        published_there(office.site), log=LogCopy(lambda path: _content(office.site / "log" / path))
    )
    return verify(given, known, AFTER, beside=beside)


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def places(office: Office, *records: CompletionRecord, pdfs: list[bytes]) -> dict[str, list[int]]:
    """Where each certificate says it stands, by code, by PDF and by credential with its proof
    beside; all of them valid.
    """
    found = {}
    for record, pdf in zip(records, pdfs, strict=True):
        credential, proof = attached_to(pdf)
        told = [
            looked_up(office, record.qr or ""),
            looked_up(office, pdf),
            looked_up(office, credential, proof),
        ]
        assert {each.verdict for each in told} == {"valid"}
        found[record.number] = [each.log["index"] for each in told if each.log is not None]
    return found


def entered_at(store: Store) -> list[int]:
    """The leaves, as the register has them: the office's address began an epoch of its own."""
    with store.reading() as tx:
        return [
            leaf_index(tx, event.id)
            for event in reversed(audit.list_events(tx))
            if event.verb == "record entered"
        ]


def test_every_form_of_a_certificate_is_found_in_the_published_log(office: Office) -> None:
    issued = office.issues()
    pdfs = office.prints()

    at = entered_at(office.store)
    assert places(office, *issued.values(), pdfs=pdfs) == {
        number: [index] * 3 for number, index in zip(issued, at, strict=True)
    }
    assert len(at) == 3
    assert check_store(office.store).problems == ()


def test_the_proof_is_enough_where_no_log_is_at_hand(office: Office) -> None:
    issued = office.issues()
    pdf = office.prints()[0]

    found = verify(pdf, published_there(office.site), AFTER)

    size = entered_at(office.store)[-1] + 1
    assert found.log == {
        "origin": "dinsos.depok.go.id/log/2",
        "index": entered_at(office.store)[0],
        "size": size,
    }
    assert verify(issued[FIRST].qr or "", published_there(office.site), AFTER).log is None


def test_what_was_signed_anew_is_entered_anew(office: Office) -> None:
    """The places in the status lists have a gap there: who was revoked is not signed again."""
    office.issues()
    office.prints()
    revoke(office.store, office.signer, [SECOND], "salah cetak", ACTOR, NOW)
    leaked = office.signer.key.multikey[-12:]
    mark_compromised(office.store, office.settings, leaked, ACTOR, LATER)
    office.signer = new_key(
        office.store, office.settings, "Dinas Sosial Kota Depok", PASSPHRASE, ACTOR, LATER
    )
    resign_all(office.store, office.settings, office.signer, leaked, REASON, ACTOR, LATER)

    pdfs = office.prints(LATER)

    with office.store.reading() as tx:
        again = [record for number in (FIRST, THIRD) if (record := records.find_record(tx, number))]
    at = entered_at(office.store)[3:]
    assert places(office, *again, pdfs=pdfs) == {FIRST: [at[0]] * 3, THIRD: [at[1]] * 3}
    assert check_store(office.store).problems == ()


def test_a_log_that_lost_the_entry_is_never_green(office: Office) -> None:
    """Somebody who rewrites the whole log with the log key in hand: what does not tell of the
    certificate gives it away.
    """
    issued = office.issues()
    office.prints()
    (place,) = (path for path in (office.site / "log/tile/0").rglob("*") if path.is_file())
    place.write_bytes(place.read_bytes()[:-32] + bytes(32))

    assert looked_up(office, issued[FIRST].qr or "").verdict == "unlogged"


def test_the_register_cannot_be_asked_for_a_name_once_it_was_erased(office: Office) -> None:
    """What hides the facts follows from the code, which is erased with the name; the event's salt
    stays and leads nowhere.
    """
    issued = office.issues()[FIRST]
    blind = blind_of(read_token(issued.qr or "").signature)
    content = hashlib.sha256(blind + canonical(issued.content)).hexdigest()
    assert content in str(register_of(office.store)["audit_event"])
    assert salt_of(blind) in {
        value for row in register_of(office.store)["audit_event"] for value in row
    }

    erase_person(
        office.store, office.settings, issued.participant, "permintaan peserta", ACTOR, NOW
    )

    everything = [
        value for rows in register_of(office.store).values() for row in rows for value in row
    ]
    kept = {each for each in everything if isinstance(each, bytes)}
    assert not {hashlib.sha256(each + canonical(issued.content)).hexdigest() for each in kept} & {
        content
    }
    assert blind not in kept
    assert issued.qr not in everything


def test_what_was_issued_before_the_log_told_of_it_is_printed_without_a_proof(
    office: Office,
) -> None:
    record = office.issues()[FIRST]
    path = f"terbitan/{read_token(record.qr or '').digest.hex()}.json"
    with office.store.reading() as tx:
        assert proofs(tx, office.settings)(record) is not None
        assert proofs(tx, office.settings)(replace(record, qr=None)) is None
        found = publications.find_publication(tx, path)
    assert found is not None
    with arranging(office.store) as tx:
        earlier = {name: value for name, value in json.loads(found[0]).items() if name != "log"}
        publications.add_publication(tx, path, json.dumps(earlier), NOW)

    with office.store.reading() as tx:
        assert proofs(tx, office.settings)(record) is None
