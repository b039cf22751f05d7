"""The published list of corrections: numbers replaced or revoked, with date and reason.

The list is signed and contains no name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psm_course.credentials.documents import Json, Unreadable, instant, written
from psm_course.credentials.signing.keys import Issuer, SigningKey
from psm_course.credentials.signing.proof import sign

FORMAT = "psm-corrections/1"
_NOT_ONE = "Daftar perbaikan sertifikat tidak terbaca."


@dataclass(frozen=True, slots=True)
class Correction:
    """The correction of one certificate number: superseded or revoked.

    `superseded_by` is the certificate number that replaces this number; None if this number was
    revoked and nothing replaces it.
    """

    number: str
    reason: str
    on: date
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True)
class Corrections:
    """The contents of a list of corrections: issuer (DID), date, and corrections by number."""

    issuer: str
    as_of: datetime
    by_number: Mapping[str, Correction]


def sign_corrections(
    issuer: Issuer, corrections: Iterable[Correction], key: SigningKey, now: datetime
) -> Json:
    """Build and sign the list of corrections to publish; returns the signed list.

    The list contains the corrections in the order of `corrections`.
    """
    document = {
        "format": FORMAT,
        "issuer": issuer.did,
        "as_of": written(now),
        "corrections": [_written(each) for each in corrections],
    }
    return sign(document, [key], issuer.did, now)


def _written(correction: Correction) -> Json:
    return {
        "number": correction.number,
        "superseded_by": correction.superseded_by,
        "reason": correction.reason,
        "on": correction.on.isoformat(),
    }


def read_corrections(document: Mapping[str, Any]) -> Corrections:
    """Read a list of corrections; its signature is not verified.

    If the list has several corrections of one number, the one nearest the end of the list is used.

    Raises:
        Unreadable: the document is no list of corrections.
    """
    try:
        corrections = [
            Correction(
                entry["number"],
                entry["reason"],
                date.fromisoformat(entry["on"]),
                entry["superseded_by"],
            )
            for entry in document["corrections"]
        ]
        read = Corrections(
            document["issuer"],
            instant(document["as_of"]),
            {each.number: each for each in corrections},
        )
    except (KeyError, TypeError, ValueError):
        raise Unreadable(_NOT_ONE) from None
    if document.get("format") != FORMAT or not isinstance(read.issuer, str):
        raise Unreadable(_NOT_ONE)
    return read
