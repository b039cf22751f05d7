"""The published list of corrections: which number was replaced by which, or withdrawn, when and why. Signed; it holds no name."""

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
    """What became of a number. `superseded_by` is None when it was withdrawn (revoked) and not replaced."""

    number: str
    reason: str
    on: date
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True)
class Corrections:
    """A list as read: whose and of when."""

    issuer: str
    as_of: datetime
    by_number: Mapping[str, Correction]


def sign_corrections(issuer: Issuer, corrections: Iterable[Correction], key: SigningKey, now: datetime) -> Json:
    """The document to publish; its list is in the order given."""
    document = {"format": FORMAT, "issuer": issuer.did, "as_of": written(now), "corrections": [_written(each) for each in corrections]}
    return sign(document, key, issuer.did, now)


def _written(correction: Correction) -> Json:
    return {
        "number": correction.number,
        "superseded_by": correction.superseded_by,
        "reason": correction.reason,
        "on": correction.on.isoformat(),
    }


def read_corrections(document: Mapping[str, Any]) -> Corrections:
    """What a list says, its signature not yet looked at; the last word on a number counts. Unreadable when it is no list."""
    try:
        corrections = [
            Correction(entry["number"], entry["reason"], date.fromisoformat(entry["on"]), entry["superseded_by"])
            for entry in document["corrections"]
        ]
        read = Corrections(document["issuer"], instant(document["as_of"]), {each.number: each for each in corrections})
    except (KeyError, TypeError, ValueError):
        raise Unreadable(_NOT_ONE) from None
    if document.get("format") != FORMAT or not isinstance(read.issuer, str):
        raise Unreadable(_NOT_ONE)
    return read
