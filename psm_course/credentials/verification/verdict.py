"""The result of a verification: one of nine verdicts, the verified facts, and a reason.

The reason is an Indonesian sentence.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from psm_course.credentials.documents import Json, written

# `stale`: genuine, but nobody here can say how it stands today. `unlisted`: well signed, but the
# office's own lists do not know it. `unlogged`: well signed, but its place in the office's open log
# does not fit it.
Kind = Literal[
    "valid",
    "stale",
    "unlisted",
    "unlogged",
    "superseded",
    "revoked",
    "tampered",
    "unknown_issuer",
    "unreadable",
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of a verification.

    `record` contains the signed facts of a certificate, `receipt` those of a receipt; each is None
    for any other document. `status_as_of` is the date of the status list; None if there is no
    status list. `log` is the certificate's place in the open log (origin, index, size). If nobody
    looked up the place, `log` is None and not in the JSON.
    """

    verdict: Kind
    reason: str
    record: Json | None = None
    status_as_of: datetime | None = None
    superseded_by: str | None = None
    receipt: Json | None = None
    log: Json | None = None

    def to_json(self) -> Json:
        """The object that `psm verify --json` prints."""
        found = {
            "verdict": self.verdict,
            "record": self.record,
            "status_as_of": written(self.status_as_of) if self.status_as_of else None,
            "reason": self.reason,
            "superseded_by": self.superseded_by,
            "receipt": self.receipt,
        }
        return found if self.log is None else found | {"log": self.log}


class Doubt(Exception):
    """Raised if a document cannot be believed; `verdict` is the verdict on it, with the reason."""

    def __init__(self, verdict: Kind, reason: str) -> None:
        super().__init__(reason)
        self.verdict = Verdict(verdict, reason)
