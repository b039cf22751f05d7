"""Receipts that somebody may show: genuine ones, and the same with one thing changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from psm_course.credentials.documents import Json
from psm_course.credentials.log.receipt import Received, Standing, digest_of, sign_receipt
from psm_course.credentials.signing.keys import PublicKey, SigningKey
from tests.credentials.signed import BEFORE, FOREIGN_OFFICE, KEY, NOW, OFFICE, as_bytes

LOG_KEY = SigningKey.from_seed(bytes(range(3, 35)))
OTHER_LOG_KEY = SigningKey.from_seed(bytes(range(4, 36)))
OFFICE_WITH_LOG = replace(OFFICE, log_keys=(PublicKey(LOG_KEY.multikey, BEFORE),))
OTHER_OFFICE_WITH_LOG = replace(
    FOREIGN_OFFICE, log_keys=(PublicKey(OTHER_LOG_KEY.multikey, BEFORE),)
)
RETIRED = replace(
    OFFICE,
    log_keys=(PublicKey(LOG_KEY.multikey, BEFORE, NOW), PublicKey(OTHER_LOG_KEY.multikey, NOW)),
)
RECEIVED = Received(
    "3276",
    "tes-akhir",
    "D25-017",
    digest_of(b'{"quiz":"tes-akhir"}'),
    "recorded",
    BEFORE,
    "dinsos.depok.go.id/log/1",
    4711,
)
_UNUSED = {
    "office": "3201",
    "quiz": "tes-awal",
    "participant": "D25-018",
    "standing": "held",
    "received_at": "2025-01-06T01:00:01Z",
}


def a_receipt(key: SigningKey = LOG_KEY, **changes: Any) -> Json:
    return sign_receipt(replace(RECEIVED, **changes), key)


def genuine_receipts() -> Iterator[tuple[str, bytes]]:
    """One receipt in several dresses, and one of a hand-in that was held."""
    held: Standing = "held"
    yield "recorded", as_bytes(a_receipt())
    yield "held", as_bytes(a_receipt(standing=held))
    yield "indented", json.dumps(a_receipt(), indent=2).encode()
    yield "other-order", json.dumps(dict(reversed(a_receipt().items()))).encode()
    yield "byte-order-mark", b"\xef\xbb\xbf" + as_bytes(a_receipt())
    yield "index-written-otherwise", as_bytes(a_receipt()).replace(b"4711", b"4711.0")


def changed_receipts() -> Iterator[tuple[str, bytes, str]]:
    """What was done to it, what is handed in, and the verdict."""
    receipt = a_receipt()
    for name, other in _UNUSED.items():
        yield f"field/{name}", as_bytes(receipt | {name: other}), "tampered"
        yield (
            f"without/{name}",
            as_bytes({field: value for field, value in receipt.items() if field != name}),
            "tampered",
        )
    yield (
        "field/document",
        as_bytes(receipt | {"document": digest_of(b"other answers")}),
        "tampered",
    )
    yield (
        "field/log-origin",
        as_bytes(receipt | {"log": receipt["log"] | {"origin": "kantor-3276/log/2"}}),
        "tampered",
    )
    yield (
        "field/log-index",
        as_bytes(receipt | {"log": receipt["log"] | {"index": 4712}}),
        "tampered",
    )
    yield "field/added", as_bytes(receipt | {"points": "100"}), "tampered"
    for name in ("document", "log", "key", "signature"):
        yield (
            f"without/{name}",
            as_bytes({field: value for field, value in receipt.items() if field != name}),
            "tampered",
        )
    signature = receipt["signature"]
    for name, cut in {
        "cut": signature[:-1],
        "half": signature[:40],
        "none": "",
        "letter": f"z{signature[1:-1]}1",
        "number": 7,
    }.items():
        yield f"signature/{name}", as_bytes(receipt | {"signature": cut}), "tampered"
    yield (
        "signature/of-another",
        as_bytes(receipt | {"signature": a_receipt(participant="D25-018")["signature"]}),
        "tampered",
    )
    yield "key/another-signed-it", as_bytes(a_receipt(OTHER_LOG_KEY)), "unknown_issuer"
    yield (
        "key/another-is-named",
        as_bytes(receipt | {"key": OTHER_LOG_KEY.multikey}),
        "unknown_issuer",
    )
    yield "key/certificates-own", as_bytes(a_receipt(KEY)), "unknown_issuer"
    yield "key/no-key", as_bytes(receipt | {"key": "z6Mk"}), "unknown_issuer"
    yield "key/number", as_bytes(receipt | {"key": 7}), "tampered"
    yield "text/cut", as_bytes(receipt)[:-20], "unreadable"
    yield "text/twin", as_bytes(receipt).replace(b'"quiz"', b'"quiz": "x", "quiz"'), "unreadable"
    yield "text/half-letter", as_bytes(receipt).replace(b"D25-017", b"\\ud800"), "unreadable"
    yield "text/list", b"[" + as_bytes(receipt) + b"]", "unreadable"
    yield "format/older", as_bytes(receipt | {"format": "psm-receipt/0"}), "unknown_issuer"


def after(received: timedelta) -> bytes:
    """A receipt that says it was written so long after the key was put out of use in `RETIRED`."""
    return as_bytes(a_receipt(received_at=NOW + received))
