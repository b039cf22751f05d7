"""The answer to "is this genuine?": one of eight verdicts, the facts it stands for, and a sentence that says why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from psm_course.credentials.documents import Json, written

# `stale`: genuine, but nobody here can say how it stands today. `unlisted`: well signed, but the office's own lists do not know it.
Kind = Literal["valid", "stale", "unlisted", "superseded", "revoked", "tampered", "unknown_issuer", "unreadable"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`record` holds the signed facts of a certificate, `receipt` those of a receipt; or they are None.

    `status_as_of` is the date of the status list looked at, None when none could be.
    """

    verdict: Kind
    reason: str
    record: Json | None = None
    status_as_of: datetime | None = None
    superseded_by: str | None = None
    receipt: Json | None = None

    def to_json(self) -> Json:
        return {
            "verdict": self.verdict,
            "record": self.record,
            "status_as_of": written(self.status_as_of) if self.status_as_of else None,
            "reason": self.reason,
            "superseded_by": self.superseded_by,
            "receipt": self.receipt,
        }


class Doubt(Exception):
    """A reason to believe nothing that stands in the document."""

    def __init__(self, verdict: Kind, reason: str) -> None:
        super().__init__(reason)
        self.verdict = Verdict(verdict, reason)
