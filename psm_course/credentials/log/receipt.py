"""The receipt `psm-receipt/1`: the office's signed word that it has a hand-in, and where its log says so (decision 0070).

The log key signs it, so that it can be given at any hour and checked without the office. Its short form is the code of eight letters that
is told, typed and printed.
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
    """What a receipt says.

    `office` is the Kemendagri code; `document` the digest of the hand-in as it came (`digest_of`); `origin` and `index` name the leaf of
    the log that tells of it. `standing` is how it stood when the receipt was written.
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
        """The short form."""
        return short_code(self.document)


def digest_of(document: bytes) -> str:
    """What a receipt calls a hand-in by: of its canonical form, so that the layout does not count."""
    return f"sha256:{hashlib.sha256(document).hexdigest()}"


def short_code(digest: str) -> str:
    """Eight letters and digits of a digest, as `ABCD-2345`."""
    number = int(digest.removeprefix("sha256:")[:16], 16)
    code = ""
    for _ in range(8):
        number, rest = divmod(number, len(_ALPHABET))
        code += _ALPHABET[rest]
    return f"{code[:4]}-{code[4:]}"


def sign_receipt(received: Received, key: SigningKey) -> Json:
    """The receipt as a document. The same facts and key always make the same one."""
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
    # RFC 8785: a receipt holds texts and small whole numbers under plain names only, and of those orjson makes the same, ten times as fast
    # (a test compares).
    return unsigned | {"signature": to_multibase(key.sign(orjson.dumps(unsigned, option=orjson.OPT_SORT_KEYS)))}


def is_receipt(document: Mapping[str, Any]) -> bool:
    """Whether it says that it is one; nothing is checked yet."""
    return document.get("format") == FORMAT


def is_signed_by(key: PublicKey, document: Mapping[str, Any]) -> bool:
    """Whether the receipt's signature is this key's, over exactly what stands there. Raises Unreadable for what has no canonical form."""
    message = canonical({name: value for name, value in document.items() if name != "signature"})
    try:
        signature = from_multibase(document["signature"])
    except (KeyError, ValueError, AttributeError):
        return False
    return key.has_signed(signature, message)


def read_receipt(document: Mapping[str, Any]) -> Received:
    """What a receipt says, whoever signed it. Raises Unreadable for a document that does not say all of it."""
    try:
        texts = [document[name] for name in _TEXTS]
        origin, index = document["log"]["origin"], document["log"]["index"]
        at = instant(document["received_at"])
        is_whole = is_receipt(document) and all(isinstance(each, str) for each in [*texts, origin]) and type(index) is int and index >= 0
        if not is_whole or not _DIGEST.fullmatch(document["document"]) or document["standing"] not in get_args(Standing):
            raise Unreadable(NOT_A_RECEIPT)
    except (KeyError, TypeError, ValueError):
        raise Unreadable(NOT_A_RECEIPT) from None
    office, quiz, participant, digest, _ = texts
    return Received(office, quiz, participant, digest, document["standing"], at, origin, index)
