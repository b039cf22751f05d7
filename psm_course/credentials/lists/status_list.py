"""The status of records as W3C Bitstring Status Lists.

There are two signed lists, and each record has one bit in each of them. A bit that is set in
`revocation` means: the record no longer counts, for whatever reason. Every verifier understands
this list. A bit that is set in `refresh` means: a newer record has replaced this one. A credential
names only the `revocation` list (Open Badges allows one entry); the bit in `refresh` has the same
index. Decision 0017.
"""

import base64
import gzip
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from psm_course.credentials.documents import Json, Unreadable, instant, written
from psm_course.credentials.signing.keys import Issuer, SigningKey
from psm_course.credentials.signing.multibase import from_base64url
from psm_course.credentials.signing.proof import sign_for_wallets

Purpose = Literal["revocation", "refresh"]
PURPOSES: tuple[Purpose, ...] = ("revocation", "refresh")
LENGTH = 131_072  # the least the standard allows, so that one bit tells nobody who it belongs to
VALID_DAYS = 180  # after so long a list tells nobody any more that nothing was withdrawn
NOT_A_LIST = "Daftar status tidak terbaca."


@dataclass(frozen=True, slots=True)
class StatusPlace:
    """The place of one record's bit in a status list.

    `purpose` and `list_id` (its address) name the list; `index` is the place of the bit in the
    list, from 0.
    """

    purpose: str
    list_id: str
    index: int


@dataclass(frozen=True, slots=True)
class StatusList:
    """The contents of a status list: issuer, purpose, date (`as_of`), and its bits.

    After the time `until`, the list is too old to rely on.
    """

    id: str
    issuer: str
    purpose: str
    as_of: datetime
    until: datetime
    bits: bytes

    def is_set(self, index: int) -> bool:
        """True if the bit at this index is set."""
        return bool(self.bits[index // 8] & 0x80 >> index % 8)


def list_id(site: str, purpose: Purpose, number: int) -> str:
    """Return the address of a status list; the lists of a site are numbered from 0."""
    return f"{site}/status/{number}-{purpose}.json"


def places_of(site: str, position: int) -> tuple[StatusPlace, ...]:
    """Return the places of a record's bits: one place in the `revocation` list, one in `refresh`.

    Args:
        position: the record's position, counted from 0 over all lists of the site.
    """
    number, index = divmod(position, LENGTH)
    return tuple(
        StatusPlace(purpose, list_id(site, purpose, number), index) for purpose in PURPOSES
    )


def status_entry(site: str, position: int) -> Json:
    """Return the `credentialStatus` of a record's credential.

    `position` is the record's position, counted from 0 over all lists of the site.
    """
    place = places_of(site, position)[0]
    return {
        "id": f"{place.list_id}#{place.index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": place.purpose,
        "statusListIndex": str(place.index),
        "statusListCredential": place.list_id,
    }


def status_list(
    issuer: Issuer,
    purpose: Purpose,
    number: int,
    positions: Iterable[int],
    key: SigningKey,
    now: datetime,
    days: int = VALID_DAYS,
) -> Json:
    """Build and sign one status list; returns the list to publish.

    The function `list_id` gives the address at which the list must be published.

    Args:
        issuer: the office.
        purpose: `revocation` or `refresh`: the meaning of a bit that is set.
        number: number of the list, from 0.
        positions: positions of the records whose bits are set, counted from 0 over all lists of the
            site. A position that belongs to a list with another number is ignored.
        key, now: the key that signs, and the time of signing.
        days: number of days for which the list may be relied on.
    """
    bits = bytearray(LENGTH // 8)
    for position in positions:
        owner, index = divmod(position, LENGTH)
        if owner == number:
            bits[index // 8] |= 0x80 >> index % 8
    address = list_id(issuer.site, purpose, number)
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.did,
        "validFrom": written(now),
        "validUntil": written(now + timedelta(days=days)),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encode_bits(bytes(bits)),
        },
    }
    return sign_for_wallets(document, key, issuer.did, now)


def encode_bits(bits: bytes) -> str:
    """Return bits as text: compressed with gzip, then written as base64url after the letter `u`.

    The W3C standard for status lists requires this form.
    """
    return "u" + base64.urlsafe_b64encode(gzip.compress(bits, mtime=0)).decode().rstrip("=")


def decode_bits(text: str) -> bytes:
    """Return the bits that `encode_bits` wrote as text.

    Decompression stops one byte after LENGTH bits. So a harmful text, which would become very many
    bytes, cannot fill the memory.

    Raises:
        Unreadable: the text is not in the form of `encode_bits`, or does not have LENGTH bits.
    """
    try:
        unpacker = zlib.decompressobj(wbits=31)
        bits = unpacker.decompress(from_base64url(text[1:]), LENGTH // 8 + 1)
    except (ValueError, TypeError, zlib.error):
        raise Unreadable(NOT_A_LIST) from None
    if not text.startswith("u") or not unpacker.eof or len(bits) != LENGTH // 8:
        raise Unreadable(NOT_A_LIST)
    return bits


def read_status_list(document: Mapping[str, Any]) -> StatusList:
    """Read a status list; its signature is not verified.

    If the list has no end date (older lists have none), it may be relied on for VALID_DAYS days
    from its date.

    Raises:
        Unreadable: the document is no status list.
    """
    try:
        subject = document["credentialSubject"]
        kinds, purpose, address, issuer = (
            document["type"],
            subject["statusPurpose"],
            document["id"],
            document["issuer"],
        )
        as_of, encoded = instant(document["validFrom"]), subject["encodedList"]
        until = (
            instant(document["validUntil"])
            if "validUntil" in document
            else as_of + timedelta(days=VALID_DAYS)
        )
        is_list = "BitstringStatusListCredential" in kinds
    except (KeyError, TypeError, ValueError, OverflowError):
        raise Unreadable(NOT_A_LIST) from None
    if not is_list or not all(
        isinstance(each, str) for each in (purpose, address, issuer, encoded)
    ):
        raise Unreadable(NOT_A_LIST)
    return StatusList(address, issuer, purpose, as_of, until, decode_bits(encoded))


def read_places(entry: Mapping[str, Any]) -> tuple[StatusPlace, ...]:
    """Return the two places of a credential's bits, read from its `credentialStatus`.

    `entry` is the `credentialStatus`. It names only the place in the `revocation` list; the second
    place of the result, in the `refresh` list, has the same index.

    Raises:
        Unreadable: the entry is not one that our office writes.
    """
    try:
        named, index = entry["statusListCredential"], int(entry["statusListIndex"])
        first, _, rest = named.rpartition(f"-{PURPOSES[0]}")
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Unreadable(NOT_A_LIST) from None
    if entry.get("statusPurpose") != PURPOSES[0] or not first or not 0 <= index < LENGTH:
        raise Unreadable(NOT_A_LIST)
    return tuple(StatusPlace(purpose, f"{first}-{purpose}{rest}", index) for purpose in PURPOSES)
