"""The values of the register: people, attendance, submissions and attempts, records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal, NamedTuple, NewType

Presence = Literal["present", "late", "excused", "absent"]
RecordKind = Literal["attended", "passed"]
Sex = Literal["L", "P"]
# Why somebody is no longer expected in a cohort. Of those merged, everything counts for the number
# that was kept.
Left = Literal["withdrawn", "moved", "replaced", "merged"]
RecordEventKind = Literal["printed", "superseded", "revoked", "reprinted", "resigned", "certified"]
# Why an officer did something, fit to be kept for ever. Only `registrar.reasons.make_reason` makes
# one (decision 0040).
Reason = NewType("Reason", str)
# What the office calls each outcome, on every page and in every list.
OUTCOMES: dict[RecordKind, str] = {"attended": "telah mengikuti", "passed": "telah lulus"}
# Who came late was there; how late, the trainer knows.
ATTENDED: frozenset[Presence | None] = frozenset({"present", "late"})


@dataclass(frozen=True, slots=True)
class Cohort:
    """One run of a course.

    Submissions after `closes_at` are held for an officer; None: the cohort never closes. An
    archived cohort (`archived_at`) is on a list of cohorts only if archived cohorts are asked for.
    It accepts no people and no attendance marks, and its submissions are held. `course` is the id
    of its course, `place` the venue (empty: unknown), `dates` the date of each session by session
    id.
    """

    id: str
    title: str
    starts_on: date
    closes_at: datetime | None = None
    archived_at: datetime | None = None
    course: str = ""
    place: str = ""
    dates: Mapping[str, date] = field(default_factory=dict)

    @property
    def first_day(self) -> date:
        """The first day on which the cohort meets: the earliest of `dates`, else `starts_on`."""
        return min(self.dates.values(), default=self.starts_on)

    def on_day(self, day: int) -> date:
        """Return the date of a course day: day 1 is `starts_on`, day 2 the next date, and so on.

        A cohort may hold a session on another date: `domain.sessions.held_on` returns that date.
        """
        return self.starts_on + timedelta(days=day - 1)


@dataclass(frozen=True, slots=True)
class HeldSession:
    """A session as a cohort holds it: date, time, room, speaker. Empty text or None: not known."""

    session: str
    held_on: date
    start: str = ""
    minutes: int | None = None
    room: str = ""
    speaker: str = ""
    institution: str = ""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A learner's membership of a cohort.

    `number` is printed on the card: `D26-017`. `name` is empty once the person is erased.

    `sex` and `birth_year` are for counts only. `left_as` says how the person left the cohort; None:
    the person is still in it. `left_to` is the participant number that is used instead: the number
    of another person (replaced), or another number of the same person (merged, moved).
    If an officer corrected `name`, `kelurahan` or `phone`, that field has the corrected value, and
    `roster_name`, `roster_kelurahan` or `roster_phone` keeps the old value from the roster. None:
    the field was not corrected.
    """

    number: str
    cohort: str
    name: str
    kelurahan: str
    phone: str | None = None
    sex: Sex | None = None
    birth_year: int | None = None
    left_as: Left | None = None
    left_to: str | None = None
    roster_name: str | None = None
    roster_kelurahan: str | None = None
    roster_phone: str | None = None

    def corrected(self, name: str, kelurahan: str, phone: str | None) -> Enrolment:
        """Return a copy with an officer's corrections.

        The copy keeps the roster's values too, so that importing the same roster again does not
        undo the corrections.
        """
        return replace(
            self,
            name=name,
            kelurahan=kelurahan,
            phone=phone,
            roster_name=_first_said(self.roster_name, self.name, name),
            roster_kelurahan=_first_said(self.roster_kelurahan, self.kelurahan, kelurahan),
            roster_phone=_first_said(self.roster_phone, self.phone or "", phone or ""),
        )

    def as_on_roster(self, name: str, kelurahan: str, phone: str) -> Enrolment:
        """Return a copy with the values of a roster that was read again.

        A value that an officer corrected since the last reading stays. An empty phone number in the
        roster does not remove the known one.
        """
        return replace(
            self,
            name=self.name if name == self.roster_name else name,
            kelurahan=self.kelurahan if kelurahan == self.roster_kelurahan else kelurahan,
            phone=self.phone if phone == self.roster_phone else phone or self.phone,
        )

    @property
    def is_expected(self) -> bool:
        """True unless the person left the cohort (withdrawn, moved, replaced or merged).

        An erased person may be expected too; such a person is counted but not named.
        """
        return self.left_as is None

    @property
    def shown_name(self) -> str:
        """The name as pages show it; an erased name is replaced by a few words."""
        return self.name or "(data dihapus)"


