"""The credential: a record as an Open Badges 3.0 AchievementCredential.

This is a W3C Verifiable Credential 2.0.

One `evidence` contains every printed fact word for word, as JSON text. If the standard has its own
field for a fact, the fact is also written in that field, for programs that know only the standard.
A field that may have several values is always a list, also `proof`. A JSON object that may have an
`id` always has one. A credential never contains a NIK. Decisions 0017 and 0122. Before decision
0122, credentials had another form; the module `earlier_badge` builds that form.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from psm_course.credentials.documents import Json, Unreadable, canonical, instant, read_document
from psm_course.credentials.formats.statement import Statement, credential_id, end_of, start_of
from psm_course.credentials.lists.status_list import read_places, status_entry
from psm_course.credentials.signing.keys import Issuer, SigningKey
from psm_course.credentials.signing.marks import mark_of_document
from psm_course.credentials.signing.proof import find_proof, sign_for_wallets
from psm_course.local_time import day

VC = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
SCHEMA = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)
RECORD = "psm-record/1"
# Below the site's own folder.
ARTWORK = {"passed": "lencana/lulus.png", "attended": "lencana/mengikuti.png"}
PERSONAL = ("number", "kind", "participant", "name", "kelurahan", "issued_on", "score")
NOT_A_CERTIFICATE = "Dokumen ini ditandatangani, tetapi bukan sertifikat."
_CRITERIA = {
    "attended": "Telah mengikuti kegiatan.",
    "passed": "Telah mengikuti kegiatan dan dinyatakan lulus.",
}


@dataclass(frozen=True, slots=True)
class Beside:
    """Contents of a credential that are not printed on the certificate, so not in its record.

    `criteria` is a text that says what a person had to do. If `criteria` is empty, the credential
    has the record's `wording` instead, a sentence that the office wrote for its certificates. If
    the record has no `wording` either, the credential says only that the person attended or passed
    the course. `profile` may contain the office's `url`, `email` and `image` (the address of a
    picture). `profile` does not have a key for a value that is not known.
    """

    criteria: str = ""
    profile: Mapping[str, str] = field(default_factory=dict)


def sign_badge(
    content: Mapping[str, Any],
    issuer: Issuer,
    position: int,
    key: SigningKey,
    now: datetime,
    beside: Beside | None = None,
) -> Json:
    """Build and sign the credential of a record; returns it with its proofs.

    Args:
        content: the facts of the record.
        issuer: the office that signs.
        position: the record's own place in the status lists, from 0, never used twice.
        key: the key to sign with.
        now: the time of signing, aware.
        beside: contents of the credential that are not in the record; None if there are none.
    """
    return sign_for_wallets(badge(content, issuer, position, beside), key, issuer.did, now)


def badge(
    content: Mapping[str, Any], issuer: Issuer, position: int, beside: Beside | None = None
) -> Json:
    """Build the credential (the certificate as JSON) without proofs.

    Args:
        content: the facts of the record.
        issuer: the office that will sign.
        position: the record's own place in the status lists, from 0, never used twice.
        beside: contents of the credential that are not in the record; None if there are none.
    """
    beside = beside or Beside()
    identity = credential_id(issuer.did, content["number"])
    document: Json = {
        "@context": [VC, OPEN_BADGES, EXTENSIONS],
        "id": identity,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"Sertifikat {content['course']}",
        "issuer": _profile(issuer, beside.profile),
        "validFrom": start_of(content["issued_on"]).isoformat(),
        "awardedDate": start_of(content["issued_on"]).isoformat(),
        "credentialSubject": _subject(content, issuer, identity, beside.criteria),
        "evidence": [_record(content, identity), _event(content, identity)],
        "credentialStatus": status_entry(issuer.site, position),
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }
    return document | (
        {"validUntil": end_of(content["valid_until"]).isoformat()}
        if content.get("valid_until")
        else {}
    )


def beside_in(credential: Mapping[str, Any]) -> Beside:
    """Read from one of our credentials the contents that are not in its record.

    The caller needs these contents to sign the credential again, or to compare it with a new one.
    Credentials from before decision 0122 have none: the result is then an empty `Beside`.
    """
    if EXTENSIONS not in credential["@context"]:
        return Beside()
    profile = {
        word: credential["issuer"][word]
        for word in ("url", "email")
        if word in credential["issuer"]
    }
    image = (
        {"image": credential["issuer"]["image"]["id"]} if "image" in credential["issuer"] else {}
    )
    return Beside(
        credential["credentialSubject"]["achievement"]["criteria"]["narrative"], profile | image
    )


def _profile(issuer: Issuer, profile: Mapping[str, str]) -> Json:
    image = {"image": _image(profile["image"], issuer.name)} if "image" in profile else {}
    return {"id": issuer.did, "type": ["Profile"], "name": issuer.name, **profile, **image}


def _image(address: str, caption: str) -> Json:
    return {"id": address, "type": "Image", "caption": caption}


def _record(content: Mapping[str, Any], identity: str) -> Json:
    """Build the `evidence` that contains the whole record as JSON text.

    `identity` is the id of the credential. The facts are one text and not JSON-LD fields. Fields of
    our own would need a JSON-LD context of our own, and most wallets refuse to download a context
    that they do not know.
    """
    return {
        "id": f"{identity}#isi",
        "type": ["Evidence"],
        "name": "Isi sertifikat seperti tercetak",
        "genre": RECORD,
        "narrative": canonical(content).decode(),
    }


def _event(content: Mapping[str, Any], identity: str) -> Json:
    """Build the `evidence` that describes the event: course, organiser, cohort and days.

    This evidence is for programs that know only Open Badges. It names no person. `identity` is the
    id of the credential.
    """
    first, last = (day(date.fromisoformat(content[name])) for name in ("starts_on", "ends_on"))
    days = first if first == last else f"{first} sampai {last}"
    return {
        "id": f"{identity}#kegiatan",
        "type": ["Evidence"],
        "name": "Kegiatan",
        "genre": "Bimbingan teknis",
        "description": (
            f"{content['course']} oleh {content['organiser']}, {content['cohort']}, {days}. Daftar"
            " hadir dan jawaban tes peserta tersimpan di register penyelenggara."
        ),
    }


def _subject(content: Mapping[str, Any], issuer: Issuer, identity: str, criteria: str) -> Json:
    subject: Json = {
        "id": _named(issuer, "peserta", content["participant"]),
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
        "achievement": _achievement(content, issuer, criteria),
    }
    if content["score"] is not None:
        subject["result"] = [
            {
                "id": f"{identity}#nilai",
                "type": ["Result"],
                "resultDescription": subject["achievement"]["resultDescription"][0]["id"],
                "value": content["score"],
            }
        ]
    return subject


def _identity(kind: str, value: str) -> Json:
    return {"type": "IdentityObject", "hashed": False, "identityHash": value, "identityType": kind}


def _achievement(content: Mapping[str, Any], issuer: Issuer, criteria: str) -> Json:
    identity = _named(issuer, content["course"], content["kind"])
    sessions = "; ".join(
        f"{session['title']} ({session['hours']} JP)" for session in content["sessions"]
    )
    achievement: Json = {
        "id": identity,
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "name": content["course"],
        "description": (
            f"{content['hours']} jam pelajaran (JP), 1 JP = {content['minutes_per_hour']} menit."
            f" Materi: {sessions}."
        ),
        "criteria": {
            "id": f"{identity}#syarat",
            "narrative": criteria or content.get("wording") or _CRITERIA[content["kind"]],
        },
        "image": _image(
            f"{issuer.site}/{ARTWORK[content['kind']]}", f"Lencana {content['course']}"
        ),
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
    """Return the facts (`Statement`) of a credential; the caller has verified the signature.

    `document` is the credential as JSON, `issuer` the office that signed it.

    Raises:
        Unreadable: the signed document is not a certificate.
    """
    try:
        (record,) = [each["narrative"] for each in document["evidence"] if each["genre"] == RECORD]
        facts = read_document(record.encode())
        is_badge = "OpenBadgeCredential" in document["type"] and document["id"] == credential_id(
            issuer.did, facts["number"]
        )
        places, since = read_places(document["credentialStatus"]), instant(document["validFrom"])
        until = instant(document["validUntil"]) if "validUntil" in document else None
        signed = instant(proof["created"]) if (proof := find_proof(document)) else None
        statement = Statement(
            issuer, facts, places, since, until, signed_by=signed, mark=mark_of_document(document)
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Unreadable(NOT_A_CERTIFICATE) from None
    if not is_badge:
        raise Unreadable(NOT_A_CERTIFICATE)
    return statement
