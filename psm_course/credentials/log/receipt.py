"""The receipt `psm-receipt/1`: the office's signed promise that a submission arrived.

The receipt names the submission's place in the log (decision 0070). The log key signs the receipt.
This key has no passphrase, so the server can sign at any hour. Anybody can check a receipt with the
office's published keys. The short form of a receipt is a code of eight letters and digits, to read
aloud, type and print.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

import orjson

from psm_course.credentials.documents import Json, Unreadable, canonical, instant, written
from psm_course.credentials.signing.keys import PublicKey, SigningKey
from psm_course.credentials.signing.multibase import from_multibase, to_multibase

FORMAT = "psm-receipt/1"
Standing = Literal["recorded", "held"]
# Without those that look alike.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_TEXTS = ("office", "quiz", "participant", "document", "key")
NOT_A_RECEIPT = "Berkas ini bukan tanda terima yang utuh."


@dataclass(frozen=True, slots=True)
class Received:
    """The facts of a receipt: who handed in which submission, and when it arrived.

    `office` is the Kemendagri code of the office. `document` is the digest of the submission
    (`digest_of`). `origin` and `index` name the submission's leaf in the log. `standing` tells if
    the submission was `recorded` or `held` when the receipt was made.
    """

    office: str
    quiz: str
    participant: str
    document: str
    standing: Standing
    received_at: datetime
    origin: str
    index: int

    @property
    def code(self) -> str:
        """The short form of the receipt, eight letters and digits: `ABCD-2345`."""
        return short_code(self.document)


def digest_of(document: bytes) -> str:
    """Return the digest (`sha256:…`) of a submission.

    `document` must be the submission in canonical JSON, not the file as it arrived. So spaces and
    line breaks in the file make no difference.
    """
    return f"sha256:{hashlib.sha256(document).hexdigest()}"


def short_code(digest: str) -> str:
    """Shorten a digest to eight letters and digits: `ABCD-2345`."""
    number = int(digest.removeprefix("sha256:")[:16], 16)
    code = ""
    for _ in range(8):
        number, rest = divmod(number, len(_ALPHABET))
        code += _ALPHABET[rest]
    return f"{code[:4]}-{code[4:]}"


def sign_receipt(received: Received, key: SigningKey) -> Json:
    """Sign a receipt; returns the receipt as JSON. The same facts and key give the same receipt."""
    unsigned = {
        "format": FORMAT,
        "office": received.office,
        "quiz": received.quiz,
        "participant": received.participant,
        "document": received.document,
        "standing": received.standing,
        "received_at": written(received.received_at),
        "log": {"origin": received.origin, "index": received.index},
        "key": key.multikey,
    }
    # RFC 8785: a receipt holds texts and small whole numbers under plain names only, and of those
    # orjson makes the same, ten times as fast (a test compares).
    return unsigned | {
        "signature": to_multibase(key.sign(orjson.dumps(unsigned, option=orjson.OPT_SORT_KEYS)))
    }


def is_receipt(document: Mapping[str, Any]) -> bool:
    """True if the `format` of a document is that of a receipt; nothing else is checked."""
    return document.get("format") == FORMAT


def is_signed_by(key: PublicKey, document: Mapping[str, Any]) -> bool:
    """True if this key signed exactly the contents of the receipt.

    Raises:
        Unreadable: the receipt has no canonical form.
    """
    message = canonical({name: value for name, value in document.items() if name != "signature"})
    try:
        signature = from_multibase(document["signature"])
    except (KeyError, ValueError, AttributeError):
        return False
    return key.has_signed(signature, message)


def read_receipt(document: Mapping[str, Any]) -> Received:
    """Read a receipt; its signature is not verified.

    Raises:
        Unreadable: a field is missing or wrong.
    """
    try:
        texts = [document[name] for name in _TEXTS]
        origin, index = document["log"]["origin"], document["log"]["index"]
        at = instant(document["received_at"])
        is_whole = (
            is_receipt(document)
            and all(isinstance(each, str) for each in [*texts, origin])
            and type(index) is int
            and index >= 0
        )
        if (
            not is_whole
            or not _DIGEST.fullmatch(document["document"])
            or document["standing"] not in get_args(Standing)
        ):
            raise Unreadable(NOT_A_RECEIPT)
    except (KeyError, TypeError, ValueError):
        raise Unreadable(NOT_A_RECEIPT) from None
    office, quiz, participant, digest, _ = texts
    return Received(office, quiz, participant, digest, document["standing"], at, origin, index)
