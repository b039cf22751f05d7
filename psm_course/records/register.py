"""The values of the register: people, what they attended, what they handed in, what they were given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

Presence = Literal["present", "late", "excused", "absent"]
RecordKind = Literal["passed"]
ATTENDED: frozenset[Presence | None] = frozenset({"present", "late"})  # who came late was there; how late, the trainer knows


@dataclass(frozen=True, slots=True)
class Cohort:
    """One run of the course."""

    id: str
    title: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A learner's membership of a cohort. `number` is printed on the card: `D26-017`."""

    number: str
    cohort: str
    name: str
    kelurahan: str


@dataclass(frozen=True, slots=True)
class AttendanceMark:
    """One mark for one session; the latest of a session counts."""

    number: str
    session: str
    presence: Presence


@dataclass(frozen=True, slots=True)
class Attempt:
    """A recorded submission with its latest outcome."""

    number: str
    quiz: str
    sequence: int
    received_at: datetime
    points: Decimal
    maximum: Decimal
    passed: bool | None
    critical: tuple[str, ...]

    @property
    def percent(self) -> Decimal:
        return self.points * 100 / self.maximum if self.maximum else Decimal(0)


@dataclass(frozen=True, slots=True)
class CompletionRecord:
    """A numbered statement that somebody completed the course. `content` is frozen when issued."""

    number: str
    participant: str
    kind: RecordKind
    issued_at: datetime
    content: dict[str, Any]
