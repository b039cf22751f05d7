"""Verdicts: what one response earned, and what one sitting came to. Points are exact; rounding is for printing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, Literal

from psm_course.authoring.numbers import plain

Status = Literal["marked", "blank", "ungradable", "review"]

NOTHING = Decimal(0)
_CENT = Decimal("0.01")
# Thirds have no exact decimal. Sums are put on this grid, far coarser than a Decimal's error and far finer than any
# difference between two real totals, so that three thirds are one, here and in a browser's floating point alike.
_GRID = Decimal("1e-10")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a marker says of one response: `earned` out of `out_of`, in the marker's own units."""

    status: Status
    earned: Decimal = NOTHING
    out_of: Decimal = Decimal(1)
    message: str = ""
    critical: bool = False


BLANK = Verdict("blank")


def marked(earned: Decimal | int, out_of: Decimal | int = 1, critical: bool = False) -> Verdict:
    return Verdict("marked", Decimal(earned), Decimal(out_of), critical=critical)


def ungradable(message: str) -> Verdict:
    """The response is no answer to this item at all; that is not the same as a wrong answer."""
    return Verdict("ungradable", message=message)


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of one response, in points of the item."""

    points: Decimal
    maximum: Decimal
    status: Status
    message: str = ""
    critical: bool = False
    as_json: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """The printed form is made once: the same marks are given thousands of times over."""
        printed = {
            "points": print_points(self.points),
            "maximum": print_points(self.maximum),
            "status": self.status,
            "message": self.message,
        }
        object.__setattr__(self, "as_json", printed)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict on one attempt. `passed` is None for a quiz without a pass mark, unless a critical error fails it.

    `scoring` names the key that graded it: see `grading.dispositions`.
    """

    quiz: str
    participant: str
    submission: str
    points: Decimal
    maximum: Decimal
    passed: bool | None
    critical: tuple[str, ...]
    marks: Mapping[str, Mark]
    scoring: str = field(default="", compare=False)

    @property
    def percent(self) -> Decimal:
        """Per cent of the maximum, unrounded; 0 where nothing can be earned."""
        return self.points * 100 / self.maximum if self.maximum else NOTHING

    @property
    def has_ungradable(self) -> bool:
        return any(mark.status == "ungradable" for mark in self.marks.values())

    def as_json(self) -> dict[str, Any]:
        """The line that `psm grade` prints."""
        return {
            "quiz": self.quiz,
            "participant": self.participant,
            "id": self.submission,
            "points": print_points(self.points),
            "maximum": print_points(self.maximum),
            "percent": print_points(self.percent),
            "passed": self.passed,
            "critical": self.critical,
            "items": {item: mark.as_json for item, mark in self.marks.items()},
        }


def on_grid(points: Decimal) -> Decimal:
    """A sum of points with the error of its divisions taken out."""
    return points.quantize(_GRID, rounding=ROUND_HALF_UP)


@lru_cache(maxsize=4096)
def print_points(value: Decimal) -> str:
    """At most two places, half up, no idle zeros: `2.5`, `66.67`, `100`."""
    return plain(on_grid(value).quantize(_CENT, rounding=ROUND_HALF_UP))
