"""The mark of one response. Points are exact decimals; rounding is for printing only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, Literal

import orjson

from psm_course.authoring.numbers import plain

Status = Literal["marked", "blank", "ungradable", "review"]

NOTHING = Decimal(0)
_CENT = Decimal("0.01")
# Thirds have no exact decimal. Sums are put on this grid, far coarser than a Decimal's error and
# far finer than any difference between two real totals, so that three thirds are one, here and in a
# browser's floating point alike.
_GRID = Decimal("1e-10")
# Where each part of a tally begins, in bits. Points count in units of 10^-20, so that no sum of
# them reaches the next part.
_UNITS = Decimal(10) ** 20
_MAXIMUM, _CRITICAL, _UNGRADABLE = 128, 256, 288


@dataclass(frozen=True, slots=True)
class Verdict:
    """A marker's verdict on one response: `earned` units out of `out_of` units.

    The marker chooses its own unit, such as a pair. `status` is `marked` if the response was
    graded. Otherwise it is `blank`, `ungradable` (the response is no answer to this item at all) or
    `review` (a person must decide).
    """

    status: Status
    earned: Decimal = NOTHING
    out_of: Decimal = Decimal(1)
    message: str = ""
    critical: bool = False


BLANK = Verdict("blank")


def marked(earned: Decimal | int, out_of: Decimal | int = 1, critical: bool = False) -> Verdict:
    """Return a verdict on a graded response: `earned` units out of `out_of`, such as 2 of 3 pairs.

    `critical` is True if the response is a critical error.
    """
    return Verdict("marked", Decimal(earned), Decimal(out_of), critical=critical)


def ungradable(message: str) -> Verdict:
    """Return a verdict on a response that is no answer to this item at all (not only wrong)."""
    return Verdict("ungradable", message=message)


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of one response, in points of the item.

    `by_share` is True if the response counts as right although it got less than all points, as in a
    case with `right_from` (decision 0120). `as_json` is the mark as texts for JSON; `written` is
    `as_json` already encoded. `tally` is one whole number that contains points, maximum, critical
    error and "ungradable". To add up many marks, adding only this number is faster. If two lists of
    marks have the same sum of `tally`, their totals are the same.
    """

    points: Decimal
    maximum: Decimal
    status: Status
    message: str = ""
    critical: bool = False
    by_share: bool = False
    as_json: dict[str, str] = field(init=False, repr=False, compare=False)
    written: orjson.Fragment = field(init=False, repr=False, compare=False)
    tally: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Compute the derived fields once, because the same mark is used thousands of times."""
        printed = {
            "points": print_points(self.points),
            "maximum": print_points(self.maximum),
            "status": self.status,
            "message": self.message,
        }
        if self.by_share:
            printed["right"] = "yes"  # what the points do not say
        object.__setattr__(self, "as_json", printed)
        object.__setattr__(self, "written", orjson.Fragment(orjson.dumps(printed)))
        object.__setattr__(self, "tally", self._tallied())

    @property
    def is_right(self) -> bool:
        """True if the response counts as right.

        An opinion never counts as right, nor does a response with a critical error.
        """
        return not self.critical and (self.by_share or self.points == self.maximum != NOTHING)

    def _tallied(self) -> int:
        # One sum of these numbers replaces four sums over
        # marks; grading whole cohorts is bound by it.
        flags = (self.critical << _CRITICAL) + ((self.status == "ungradable") << _UNGRADABLE)
        return _units(self.points) + (_units(self.maximum) << _MAXIMUM) + flags


def _units(points: Decimal) -> int:
    return int((points * _UNITS).to_integral_value())


def on_grid(points: Decimal) -> Decimal:
    """Return a sum of points rounded to ten decimals.

    The rounding removes rounding errors of earlier divisions.
    """
    return points.quantize(_GRID, rounding=ROUND_HALF_UP)


def is_right_by_share(scoring: Mapping[str, Any], verdict: Verdict) -> bool:
    """True if a response counts as right with less than full points.

    The item must have the field `right_from` (a share from 0 to 1). The response must have got at
    least this share of the points, without a critical error. `scoring` is the item's scoring data.
    The script of the practice page, `practice/marking.js`, has the same rule.
    """
    if "right_from" not in scoring or verdict.status != "marked" or verdict.critical:
        return False
    return verdict.out_of * Decimal(scoring["right_from"]) <= verdict.earned < verdict.out_of


@lru_cache(maxsize=4096)
def print_points(value: Decimal) -> str:
    """Return points as text, as people read them.

    The text has at most two decimals, rounded half up, and no trailing zeros: `2.5`, `66.67`,
    `100`.
    """
    return plain(on_grid(value).quantize(_CENT, rounding=ROUND_HALF_UP))
