"""Two areas with violence at home, reported or not: only invented numbers of cases.

There are no people in this model, because nobody should play with the story of a person (decision
0096).
"""

from dataclasses import dataclass
from random import Random

MOST = 100


@dataclass(frozen=True, slots=True)
class Area:
    """The cases of violence at home in one area in one year.

    `happened` is the number of cases, `reported` the number of cases reported to an office.
    """

    happened: int
    reported: int

    @property
    def hidden(self) -> int:
        """The number of cases that were not reported."""
        return self.happened - self.reported


def area(happened: int, share: int, seed: int) -> Area:
    """Simulate one area in one year.

    Args:
        happened: the number of cases that happened, at most `MOST`.
        share: the percent of cases that are reported; all cases are equally likely to be reported.
        seed: start of the random numbers: each seed gives another invented year.
    """
    random = Random(seed)  # noqa: S311 - a lesson, no secret
    luck = [random.random() * 100 for _ in range(MOST)]
    return Area(happened, sum(each < share for each in luck[:happened]))
