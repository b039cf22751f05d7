"""Two areas with violence at home that is reported to the office or is not: numbers only, of areas only, all made up.

There are no people in this model, on purpose: nobody's story is a number to play with (see the lesson, and decision 0096).
"""

from dataclasses import dataclass
from random import Random

MOST = 100


@dataclass(frozen=True, slots=True)
class Area:
    """Happenings of one year in one area, and how many of them an office came to know."""

    happened: int
    reported: int

    @property
    def hidden(self) -> int:
        return self.happened - self.reported


def area(happened: int, share: int, seed: int) -> Area:
    """One area in one year.

    Args:
        happened: at most `MOST`.
        share: per cent that is reported, each with the same chance.
        seed: which year.
    """
    random = Random(seed)  # noqa: S311 - a lesson, no secret
    luck = [random.random() * 100 for _ in range(MOST)]
    return Area(happened, sum(each < share for each in luck[:happened]))
