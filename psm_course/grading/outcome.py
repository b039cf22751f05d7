"""The verdict on one attempt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

import orjson

from psm_course.items.marks import NOTHING, Mark, print_points


@dataclass(frozen=True, slots=True)
class Total:
    """What all marks of a sitting come to: exact, and in `as_json` as it is printed. Sittings that come to the same share one.

    `passed` is None for a quiz without a pass mark, unless a critical error fails it.
    """

    points: Decimal
    maximum: Decimal
    passed: bool | None
    has_critical: bool
    has_ungradable: bool
    as_json: Mapping[str, Any] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        printed = {"points": self.points, "maximum": self.maximum, "percent": self.percent}
        as_json = {name: print_points(value) for name, value in printed.items()} | {"passed": self.passed}
        object.__setattr__(self, "as_json", as_json)

    @property
    def percent(self) -> Decimal:
        """Per cent of the maximum, unrounded; 0 where nothing can be earned."""
        return self.points * 100 / self.maximum if self.maximum else NOTHING


def printed_as_right(mark: Mapping[str, str]) -> bool:
    """Whether a response counts as right, read from its mark as it is printed and kept: points of two places, from one rounding."""
    return mark["points"] == mark["maximum"] != "0" or "right" in mark


class Outcome(NamedTuple):
    """The verdict on one attempt. A tuple, because whole registers of them are made when a quiz is marked again.

    `scoring` names the key that graded it: see `grading.dispositions`.
    """

    quiz: str
    participant: str
    submission: str
    total: Total
    critical: tuple[str, ...]
    marks: Mapping[str, Mark]
    scoring: str = ""

    def __eq__(self, other: object) -> bool:
        """By which key it was graded makes it no other outcome."""
        return isinstance(other, Outcome) and self[:-1] == other[:-1]

    def __hash__(self) -> int:
        return hash(self[:-3])

    @property
    def points(self) -> Decimal:
        return self.total.points

    @property
    def maximum(self) -> Decimal:
        return self.total.maximum

    @property
    def percent(self) -> Decimal:
        return self.total.percent

    @property
    def passed(self) -> bool | None:
        return self.total.passed

    @property
    def has_ungradable(self) -> bool:
        return self.total.has_ungradable

    def as_json(self) -> dict[str, Any]:
        """What a line of `psm grade` says."""
        return self._with({item: mark.as_json for item, mark in self.marks.items()})

    def line(self) -> bytes:
        """The line that `psm grade` prints: `as_json` as JSON text, put together from marks that are written already."""
        return orjson.dumps(self._with(self._written()), option=orjson.OPT_APPEND_NEWLINE)

    def written_items(self) -> str:
        """The marks by item, as `as_json` has them, as JSON text: what the register keeps."""
        return orjson.dumps(self._written()).decode()

    def _written(self) -> dict[str, orjson.Fragment]:
        return {item: mark.written for item, mark in self.marks.items()}

    def _with(self, items: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "quiz": self.quiz,
            "participant": self.participant,
            "id": self.submission,
            **self.total.as_json,
            "critical": self.critical,
            "items": items,
        }