def _first_said(kept: str | None, before: str, after: str) -> str | None:
    return before if kept is None and before != after else kept


class KnownPerson(NamedTuple):
    """A person of another cohort who may be the same as a person on the roster that is being read.

    `name_key` is the form of the name by which names are compared (`names.name_key`). The class is
    a tuple, because thousands of objects are made for every roster.
    """

    person: int
    number: str
    cohort: str
    name: str
    name_key: str
    kelurahan: str
    phone: str | None
    starts_on: date


@dataclass(frozen=True, slots=True)
class AttendanceMark:
    """The presence of one person at one session; the latest mark of a session counts.

    `source` is sheet, scan or desk; `reason` says why a mark was corrected.
    """

    number: str
    session: str
    presence: Presence
    source: str = "sheet"
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class KeptSubmission:
    """A submission as the register stores it.

    `held` has the reasons for which an officer must decide, as codes with spaces between them:
    `no_card too_soon`. None: the submission became an attempt at once. `decision` is the latest
    decision of an officer; `notes` has codes of remarks about the submission.
    """

    id: str
    received_at: datetime
    participant: str
    quiz: str
    document: str
    held: str | None
    decision: str | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True)
class HandIn(KeptSubmission):
    """A stored submission with its result.

    `sequence` is the sequence number of its attempt. `counted_for` is the participant number of
    that attempt: another number than `participant` if an officer corrected it. Both are None if
    there is no attempt. `decision_reason` is the officer's reason.
    """

    sequence: int | None = None
    decision_reason: str | None = None
    counted_for: str | None = None


class Attempt(NamedTuple):
    """A recorded submission with its latest outcome.

    The class is a tuple, because the attempts of whole cohorts are read for every judgement.

    `sequence` counts from 1. `right` has the ids of the items with full marks and no critical
    error; it may be left empty if the person had no critical error in an earlier attempt. `bound`
    is True if the attempt surely belongs to this person: the person's card signed it, or an officer
    accepted it. Attempts that are not `bound` are counted separately: 1, 2, 3 and so on.
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
        """Percent of the maximum, unrounded; 0 if nothing can be earned."""
        return self.points * 100 / self.maximum if self.maximum else Decimal(0)


@dataclass(frozen=True, slots=True)
class CompletionRecord:
    """A numbered statement that somebody attended or passed the course.

    `content` is frozen when issued.

    `credential` is the signed JSON, `jwt` the same as a JSON Web Token, `qr` the text of its QR
    code, `key` the id of the signing key; all are None if nothing was signed. `status_index` is the
    place of the credential in the status list. `criteria` has the requirements in words; it is
    empty in a signed record, because there the `credential` has them.
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
    jwt: str | None = None
    qr: str | None = None
    criteria: str = ""


@dataclass(frozen=True, slots=True)
class SkippedNumbers:
    """Sequence numbers of a course and year that no record will ever have, with the reason."""

    course: str
    year: int
    first: int
    last: int
    reason: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Override:
    """An officer's decision on one requirement.

    The decision replaces the verdict of the rule until an officer withdraws it.
    """

    met: bool
    reason: str


@dataclass(frozen=True, slots=True)
class RecordEnd:
    """The end of a record: superseded by another record, or revoked.

    `by` is the number of the newer record, None for a revoked one. `status_index` is the ended
    record's place in the status list, None if that record was never signed.
    """

    number: str
    status_index: int | None
    event: RecordEventKind
    reason: str
    by: str | None
    at: datetime
