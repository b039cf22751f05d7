"""The answer to "is this genuine?": one of nine verdicts, the facts it stands for, and a sentence that says why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from psm_course.credentials.documents import Json, written

# `stale`: genuine, but nobody here can say how it stands today. `unlisted`: well signed, but the office's own lists do not know it.
# `unlogged`: well signed, but its place in the office's open log does not fit it.
Kind = Literal["valid", "stale", "unlisted", "unlogged", "superseded", "revoked", "tampered", "unknown_issuer", "unreadable"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`record` holds the signed facts of a certificate, `receipt` those of a receipt; or they are None.

    `status_as_of` is the date of the status list looked at, None when none could be. `log` says where in the open log it was found: the
    log's name, the number there, and how long the log was; None where nobody looked, and then JSON leaves it out.
    """

    verdict: Kind
    reason: str
    record: Json | None = None
    status_as_of: datetime | None = None
    superseded_by: str | None = None
    receipt: Json | None = None
    log: Json | None = None

    def to_json(self) -> Json:
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
    """A reason to believe nothing that stands in the document."""

    def __init__(self, verdict: Kind, reason: str) -> None:
        super().__init__(reason)
        self.verdict = Verdict(verdict, reason)
