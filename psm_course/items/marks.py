"""What one response earned. Points are exact; rounding is for printing."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

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


def on_grid(points: Decimal) -> Decimal:
    """A sum of points with the error of its divisions taken out."""
    return points.quantize(_GRID, rounding=ROUND_HALF_UP)


@lru_cache(maxsize=4096)
def print_points(value: Decimal) -> str:
    """At most two places, half up, no idle zeros: `2.5`, `66.67`, `100`."""
    return plain(on_grid(value).quantize(_CENT, rounding=ROUND_HALF_UP))
