"""Two areas with violence at home, reported or not: only numbers of areas, all made up.

There are no people in this model, because the story of a person is nothing to play with (decision
0096).
"""

from dataclasses import dataclass
from random import Random

MOST = 100


@dataclass(frozen=True, slots=True)
class Area:
    """Cases of one year in one area, and how many of them were reported to an office."""

    happened: int
    reported: int

    @property
    def hidden(self) -> int:
        """The number of cases that were not reported."""
        return self.happened - self.reported


def area(happened: int, share: int, seed: int) -> Area:
    """Simulate one area in one year.

    Args:
        happened: cases, at most `MOST`.
        share: per cent reported; each case has the same chance.
        seed: selects the year.
    """
    random = Random(seed)  # noqa: S311 - a lesson, no secret
    luck = [random.random() * 100 for _ in range(MOST)]
    return Area(happened, sum(each < share for each in luck[:happened]))
