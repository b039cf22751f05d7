"""Finds the office that signed a document or token, and checks its key.

The key must have been in use when it signed, and must not be compromised.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from psm_course.credentials.documents import instant
from psm_course.credentials.formats.statement import end_of, start_of
from psm_course.credentials.formats.token import Token
from psm_course.credentials.signing.keys import Issuer, PublicKey
from psm_course.credentials.signing.proof import (
    find_proof,
    is_assertion,
    is_one_of_its_set,
    is_signed_by,
)
from psm_course.credentials.verification.verdict import Doubt
from psm_course.local_time import day

UNKNOWN = (
    "Penerbitnya tidak dikenal: dokumen ini tidak ditandatangani oleh instansi yang terdaftar di"
    " sini. Jangan diterima."
)
CHANGED = (
    "Isinya tidak cocok dengan tanda tangannya: dokumen ini sudah diubah atau dipalsukan. Jangan"
    " diterima."
)
TOO_EARLY = (
    "Bertanggal sebelum kuncinya ada: kunci itu baru dibuat pada {}. Tanggalnya dipalsukan. Jangan"
    " diterima."
)
UNSIGNED = "Dokumen ini tidak ditandatangani. Jangan diterima."


def signer_of(
    document: Mapping[str, Any], issuers: Iterable[Issuer], is_named: bool = False
) -> Issuer:
    """Return the issuer whose key signed the document.

    Args:
        is_named: True if the office's snapshot contains the document's digest. Then the signature
            of the snapshot proves the document, and the document's own signature is not checked
            again.

    Raises:
        Doubt: the document has no signature, was changed, or is from an unknown issuer; or its key
            is compromised, or was not in use at the time of signing. `Doubt.verdict` is the
            verdict.
    """
    issuer = _issuer_named(document.get("issuer"), issuers)
    proof = find_proof(document)
    if proof is None:
        raise Doubt("tampered", UNSIGNED)
    did, _, multikey = str(proof.get("verificationMethod")).partition("#")
    key = issuer.find_key(multikey) if did == issuer.did else None
    if key is None:
        raise Doubt("unknown_issuer", UNKNOWN)
    if (
        not is_assertion(proof)
        or not (is_named or is_signed_by(key, document, proof))
        or not is_one_of_its_set(document, proof)
    ):
        raise Doubt("tampered", CHANGED)
    signed_at = _created(proof)
    _refuse_key_out_of_use(key, signed_at, signed_at)
    return issuer


def signer_of_token(token: Token, issuers: Iterable[Issuer]) -> Issuer:
    """Return the issuer whose key signed the token.

    Raises:
        Doubt: the token was changed, or is from an unknown issuer; or its key is compromised, or
            was not in use at the time of signing. `Doubt.verdict` is the verdict.
    """
    candidates = [
        (issuer, key) for issuer in issuers for key in issuer.keys if key.kid == token.kid
    ]
    if not candidates:
        raise Doubt("unknown_issuer", UNKNOWN)
    for issuer, key in candidates:
        if token.is_signed_by(key):
            # A token has no hour. On the key's first and last day, the whole day counts.
            _refuse_key_out_of_use(key, start_of(token.signed_on), end_of(token.signed_on))
            return issuer
    raise Doubt("tampered", CHANGED)


def _issuer_named(named: object, issuers: Iterable[Issuer]) -> Issuer:
    did = named.get("id") if isinstance(named, dict) else named
    issuer = next((issuer for issuer in issuers if issuer.did == did), None)
    if issuer is None:
        raise Doubt("unknown_issuer", UNKNOWN)
    return issuer


def _created(proof: Mapping[str, Any]) -> datetime:
    try:
        return instant(proof["created"])
    except (KeyError, TypeError, ValueError):
        raise Doubt("tampered", CHANGED) from None


def _refuse_key_out_of_use(key: PublicKey, signed_at: datetime, at_the_latest: datetime) -> None:
    if key.compromised_at is not None:
        raise Doubt(
            "revoked",
            f"Kunci yang menandatanganinya dicabut pada {day(key.compromised_at)} karena bocor,"
            " jadi isinya tidak dapat dipercaya. Minta cetakan baru kepada penerbitnya.",
        )
    if at_the_latest < key.created.replace(microsecond=0):  # a proof tells whole seconds
        raise Doubt("tampered", TOO_EARLY.format(day(key.created)))
    if key.retired_at is not None and signed_at > key.retired_at:
        raise Doubt(
            "unknown_issuer",
            f"Ditandatangani dengan kunci yang sudah tidak dipakai sejak {day(key.retired_at)}."
            " Jangan diterima. Tanyakan kepada penerbitnya.",
        )
