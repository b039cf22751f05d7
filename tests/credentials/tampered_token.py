"""Texts as a camera may read them: the genuine code in another dress, forged ones,
and codes of something else.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import cbor2

from psm_course.credentials.formats.token import CLAIM, token_address
from tests.credentials.signed import FOREIGN_KEY, KEY, SITE, a_token

GENUINE = a_token()
OTHER_NAMES = {
    "every-letter-of-windows-1252": bytes(
        {*range(0x80, 0x100)} - {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    ).decode("cp1252"),
    "letters-of-two-and-three-bytes": "Ng Đặng Łukasz Čapek",
}
FIELDS = [
    "digest",
    "name",
    "number",
    "participant",
    "kelurahan",
    "kind",
    "issued_on",
    "score",
    "position",
]


def same_texts() -> dict[str, str]:
    address = token_address(SITE, GENUINE)
    fragment = address.partition("#")[2]
    return {
        "as-printed": address,
        "the-fragment-alone": fragment,
        "at-another-address": f"https://lain.example/v#{fragment}",
        "blanks-around": f" \n{address}\r\n",
        "printed-when-names-were-text": _named("Siti Nur’aini, S.Sos"),
    }


_FRAGMENT = token_address(SITE, GENUINE).partition("#")[2]
OTHER_TEXTS = {
    "an-address": "https://dinsos.depok.go.id/psm/",
    "an-address-with-a-place-in-it": "https://dinsos.depok.go.id/psm/glosarium.html#ppks",
    "the-page-without-a-token": f"{SITE}/v#",
    "a-telephone-number": "tel:+62215551234",
    "wifi": "WIFI:S:Aula;T:WPA;P:rahasia;;",
    "a-visiting-card": "BEGIN:VCARD\nVERSION:3.0\nFN:Siti\nEND:VCARD",
    "a-participant-card": "PSM1.D25-017.c2VjcmV0",
    "words": "halo apa kabar",
    "other-letters": "شهادة",
    "very-long": f"{SITE}/v#{'A' * 1_000_000}",
    "cut-off": _FRAGMENT[:-4],
    "followed-by-more": _FRAGMENT + "AAAA",
    "padded": _FRAGMENT + "=",
    "token-in-the-query": f"{SITE}/v?{_FRAGMENT}",
    "percent": _FRAGMENT[:20] + "%41" + _FRAGMENT[20:],
    "blank-inside": _FRAGMENT[:20] + " " + _FRAGMENT[20:],
    "in-small-letters": _FRAGMENT.lower(),
    "cbor-of-something-else": base64.urlsafe_b64encode(cbor2.dumps({"a": 1})).decode().rstrip("="),
    "a-deep-tree": base64.urlsafe_b64encode(b"\x81" * 1_000).decode().rstrip("="),
    "a-length-that-lies": base64.urlsafe_b64encode(b"\xd2\x84\x5b\x7f\xff\xff\xff\xff\xff\xff\xff")
    .decode()
    .rstrip("="),
}


def changed_tokens() -> Iterator[tuple[str, str, str]]:
    """Fields changed under the old signature; a signature by a wrong key;
    forms that are not the one proper form.
    """
    protected, _, payload, signature = cbor2.loads(GENUINE).value
    facts = cbor2.loads(payload)[CLAIM]
    for index, field in enumerate(FIELDS):
        changed = [*facts[:index], _another(facts[index]), *facts[index + 1 :]]
        yield (
            f"{field}/changed",
            _packed(protected, {}, _cbor({CLAIM: changed}), signature),
            "tampered",
        )
        shorter = [*facts[:index], *facts[index + 1 :]]
        yield (
            f"{field}/taken-away",
            _packed(protected, {}, _cbor({CLAIM: shorter}), signature),
            "unreadable",
        )
        other_kind = [*facts[:index], {}, *facts[index + 1 :]]
        yield (
            f"{field}/of-another-kind",
            _packed(protected, {}, _cbor({CLAIM: other_kind}), signature),
            "unreadable",
        )
    for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D):
        yield (
            f"name/byte-{byte:x}-that-is-no-letter",
            _named(b"Siti " + bytes([byte])),
            "unreadable",
        )
    yield "name/bytes-without-accents", _named(b"Siti"), "unreadable"
    yield "name/no-bytes", _named(b""), "unreadable"
    yield (
        "score/without",
        _packed(protected, {}, _cbor({CLAIM: [*facts[:7], None, facts[8]]}), signature),
        "tampered",
    )
    yield (
        "signed-later",
        _packed(protected, {}, _cbor({CLAIM: [*facts, facts[6] + 1]}), signature),
        "tampered",
    )
    yield (
        "expires-added",
        _packed(protected, {}, _cbor({4: 4102444800, CLAIM: facts}), signature),
        "tampered",
    )
    yield (
        "issuer-added",
        _packed(protected, {}, _cbor({1: "did:web:lain.example", CLAIM: facts}), signature),
        "unreadable",
    )
    yield (
        "signature/of-a-wrong-key",
        _packed(protected, {}, payload, FOREIGN_KEY.sign(_to_sign(protected, payload))),
        "tampered",
    )
    yield (
        "signature/of-the-payload-alone",
        _packed(protected, {}, payload, KEY.sign(payload)),
        "tampered",
    )
    yield "signature/empty", _packed(protected, {}, payload, b""), "tampered"
    yield "signature/zeros", _packed(protected, {}, payload, bytes(64)), "tampered"
    yield (
        "header/unprotected-added",
        _packed(protected, {4: b"1"}, payload, signature),
        "unreadable",
    )
    yield from _other_headers(payload)
    yield from _other_writings(protected, payload, signature)


def _named(name: object) -> str:
    """Properly signed by our key, with another writing of the name."""
    protected, _, payload, _ = cbor2.loads(GENUINE).value
    facts = cbor2.loads(payload)[CLAIM]
    again = _cbor({CLAIM: [facts[0], name, *facts[2:]]})
    return _packed(protected, {}, again, KEY.sign(_to_sign(protected, again)))


def _other_headers(payload: bytes) -> Iterator[tuple[str, str, str]]:
    """Properly signed by our key, but with a header that we never write."""
    kid = cbor2.loads(cbor2.loads(GENUINE).value[0])[4]
    for name, header in {
        "algorithm": {1: -7, 4: kid},
        "no-algorithm": {4: kid},
        "no-key": {1: -8},
        "more": {1: -8, 3: 0, 4: kid},
    }.items():
        protected = _cbor(header)
        yield (
            f"header/{name}",
            _packed(protected, {}, payload, KEY.sign(_to_sign(protected, payload))),
            "unreadable",
        )


def _other_writings(
    protected: bytes, payload: bytes, signature: bytes
) -> Iterator[tuple[str, str, str]]:
    """The same values in other bytes: what can be written in two ways could be changed unseen."""
    parts = [protected, {}, payload, signature]
    yield "writing/no-tag", _text(_cbor(parts)), "unreadable"
    yield "writing/another-tag", _text(_cbor(cbor2.CBORTag(98, parts))), "unreadable"
    yield (
        "writing/cwt-tag-around",
        _text(_cbor(cbor2.CBORTag(61, cbor2.CBORTag(18, parts)))),
        "unreadable",
    )
    yield (
        "writing/list-of-no-stated-length",
        _text(b"\xd2\x9f" + b"".join(map(_cbor, parts)) + b"\xff"),
        "unreadable",
    )
    yield "writing/long-length", _text(b"\xd2\x98\x04" + b"".join(map(_cbor, parts))), "unreadable"
    facts = cbor2.loads(payload)[CLAIM]
    longer = b"\xa1\x3b\x00\x00\x00\x00\x00\x01\x00\x00" + _cbor(facts)
    yield (
        "writing/long-claim",
        _packed(protected, {}, longer, KEY.sign(_to_sign(protected, longer))),
        "unreadable",
    )
    doubled = b"\xa2" + _cbor({CLAIM: facts})[1:] * 2
    yield (
        "writing/claim-twice",
        _packed(protected, {}, doubled, KEY.sign(_to_sign(protected, doubled))),
        "unreadable",
    )
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    fragment = _text(GENUINE)
    if len(fragment) % 4:  # its last letter has bits that carry nothing
        yield (
            "writing/last-letter",
            fragment[:-1] + last[last.index(fragment[-1]) + 1],
            "unreadable",
        )


def flipped_bytes() -> Iterator[tuple[str, str]]:
    """One bit changed in every byte, another bit each time, and every bit of a byte changed."""
    for at, byte in enumerate(GENUINE):
        yield f"{at}", _text(GENUINE[:at] + bytes([byte ^ 1 << at % 8]) + GENUINE[at + 1 :])
        yield f"{at}/all-bits", _text(GENUINE[:at] + bytes([byte ^ 0xFF]) + GENUINE[at + 1 :])


def _another(value: Any) -> Any:
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    return value + "x" if isinstance(value, str) else abs(value - 1)


def _cbor(value: object) -> bytes:
    return cbor2.dumps(value, canonical=True)


def _to_sign(protected: bytes, payload: bytes) -> bytes:
    return _cbor(["Signature1", protected, b"", payload])


def _packed(protected: bytes, unprotected: dict[int, Any], payload: bytes, signature: bytes) -> str:
    return _text(_cbor(cbor2.CBORTag(18, [protected, unprotected, payload, signature])))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
