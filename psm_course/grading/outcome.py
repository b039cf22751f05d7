"""The outcome of one attempt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

import orjson

from psm_course.items.marks import NOTHING, Mark, print_points


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of all marks of a sitting: points, maximum, and if the quiz is passed.

    `points` and `maximum` are exact; `as_json` has them as text, rounded for printing. `passed` is
    False after a critical error. Without a critical error it is None if the quiz has no pass mark.
    Sittings with equal marks share one object.
    """

    points: Decimal
    maximum: Decimal
    passed: bool | None
    has_critical: bool
    has_ungradable: bool
    as_json: Mapping[str, Any] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        printed = {"points": self.points, "maximum": self.maximum, "percent": self.percent}
        as_json = {name: print_points(value) for name, value in printed.items()} | {
            "passed": self.passed
        }
        object.__setattr__(self, "as_json", as_json)

    @property
    def percent(self) -> Decimal:
        """The points in percent of the maximum, unrounded; 0 if the maximum is 0."""
        return self.points * 100 / self.maximum if self.maximum else NOTHING


def printed_as_right(mark: Mapping[str, str]) -> bool:
    """True if a response counts as right, judged from its mark as `Mark.as_json` printed it.

    The printed points and the printed maximum are both rounded to two decimals, so they can be
    compared.
    """
    return mark["points"] == mark["maximum"] != "0" or "right" in mark


class Outcome(NamedTuple):
    """The result of one attempt.

    `scoring` is the digest of the answer key that graded the attempt (`grade.scoring_digest`).

    An outcome is a tuple, which is fast to make: grading a quiz again makes one for each attempt.
    """

    quiz: str
    participant: str
    submission: str
    total: Total
    critical: tuple[str, ...]
    marks: Mapping[str, Mark]
    scoring: str = ""

    def __eq__(self, other: object) -> bool:
        """Compare everything but `scoring`: equal outcomes may come from different answer keys."""
        return isinstance(other, Outcome) and self[:-1] == other[:-1]

    def __ne__(self, other: object) -> bool:
        """The opposite of `==`; the comparison of plain tuples would compare `scoring` too."""
        return not self == other

    def __hash__(self) -> int:
        return hash(self[:-3])

    @property
    def points(self) -> Decimal:
        """The points of the attempt, exact."""
        return self.total.points

    @property
    def maximum(self) -> Decimal:
        """The points that were possible, exact."""
        return self.total.maximum

    @property
    def percent(self) -> Decimal:
        """The points in percent of the maximum, unrounded."""
        return self.total.percent

    @property
    def passed(self) -> bool | None:
        """True if the attempt passed the quiz; None if the quiz has no pass mark.

        After a critical error the result is False in any case.
        """
        return self.total.passed

    @property
    def has_ungradable(self) -> bool:
        """True if at least one response was no answer to its item at all."""
        return self.total.has_ungradable

    def as_json(self) -> dict[str, Any]:
        """Return the JSON object that `psm grade` prints for an attempt; numbers are strings."""
        return self._with({item: mark.as_json for item, mark in self.marks.items()})

    def line(self) -> bytes:
        """Return the line that `psm grade` prints: `as_json` as JSON bytes with a line end.

        This is faster than encoding `as_json`, because each mark already has its own JSON text.
        """
        return orjson.dumps(self._with(self._written()), option=orjson.OPT_APPEND_NEWLINE)

    def written_items(self) -> str:
        """Return the marks by item as JSON text, as the register stores them.

        The text is the same as under `items` in `as_json`.
        """
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
