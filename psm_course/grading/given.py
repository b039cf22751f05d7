"""What a quiz gives away, as a value; `chance` measures it. Apart from it, so that what was measured before is read without a quiz."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class GiveAway:
    """Shares of the maximum, 0 to 1. `guess_pass` is None for a quiz without a pass mark."""

    items: int
    drawn: int
    maximum: Decimal
    blank: Fraction
    tick_all: Fraction
    guess_mean: Fraction
    guess_pass: Fraction | None
