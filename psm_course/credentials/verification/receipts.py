"""Verifies a receipt: the log key of a known office must have signed exactly these contents.

This module reads no files and no clock. `site/scripts/verify/receipt.js` makes the same check on
the verification page. The examples in `tests/credentials/tampered_receipts.py` test this module
and the page.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from psm_course.credentials.log.receipt import Received, is_signed_by, read_receipt
from psm_course.credentials.signing.keys import Issuer, PublicKey
from psm_course.credentials.verification.verdict import Doubt, Verdict
from psm_course.local_time import day, moment

_ASK = "Minta tanda terima baru kepada petugas."
UNKNOWN = (
    "Tanda terima ini ditandatangani dengan kunci yang tidak dikenal di sini: bukan dari instansi"
    f" yang terdaftar di sini. {_ASK}"
)
CHANGED = (
    "Tanda terima ini tidak cocok dengan tanda tangannya: sudah diubah, terpotong, atau"
    f" dipalsukan. {_ASK}"
)
RETIRED = f"Tanda terima ini ditandatangani dengan kunci yang tidak dipakai lagi sejak {{}}. {_ASK}"
_STANDING = {
    "recorded": "dan mencatatnya di register",
    "held": "dan menahannya: waktu itu petugas masih perlu memutuskan",
}
_SHOWN = ("office", "quiz", "participant", "document", "standing", "received_at", "log", "key")


def judge_receipt(document: Mapping[str, Any], issuers: Iterable[Issuer]) -> Verdict:
    """Judge a receipt; returns the verdict `valid`, and raises an exception for any other verdict.

    `issuers` are the known offices.

    Raises:
        Doubt: no known office has the key that the receipt names, this key was retired before the
            submission arrived, or the receipt was changed.
        Unreadable: the document lacks fields of a receipt.
    """
    issuer, key = _signer_named(document.get("key"), issuers)
    if not is_signed_by(key, document):
        raise Doubt("tampered", CHANGED)
    received = read_receipt(document)
    if key.retired_at is not None and received.received_at > key.retired_at:
        raise Doubt("unknown_issuer", RETIRED.format(day(key.retired_at)))
    facts = {name: document[name] for name in _SHOWN} | {"code": received.code}
    return Verdict("valid", sentence_of(received, issuer), receipt=facts)


def sentence_of(received: Received, issuer: Issuer) -> str:
    """Return an Indonesian sentence which says that a receipt is genuine.

    The sentence names the office, the participant and the quiz, tells when the submission arrived,
    and if it was recorded or held.
    """
    return (
        f"Tanda terima ini asli: {issuer.name} menerima jawaban {received.participant} untuk kuis"
        f" {received.quiz} pada {moment(received.received_at)} {_STANDING[received.standing]}."
        " Isinya tidak berubah."
    )


def _signer_named(multikey: object, issuers: Iterable[Issuer]) -> tuple[Issuer, PublicKey]:
    if not isinstance(multikey, str):
        raise Doubt("tampered", CHANGED)
    found = next(
        (
            (issuer, key)
            for issuer in issuers
            for key in issuer.log_keys
            if key.multikey == multikey
        ),
        None,
    )
    if found is None:
        raise Doubt("unknown_issuer", UNKNOWN)
    return found
