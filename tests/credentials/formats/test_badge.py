"""The credential: what it says, that it is an Open Badge by the official schema, and that every printed fact is signed in it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from openbadgeslib.ob3.ldp import OB3LdpVerifier, verify_data_integrity_proof

from psm_course.credentials.documents import Json, Unreadable
from psm_course.credentials.formats import rdfc
from psm_course.credentials.formats.badge import OPEN_BADGES, VC, badge, read_badge, sign_badge
from psm_course.credentials.formats.rdfc import with_rdfc_proof
from psm_course.credentials.formats.statement import credential_id
from psm_course.credentials.signing.multibase import from_multikey
from psm_course.credentials.signing.proof import is_signed_by
from psm_course.errors import Refused
from tests.credentials.signed import KEY, OFFICE, POSITION, SIGNED, SITE, a_badge, a_record

VARIANTS = {
    "passed": a_record(),
    "attended-without-score": a_record(kind="attended", score=None),
    "expiring": a_record(valid_until="2030-06-02"),
    "worded": a_record(wording="Telah mengikuti Bimtek Dasar."),
    "no-letterhead-no-signatory": a_record(letterhead=[], signatory_name=""),
}


def test_a_credential_says_who_did_what_and_when() -> None:
    assert badge(a_record(), OFFICE, POSITION) | {"evidence": [], "credentialSubject": {}} == {
        "@context": [VC, OPEN_BADGES],
        "id": credential_id("did:web:dinsos.depok.go.id:psm", "800.2/0007/PSM-DASAR/VI/2025"),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Sertifikat Bimtek Dasar PSM",
        "issuer": {"id": "did:web:dinsos.depok.go.id:psm", "type": ["Profile"], "name": "Dinas Sosial Kota Depok"},
        "validFrom": "2025-06-02T00:00:00+07:00",
        "awardedDate": "2025-06-02T00:00:00+07:00",
        "credentialSubject": {},
        "evidence": [],
        "credentialStatus": {
            "id": f"{SITE}/status/0-revocation.json#7",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "7",
            "statusListCredential": f"{SITE}/status/0-revocation.json",
        },
    }


def test_its_subject_uses_the_standards_own_terms() -> None:
    subject = badge(a_record(), OFFICE, POSITION)["credentialSubject"]
    achievement = subject.pop("achievement")

    assert subject == {
        "type": ["AchievementSubject"],
        "identifier": [
            {"type": "IdentityObject", "hashed": False, "identityHash": "Siti Nur’aini, S.Sos", "identityType": "name"},
            {"type": "IdentityObject", "hashed": False, "identityHash": "D25-017", "identityType": "ext:nomor-peserta"},
            {"type": "IdentityObject", "hashed": False, "identityHash": "Curug (Cimanggis)", "identityType": "ext:kelurahan"},
        ],
        "licenseNumber": "800.2/0007/PSM-DASAR/VI/2025",
        "term": "Angkatan D25",
        "activityStartDate": "2025-05-28T00:00:00+07:00",
        "activityEndDate": "2025-05-29T00:00:00+07:00",
        "creditsEarned": 16,
        "result": [{"type": ["Result"], "resultDescription": achievement["resultDescription"][0]["id"], "value": "86.67"}],
    }
    assert (achievement["name"], achievement["description"]) == (
        "Bimtek Dasar PSM",
        "16 jam pelajaran (JP), 1 JP = 45 menit. Materi: Pembukaan (1 JP); Dasar pekerjaan sosial (15 JP).",
    )


@pytest.mark.parametrize("name", VARIANTS)
def test_every_printed_fact_comes_back_as_it_was_frozen(name: str) -> None:
    signed = json.loads(json.dumps(a_badge(VARIANTS[name])))

    assert read_badge(signed, OFFICE).facts == VARIANTS[name]
    assert is_signed_by(OFFICE.keys[0], signed, signed["proof"][0])


@pytest.mark.parametrize("name", VARIANTS)
def test_it_is_an_open_badge_by_the_official_schema(name: str, official_schema: Json) -> None:
    validator = jsonschema.Draft201909Validator(official_schema)
    both = with_rdfc_proof(a_badge(VARIANTS[name]), KEY, OFFICE.did, SIGNED)

    assert [error.message for error in validator.iter_errors(both)] == []


@pytest.mark.parametrize("path", [("id",), ("validFrom",), ("credentialSubject", "achievement", "criteria"), ("issuer", "type")])
def test_the_official_schema_misses_what_is_left_out(path: tuple[str, ...], official_schema: Json) -> None:
    document = holder = a_badge()
    for name in path[:-1]:
        holder = holder[name]
    del holder[path[-1]]

    assert not jsonschema.Draft201909Validator(official_schema).is_valid(document)


def test_no_number_of_sixteen_digits_is_in_it() -> None:
    """A NIK has sixteen digits; nothing of ours has."""
    text = re.sub(r"urn:uuid:[0-9a-f-]+|z[1-9A-Za-z]{40,}", "", json.dumps(a_badge()))

    assert re.findall(r"\d{9,}", text) == []
    assert "nationalIdentityNumber" not in text


def test_the_same_record_gives_the_same_bytes() -> None:
    assert json.dumps(a_badge()) == json.dumps(sign_badge(a_record(), OFFICE, POSITION, KEY, SIGNED))


def test_ids_differ_by_number_and_by_issuer() -> None:
    ids = {credential_id(did, number) for did in ("did:web:a.example", "did:web:b.example") for number in ("1", "2")}

    assert len(ids) == 4


def strange() -> Iterator[Json]:
    genuine = a_badge()
    for name, value in [
        ("evidence", []),
        ("evidence", None),
        ("evidence", [{"genre": "psm-record/1", "narrative": "1"}]),
        ("id", "urn:uuid:1"),
    ]:
        yield {**genuine, name: value}
    for entry in ({}, None, [], {"statusPurpose": "suspension"}, {"statusListIndex": "131072"}, {"statusListIndex": "x"}):
        yield {**genuine, "credentialStatus": {**genuine["credentialStatus"], **entry} if entry else entry}
    yield {**genuine, "validFrom": "2025-06-02T00:00:00"}
    yield {**genuine, "type": ["VerifiableCredential"]}


@pytest.mark.parametrize("document", [*strange()])
def test_what_was_signed_and_is_no_certificate_is_unreadable(document: Json) -> None:
    with pytest.raises(Unreadable):
        read_badge(document, OFFICE)


# ---- the second proof --------------------------------------------------------------------------------------------------------


def _pem() -> bytes:
    return Ed25519PublicKey.from_public_bytes(from_multikey(KEY.multikey)).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def test_openbadgeslib_believes_the_second_proof() -> None:
    both = with_rdfc_proof(a_badge(), KEY, OFFICE.did, SIGNED)

    read = OB3LdpVerifier(_pem(), OFFICE.did).verify({**both, "proof": both["proof"][1]})

    assert read.id == both["id"]


@pytest.mark.parametrize("change", [{"name": "Lain"}, {"validFrom": "2025-01-01T00:00:00Z"}, {"evidence": []}])
def test_openbadgeslib_does_not_believe_a_changed_credential(change: dict[str, Any]) -> None:
    both = with_rdfc_proof(a_badge(), KEY, OFFICE.did, SIGNED) | change

    with pytest.raises(Exception, match=r"[Ss]ignature"):
        verify_data_integrity_proof({**both, "proof": both["proof"][1]}, _pem())


def test_without_its_extra_the_second_proof_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyld", None)
    monkeypatch.setattr(rdfc, "jsonld", None)

    with pytest.raises(Refused) as refused:
        with_rdfc_proof(a_badge(), KEY, OFFICE.did, SIGNED)

    assert (
        str(refused.value)
        == "Bukti kedua (eddsa-rdfc-2022) memerlukan pyld dan openbadgeslib. Pasang dengan: pip install 'psm-course[rdfc]'"
    )


def test_a_context_that_is_not_here_is_refused_and_never_fetched() -> None:
    with pytest.raises(Refused) as refused:
        with_rdfc_proof({**a_badge(), "@context": [VC, "https://lain.example/v1"]}, KEY, OFFICE.did, SIGNED)

    assert str(refused.value) == "Bukti kedua tidak dapat dibuat: konteks https://lain.example/v1 tidak ada di sini."
