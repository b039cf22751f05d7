"""The verdict on one attempt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from psm_course.items.marks import NOTHING, Mark, print_points


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
