"""The credential: what it says, that it is an Open Badge by the official schema, and that every
printed fact is signed in it.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from dirty_equals import Contains
from openbadgeslib.ob3.ldp import OB3LdpVerifier, verify_data_integrity_proof

from psm_course.credentials.documents import Json, Unreadable
from psm_course.credentials.formats.badge import (
    EXTENSIONS,
    OPEN_BADGES,
    SCHEMA,
    VC,
    Beside,
    badge,
    beside_in,
    read_badge,
    sign_badge,
)
from psm_course.credentials.formats.earlier_badge import badge_like
from psm_course.credentials.formats.statement import credential_id
from psm_course.credentials.signing.multibase import from_multikey
from psm_course.credentials.signing.proof import is_signed_by
from tests.credentials.signed import KEY, OFFICE, POSITION, SIGNED, SITE, a_badge, a_record

VARIANTS = {
    "passed": a_record(),
    "attended-without-score": a_record(kind="attended", score=None),
    "expiring": a_record(valid_until="2030-06-02"),
    "worded": a_record(wording="Telah mengikuti Bimtek Dasar."),
    "no-letterhead-no-signatory": a_record(letterhead=[], signatory_name=""),
}

FILLED = Beside(
    "Hadir 80 %; lulus tes akhir.",
    {
        "url": "https://dinsos.depok.go.id",
        "email": "dinsos@depok.go.id",
        "image": "https://dinsos.depok.go.id/lambang.png",
    },
)


def test_a_credential_says_who_did_what_and_when() -> None:
    assert badge(a_record(), OFFICE, POSITION) | {"evidence": [], "credentialSubject": {}} == {
        "@context": [VC, OPEN_BADGES, EXTENSIONS],
        "id": credential_id("did:web:dinsos.depok.go.id:psm", "800.2/0007/PSM-DASAR/VI/2025"),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Sertifikat Bimtek Dasar PSM",
        "issuer": {
            "id": "did:web:dinsos.depok.go.id:psm",
            "type": ["Profile"],
            "name": "Dinas Sosial Kota Depok",
        },
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
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }


def test_it_shows_what_was_asked_artwork_of_its_kind_and_how_the_office_is_reached() -> None:
    filled = badge(a_record(kind="attended"), OFFICE, POSITION, FILLED)
    achievement = filled["credentialSubject"]["achievement"]

    assert achievement["criteria"] == {
        "id": f"{achievement['id']}#syarat",
        "narrative": "Hadir 80 %; lulus tes akhir.",
    }
    assert achievement["image"] == {
        "id": f"{SITE}/lencana/mengikuti.png",
        "type": "Image",
        "caption": "Lencana Bimtek Dasar PSM",
    }
    assert (achievement["inLanguage"], achievement["creditsAvailable"]) == ("id", 16)
    assert filled["issuer"] == {
        "id": OFFICE.did,
        "type": ["Profile"],
        "name": "Dinas Sosial Kota Depok",
        "url": "https://dinsos.depok.go.id",
        "email": "dinsos@depok.go.id",
        "image": {
            "id": "https://dinsos.depok.go.id/lambang.png",
            "type": "Image",
            "caption": "Dinas Sosial Kota Depok",
        },
    }


def test_its_second_evidence_tells_of_the_event_and_names_nobody() -> None:
    record, event = badge(a_record(), OFFICE, POSITION)["evidence"]

    assert record["genre"] == "psm-record/1"
    assert event == {
        "id": f"{credential_id(OFFICE.did, a_record()['number'])}#kegiatan",
        "type": ["Evidence"],
        "name": "Kegiatan",
        "genre": "Bimbingan teknis",
        "description": Contains(
            "Bimtek Dasar PSM",
            "Dinas Sosial Kota Depok",
            "Angkatan D25",
            "28 Mei 2025 sampai 29 Mei 2025",
            "register penyelenggara",
        ),
    }


def test_every_node_that_may_have_an_id_has_one_of_its_own() -> None:
    """The schema allows none to who somebody is."""
    nameless, ids = [], []
    waiting: list[Any] = [badge(a_record(), OFFICE, POSITION, FILLED)]
    while waiting:
        each = waiting.pop()
        waiting += (
            each.values() if isinstance(each, dict) else each if isinstance(each, list) else []
        )
        if isinstance(each, dict):
            (ids if "id" in each else nameless).append(each.get("id") or each["type"])

    assert nameless == ["IdentityObject"] * 3
    assert len(set(ids)) == len(ids)


def test_its_subject_uses_the_standards_own_terms() -> None:
    subject = badge(a_record(), OFFICE, POSITION)["credentialSubject"]
    achievement = subject.pop("achievement")

    assert subject == {
        "id": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{OFFICE.did}#peserta#D25-017')}",
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": False,
                "identityHash": "Siti Nur’aini, S.Sos",
                "identityType": "name",
            },
            {
                "type": "IdentityObject",
                "hashed": False,
                "identityHash": "D25-017",
                "identityType": "ext:nomor-peserta",
            },
            {
                "type": "IdentityObject",
                "hashed": False,
                "identityHash": "Curug (Cimanggis)",
                "identityType": "ext:kelurahan",
            },
        ],
        "licenseNumber": "800.2/0007/PSM-DASAR/VI/2025",
        "term": "Angkatan D25",
        "activityStartDate": "2025-05-28T00:00:00+07:00",
        "activityEndDate": "2025-05-29T00:00:00+07:00",
        "creditsEarned": 16,
        "result": [
            {
                "id": f"{credential_id(OFFICE.did, a_record()['number'])}#nilai",
                "type": ["Result"],
                "resultDescription": achievement["resultDescription"][0]["id"],
                "value": "86.67",
            }
        ],
    }
    assert (achievement["name"], achievement["description"]) == (
        "Bimtek Dasar PSM",
        (
            "16 jam pelajaran (JP), 1 JP = 45 menit. Materi: Pembukaan (1 JP); Dasar pekerjaan"
            " sosial (15 JP)."
        ),
    )


@pytest.mark.parametrize("name", VARIANTS)
def test_every_printed_fact_comes_back_as_it_was_frozen(name: str) -> None:
    signed = json.loads(json.dumps(a_badge(VARIANTS[name])))

    assert read_badge(signed, OFFICE).facts == VARIANTS[name]
    assert is_signed_by(OFFICE.keys[0], signed, signed["proof"][0])


@pytest.mark.parametrize("name", VARIANTS)
def test_it_is_an_open_badge_by_both_variants_of_the_official_schema(
    name: str, official_schema: Json, strict_schema: Json
) -> None:
    for schema in (official_schema, strict_schema):
        for beside in (None, FILLED):
            signed = a_badge(VARIANTS[name], beside=beside)

            assert [
                error.message
                for error in jsonschema.Draft201909Validator(schema).iter_errors(signed)
            ] == []


def test_the_strict_variant_wants_lists(official_schema: Json, strict_schema: Json) -> None:
    lax = {**a_badge(), "proof": a_badge()["proof"][0], "evidence": a_badge()["evidence"][0]}

    assert jsonschema.Draft201909Validator(official_schema).is_valid(lax)
    assert len([*jsonschema.Draft201909Validator(strict_schema).iter_errors(lax)]) == 2


@pytest.mark.parametrize(
    "path",
    [("id",), ("validFrom",), ("credentialSubject", "achievement", "criteria"), ("issuer", "type")],
)
def test_the_official_schema_misses_what_is_left_out(
    path: tuple[str, ...], official_schema: Json, strict_schema: Json
) -> None:
    document = holder = a_badge()
    for name in path[:-1]:
        holder = holder[name]
    del holder[path[-1]]

    for schema in (official_schema, strict_schema):
        assert not jsonschema.Draft201909Validator(schema).is_valid(document)


def test_no_number_of_sixteen_digits_is_in_it() -> None:
    """A NIK has sixteen digits; nothing of ours has."""
    text = re.sub(r"urn:uuid:[0-9a-f-]+|z[1-9A-Za-z]{40,}", "", json.dumps(a_badge()))

    assert re.findall(r"\d{9,}", text) == []
    assert "nationalIdentityNumber" not in text


def test_the_same_record_gives_the_same_bytes() -> None:
    assert json.dumps(a_badge()) == json.dumps(
        sign_badge(a_record(), OFFICE, POSITION, KEY, SIGNED)
    )


def test_ids_differ_by_number_and_by_issuer() -> None:
    ids = {
        credential_id(did, number)
        for did in ("did:web:a.example", "did:web:b.example")
        for number in ("1", "2")
    }

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
    for entry in (
        {},
        None,
        [],
        {"statusPurpose": "suspension"},
        {"statusListIndex": "131072"},
        {"statusListIndex": "x"},
    ):
        yield {
            **genuine,
            "credentialStatus": {**genuine["credentialStatus"], **entry} if entry else entry,
        }
    yield {**genuine, "validFrom": "2025-06-02T00:00:00"}
    yield {**genuine, "type": ["VerifiableCredential"]}


@pytest.mark.parametrize("document", [*strange()])
def test_what_was_signed_and_is_no_certificate_is_unreadable(document: Json) -> None:
    with pytest.raises(Unreadable):
        read_badge(document, OFFICE)


# ---- the second proof, by a library that is not ours ---------------------------------------------


def _pem() -> bytes:
    return Ed25519PublicKey.from_public_bytes(from_multikey(KEY.multikey)).public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )


def test_openbadgeslib_believes_the_badge_as_it_stands() -> None:
    read = OB3LdpVerifier(_pem(), OFFICE.did).verify(a_badge())

    assert read.id == a_badge()["id"]


@pytest.mark.parametrize(
    "change", [{"name": "Lain"}, {"validFrom": "2025-01-01T00:00:00Z"}, {"evidence": []}]
)
def test_openbadgeslib_does_not_believe_a_changed_credential(change: dict[str, Any]) -> None:
    with pytest.raises(Exception, match=r"[Ss]ignature"):
        verify_data_integrity_proof({**a_badge(), **change}, _pem())


# ---- what was signed before there were two proofs ------------------------------------------------


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("certificate", a_record()),
        (
            "attended",
            a_record(kind="attended", score=None, wording="Telah mengikuti Bimtek Dasar."),
        ),
    ],
)
def test_what_was_signed_with_one_proof_is_made_again_as_it_was(name: str, record: Json) -> None:
    earlier = json.loads(
        (Path(__file__).parents[1] / "earlier" / f"{name}.json").read_text(encoding="utf-8")
    )

    assert badge_like(earlier, record, OFFICE, POSITION) == {
        word: value for word, value in earlier.items() if word != "proof"
    }
    assert read_badge(earlier, OFFICE).facts == record


def test_what_is_signed_now_is_made_again_with_all_it_says_beside_the_record() -> None:
    signed = a_badge(beside=FILLED)

    assert badge_like(signed, a_record(), OFFICE, POSITION) == {
        word: value for word, value in signed.items() if word != "proof"
    }
    assert beside_in(signed) == FILLED
