"""The value that `chance` returns: the points that a quiz gives to people who know nothing.

The value has a module of its own, so that a stored result can be read without loading quizzes.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class GiveAway:
    """Shares of the maximum points (0 to 1) that a quiz gives to people who know nothing.

    `guess_pass` is the probability that somebody who guesses passes. It is None if the quiz has no
    pass mark, or if computing the exact probability would take minutes.
    """

    items: int
    drawn: int
    maximum: Decimal
    blank: Fraction
    tick_all: Fraction
    guess_mean: Fraction
    guess_pass: Fraction | None
