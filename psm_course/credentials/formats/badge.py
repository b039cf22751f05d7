"""The credential: a record's frozen content as an Open Badges 3.0 AchievementCredential, which is a W3C Verifiable Credential 2.0.

Every printed fact stands in it word for word, as JSON in the text of one `evidence`; the standard's own terms repeat what they have a word
for, for readers that know only them. Every term that may have several values is a list, `proof` too. Never a NIK. Decision 0017.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from psm_course.credentials.documents import Json, Unreadable, canonical, instant, read_document
from psm_course.credentials.formats.statement import Statement, credential_id, end_of, start_of
from psm_course.credentials.lists.status_list import read_places, status_entry
from psm_course.credentials.signing.keys import Issuer, SigningKey
from psm_course.credentials.signing.proof import sign

VC = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
RECORD = "psm-record/1"
PERSONAL = ("number", "kind", "participant", "name", "kelurahan", "issued_on", "score")
NOT_A_CERTIFICATE = "Dokumen ini ditandatangani, tetapi bukan sertifikat."
_CRITERIA = {"attended": "Telah mengikuti kegiatan.", "passed": "Telah mengikuti kegiatan dan dinyatakan lulus."}


def sign_badge(content: Mapping[str, Any], issuer: Issuer, position: int, key: SigningKey, now: datetime) -> Json:
    """The signed credential of a record. `position`: the record's own place in the status lists, never given twice."""
    return sign(badge(content, issuer, position), key, issuer.did, now)


def badge(content: Mapping[str, Any], issuer: Issuer, position: int) -> Json:
    """The credential without its proof."""
    document: Json = {
        "@context": [VC, OPEN_BADGES],
        "id": credential_id(issuer.did, content["number"]),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"Sertifikat {content['course']}",
        "issuer": {"id": issuer.did, "type": ["Profile"], "name": issuer.name},
        "validFrom": start_of(content["issued_on"]).isoformat(),
        "awardedDate": start_of(content["issued_on"]).isoformat(),
        "credentialSubject": _subject(content, issuer),
        "evidence": [_evidence(content)],
        "credentialStatus": status_entry(issuer.site, position),
    }
    return document | ({"validUntil": end_of(content["valid_until"]).isoformat()} if content.get("valid_until") else {})


def _evidence(content: Mapping[str, Any]) -> Json:
    """The whole record. Not a term of our own: a context of ours would have to be fetched by every wallet, and most refuse to."""
    return {"type": ["Evidence"], "name": "Isi sertifikat seperti tercetak", "genre": RECORD, "narrative": canonical(content).decode()}


def _subject(content: Mapping[str, Any], issuer: Issuer) -> Json:
    subject: Json = {
        "type": ["AchievementSubject"],
        "identifier": [
            _identity("name", content["name"]),
            _identity("ext:nomor-peserta", content["participant"]),
            _identity("ext:kelurahan", content["kelurahan"]),
        ],
        "licenseNumber": content["number"],
        "term": content["cohort"],
        "activityStartDate": start_of(content["starts_on"]).isoformat(),
        "activityEndDate": start_of(content["ends_on"]).isoformat(),
        "creditsEarned": content["hours"],
        "achievement": _achievement(content, issuer),
    }
    if content["score"] is not None:
        described = subject["achievement"]["resultDescription"][0]["id"]
        subject["result"] = [{"type": ["Result"], "resultDescription": described, "value": content["score"]}]
    return subject


def _identity(kind: str, value: str) -> Json:
    return {"type": "IdentityObject", "hashed": False, "identityHash": value, "identityType": kind}


def _achievement(content: Mapping[str, Any], issuer: Issuer) -> Json:
    sessions = "; ".join(f"{session['title']} ({session['hours']} JP)" for session in content["sessions"])
    achievement: Json = {
        "id": _named(issuer, content["course"], content["kind"]),
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "name": content["course"],
        "description": f"{content['hours']} jam pelajaran (JP), 1 JP = {content['minutes_per_hour']} menit. Materi: {sessions}.",
        "criteria": {"narrative": content.get("wording") or _CRITERIA[content["kind"]]},
        "creditsAvailable": content["hours"],
        "inLanguage": "id",
    }
    if content["score"] is not None:
        achievement["resultDescription"] = [
            {
                "id": _named(issuer, content["course"], "nilai"),
                "type": ["ResultDescription"],
                "name": "Nilai tes akhir",
                "resultType": "Percent",
                "valueMin": "0",
                "valueMax": "100",
            }
        ]
    return achievement


def _named(issuer: Issuer, *words: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, '#'.join([issuer.did, *words]))}"


def read_badge(document: Mapping[str, Any], issuer: Issuer) -> Statement:
    """What a credential says, its signature already believed. Unreadable when what was signed is no certificate."""
    try:
        (record,) = [each["narrative"] for each in document["evidence"] if each["genre"] == RECORD]
        facts = read_document(record.encode())
        is_badge = "OpenBadgeCredential" in document["type"] and document["id"] == credential_id(issuer.did, facts["number"])
        until = instant(document["validUntil"]) if "validUntil" in document else None
        statement = Statement(issuer, facts, read_places(document["credentialStatus"]), instant(document["validFrom"]), until)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Unreadable(NOT_A_CERTIFICATE) from None
    if not is_badge:
        raise Unreadable(NOT_A_CERTIFICATE)
    return statement
