"""The published digests of every PDF given out, by number: they tell a changed page from the one that was issued. Signed; no names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psm_course.credentials.documents import Json, Unreadable, instant, written
from psm_course.credentials.keys import Issuer, SigningKey
from psm_course.credentials.proof import sign

FORMAT = "psm-pdf-digests/1"
_NOT_ONE = "Daftar sidik berkas tidak terbaca."


@dataclass(frozen=True, slots=True)
class Digests:
    """A list as read: whose, of when, and SHA-256 (hex) of each file by number."""

    issuer: str
    as_of: datetime
    pdfs: Mapping[str, Collection[str]]


def sign_digests(issuer: Issuer, pdfs: Mapping[str, Collection[str]], key: SigningKey, now: datetime) -> Json:
    """The document to publish."""
    listed = {number: list(digests) for number, digests in pdfs.items()}
    return sign({"format": FORMAT, "issuer": issuer.did, "as_of": written(now), "pdfs": listed}, key, issuer.did, now)


def read_digests(document: Mapping[str, Any]) -> Digests:
    """What a list says, its signature not yet looked at. Unreadable when it is no list."""
    try:
        read = Digests(document["issuer"], instant(document["as_of"]), {number: tuple(each) for number, each in document["pdfs"].items()})
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Unreadable(_NOT_ONE) from None
    if document.get("format") != FORMAT or not isinstance(read.issuer, str):
        raise Unreadable(_NOT_ONE)
    return read
