"""The QR code: an address whose fragment is a signed CBOR Web Token (COSE_Sign1).

The fragment is the part after `#`; browsers send it to no server. The token contains one person's
facts, and the digest of the facts that the whole issuing shares (`issuance`). It is deterministic
CBOR (RFC 8949 4.2). For a name of 70 letters, the address has at most 350 characters. Decisions
0018 and 0033.
"""

import base64
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import cbor2

from psm_course.credentials.documents import Json, Unreadable
from psm_course.credentials.formats.issuance import DIGEST, Issuance
from psm_course.credentials.formats.statement import Statement, end_of, start_of
from psm_course.credentials.lists.status_list import places_of
from psm_course.credentials.log.inclusion import Inclusion, blind_of
from psm_course.credentials.signing.keys import Issuer, PublicKey, SigningKey
from psm_course.credentials.signing.marks import mark_of
from psm_course.local_time import WIB

KINDS = ("attended", "passed")
CLAIM = -65537  # the first of the claims that RFC 8392 leaves to us
NOT_OURS = "Ini bukan kode QR atau berkas sertifikat."
_EXPIRES, _ALGORITHM, _KID, _EDDSA, _COSE_SIGN1 = 4, 1, 4, -8, 18
_EPOCH = date(1970, 1, 1)
_LONGEST = 4_000
_ONE_BYTE_EACH = "cp1252"
_FRAGMENT = re.compile(r"[A-Za-z0-9_-]+")
SHARED = (
    "course", "organiser", "hours", "minutes_per_hour", "cohort", "starts_on", "ends_on",
    "place", "signatory_title", "signatory_name", "sessions", "letterhead", "wording",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """The contents of a token; its signature is not verified yet.

    `facts` are the facts of the person, without the shared facts of the issuing.
    """

    kid: bytes
    digest: bytes
    number_part: str
    facts: Json
    position: int
    signed_on: str
    expires: int | None
    message: bytes
    signature: bytes

    def is_signed_by(self, key: PublicKey) -> bool:
        """True if this key made the token's signature."""
        return key.has_signed(self.signature, self.message)


def sign_token(
    content: Mapping[str, Any], issuance: Issuance, position: int, key: SigningKey, now: datetime
) -> bytes:
    """Sign a record as a token; returns COSE_Sign1 bytes.

    Args:
        content: the facts of the record.
        issuance: the shared facts of the issuing that the record belongs to.
        position: the record's place in the status lists, from 0.
        key: the key to sign with.
        now: the time of signing, aware.

    Raises:
        ValueError: the issuance does not cover the record, which is a mistake of the caller.
    """
    if not issuance.covers(content):
        raise ValueError(f"the issuance does not cover {content['number']}")
    protected = _cbor({_ALGORITHM: _EDDSA, _KID: PublicKey(key.multikey, now).kid})
    payload = _cbor(_claims(content, issuance, position, now))
    return _cbor(
        cbor2.CBORTag(_COSE_SIGN1, [protected, {}, payload, key.sign(_to_sign(protected, payload))])
    )


def token_address(site: str, token: bytes) -> str:
    """Return the text of the QR code: the site's address with the token as its fragment."""
    return f"{site}/v#{base64.urlsafe_b64encode(token).decode().rstrip('=')}"


def _claims(
    content: Mapping[str, Any], issuance: Issuance, position: int, now: datetime
) -> dict[int, Any]:
    issued, signed = (
        _day_number(content["issued_on"]),
        _day_number(now.astimezone(WIB).date().isoformat()),
    )
    # A list without names: a QR code with fewer letters has larger squares,
    # and scans from worn paper.
    facts = [
        issuance.digest,
        _packed(content["name"]),
        issuance.inner(content["number"]),
        content["participant"],
        content["kelurahan"],
        KINDS.index(content["kind"]),
        issued,
        content["score"],
        position,
        # Only where it differs from the day of issue; most are signed on that day.
        *([signed] if signed != issued else []),
    ]
    return {CLAIM: facts} | (
        {_EXPIRES: int(end_of(content["valid_until"]).timestamp())}
        if content.get("valid_until")
        else {}
    )


def _packed(name: str) -> str | bytes:
    """Encode a name for the token.

    A name in ASCII stays text. Another name becomes Windows-1252 bytes, one byte per letter. If a
    name has letters that Windows-1252 lacks, the name stays text.
    """
    try:
        return name if name.isascii() else name.encode(_ONE_BYTE_EACH)
    except UnicodeEncodeError:
        return name


def _unpacked(name: object) -> str:
    """Return the name in a token as text; `name` is a text, or bytes in Windows-1252.

    Bytes that are all ASCII are refused, because a name in ASCII is always written as text. Before
    decision 0033, all names were written as text.
    """
    # ASCII has its own form already: two encodings of one name would be two valid codes.
    if isinstance(name, bytes) and not name.isascii():
        return name.decode(_ONE_BYTE_EACH)
    _require(str, name)
    return str(name)


def _day_number(day: str) -> int:
    return (date.fromisoformat(day) - _EPOCH).days


def _day(number: int) -> str:
    return (_EPOCH + timedelta(days=number)).isoformat()


def _cbor(value: object) -> bytes:
    return cbor2.dumps(value, canonical=True)


def _to_sign(protected: bytes, payload: bytes) -> bytes:
    return _cbor(["Signature1", protected, b"", payload])


def read_token(text: str) -> Token:
    """Read the token in the text of a QR code; the signature is not verified.

    `text` is the whole address, or only its fragment (the part after `#`).

    Raises:
        Unreadable: the text contains no token; the token is not in the deterministic form of CBOR;
            or the fragment is not exactly the base64url that `token_address` writes for the token.
    """
    fragment = text.strip().rpartition("#")[2]
    if len(text) > _LONGEST or not _FRAGMENT.fullmatch(fragment):
        raise Unreadable(NOT_OURS)
    try:
        raw = base64.urlsafe_b64decode(fragment + "=" * (-len(fragment) % 4))
        token = _read(raw)
    except (
        ValueError,
        TypeError,
        OverflowError,
        IndexError,
        KeyError,
        AttributeError,
        RecursionError,
        cbor2.CBORError,
    ):
        raise Unreadable(NOT_OURS) from None
    # Padding and unused bits can be written in other ways, which would be other texts of one code.
    if base64.urlsafe_b64encode(raw).decode().rstrip("=") != fragment:
        raise Unreadable(NOT_OURS)
    return token


def _read(raw: bytes) -> Token:
    tag = _load(raw)
    protected, unprotected, payload, signature = tag.value
    header, claims = _load(protected), _load(payload)
    if (
        tag.tag != _COSE_SIGN1
        or unprotected != {}
        or header != {_ALGORITHM: _EDDSA, _KID: header[_KID]}
        or {*claims} - {CLAIM, _EXPIRES}
    ):
        raise ValueError("not a token of ours")
    digest, name, part, participant, kelurahan, kind, issued, score, position, *signed = claims[
        CLAIM
    ]
    _require(bytes, header[_KID], signature, digest)
    _require(str, part, participant, kelurahan, *([] if score is None else [score]))
    _require(
        int, kind, issued, position, *signed, *([claims[_EXPIRES]] if _EXPIRES in claims else [])
    )
    if len(digest) != DIGEST or len(signed) > 1 or kind < 0 or position < 0:
        raise ValueError("not a token of ours")
    return Token(
        kid=header[_KID],
        digest=digest,
        number_part=part,
        facts={
            "kind": KINDS[kind],
            "participant": participant,
            "name": _unpacked(name),
            "kelurahan": kelurahan,
            "issued_on": _day(issued),
            "score": score,
        },
        position=position,
        signed_on=_day(signed[0] if signed else issued),
        expires=claims.get(_EXPIRES),
        message=_to_sign(protected, payload),
        signature=signature,
    )


def _load(raw: bytes) -> Any:
    """Read one CBOR value, which must be in its deterministic form.

    If other forms of the same value were accepted too, somebody could change the bytes of a token,
    and nobody would notice.

    Raises:
        ValueError: the value is not in its deterministic form, or more bytes follow after it.
    """
    stream = io.BytesIO(raw)
    value = cbor2.load(stream)
    if stream.read(1) or _cbor(value) != raw:
        raise ValueError("not deterministic")
    return value


def _require(kind: type, *values: object) -> None:
    # `True` is an int to Python, and another value in CBOR.
    if any(type(value) is not kind for value in values):
        raise ValueError("not a token of ours")


def token_statement(token: Token, issuer: Issuer, issuance: Issuance | None) -> Statement:
    """Return the facts (`Statement`) of a token; the caller has verified the signature.

    Args:
        token: the token, as `read_token` returned it.
        issuer: the office whose key signed the token.
        issuance: the document with the shared facts; None if the verifier does not have it. Then
            `number` and the names of the shared facts are in `Statement.missing`.
    """
    shared = (
        {}
        if issuance is None
        else {"number": issuance.before + token.number_part + issuance.after, **issuance.facts}
    )
    until = datetime.fromtimestamp(token.expires, UTC) if token.expires is not None else None
    missing = ("number", *SHARED) if issuance is None else ()
    places, since = places_of(issuer.site, token.position), start_of(token.facts["issued_on"])
    signed = end_of(token.signed_on), mark_of(token.signature)
    return Statement(
        issuer,
        shared | token.facts,
        places,
        since,
        until,
        missing,
        *signed,
        token_inclusion(token, issuance),
    )


def token_inclusion(token: Token, issuance: Issuance | None) -> Inclusion | None:
    """Return the place of a token's record in the open log, read from the issuance document.

    The place is not verified. The result is None if `issuance` is None, or if the issuance is from
    before the open log contained certificates. If the issuance does not list this record, the
    `place` of the result is None.
    """
    if issuance is None or issuance.log is None:
        return None
    return Inclusion(issuance.log.place_of(token.position), blind_of(token.signature))
