"""The values of the register: people, what they attended, what they handed in, what they were given."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal, NamedTuple, NewType

Presence = Literal["present", "late", "excused", "absent"]
RecordKind = Literal["attended", "passed"]
RecordEventKind = Literal["printed", "superseded", "revoked", "reprinted", "resigned", "certified"]
# Why an officer did something, fit to be kept for ever. Only `registrar.reasons.make_reason` makes one (decision 0040).
Reason = NewType("Reason", str)
# What the office calls each outcome, on every page and in every list.
OUTCOMES: dict[RecordKind, str] = {"attended": "telah mengikuti", "passed": "telah lulus"}
ATTENDED: frozenset[Presence | None] = frozenset({"present", "late"})  # who came late was there; how late, the trainer knows


@dataclass(frozen=True, slots=True)
class Cohort:
    """One run of the course. What is handed in after `closes_at` is held for an officer; None: it never closes."""

    id: str
    title: str
    starts_on: date
    closes_at: datetime | None = None

    def on_day(self, day: int) -> date:
        """The date of a day of the course; the first is 1."""
        return self.starts_on + timedelta(days=day - 1)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A learner's membership of a cohort. `number` is printed on the card: `D26-017`. `name` is empty once the person is erased."""

    number: str
    cohort: str
    name: str
    kelurahan: str
    phone: str | None = None

    @property
    def shown_name(self) -> str:
        return self.name or "(data dihapus)"


@dataclass(frozen=True, slots=True)
class AttendanceMark:
    """One mark for one session; the latest of a session counts. `source` is sheet, scan or desk; `reason` says why one was corrected."""

    number: str
    session: str
    presence: Presence
    source: str = "sheet"
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class KeptSubmission:
    """A submission as the register keeps it.

    `held` says why an officer must decide on it (None: it became an attempt at once), `ruling` what was decided last; `notes` are
    codes of what is noted about it.
    """

    id: str
    received_at: datetime
    participant: str
    quiz: str
    document: str
    held: str | None
    ruling: str | None = None
    notes: str | None = None


class Attempt(NamedTuple):
    """A recorded submission with its latest outcome. A tuple, because whole cohorts of them are made for every judgement.

    `right` names the items with full marks and no critical error; it is known only of attempts after one with a critical error.
    `bound` says that it is this person's own, by the card or an officer's word; what was counted without a card has a sequence apart.
    """

    number: str
    quiz: str
    sequence: int
    points: Decimal
    maximum: Decimal
    passed: bool | None
    critical: tuple[str, ...]
    right: tuple[str, ...] = ()
    bound: bool = True

    @property
    def percent(self) -> Decimal:
        return self.points * 100 / self.maximum if self.maximum else Decimal(0)


@dataclass(frozen=True, slots=True)
class CompletionRecord:
    """A numbered statement that somebody attended or passed the course. `content` is frozen when issued.

    `credential` is the signed JSON, `qr` the text of its QR code, `key` the id of the key that signed both; None where nothing was signed.
    `status_index` is its place in the status list.
    """

    number: str
    participant: str
    kind: RecordKind
    issued_at: datetime
    content: dict[str, Any]
    supersedes: str | None = None
    status_index: int | None = None
    key: str | None = None
    credential: str | None = None
    qr: str | None = None


@dataclass(frozen=True, slots=True)
class SkippedNumbers:
    """Sequences of a year that no record will ever have, and why."""

    year: int
    first: int
    last: int
    reason: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Override:
    """An officer's word on one requirement, which then counts instead of the rule, until it is taken back."""

    met: bool
    reason: str


@dataclass(frozen=True, slots=True)
class RecordEnd:
    """How a record ended: superseded by another number, or revoked. `status_index` is None where nothing was signed."""

    number: str
    status_index: int | None
    event: RecordEventKind
    reason: str
    by: str | None
    at: datetime
