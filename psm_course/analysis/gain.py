"""Compares the results of the same people in two tests.

If results differ, the statistics do not show why: the course may be the reason, or something else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from psm_course.analysis.answers import AskedItem, Sitting
from psm_course.analysis.intervals import Interval, of_mean
from psm_course.analysis.reliability import FEWEST
from psm_course.analysis.scores import Floats, Scores, score_table

NO_PROOF = "bukan bukti sebab-akibat"
# Marks of 95 % count as full: one slip does not mean that there was room for a gain.
_FULL, _MANY, _HIGH = 95, 0.15, 85


@dataclass(frozen=True, slots=True)
class Gain:
    """The change from one test to a later test, for the people who took both tests.

    `before` and `after` are the mean percent of points in the first and in the second test. `gain`
    is the mean difference, and `interval` its 95 % confidence interval.

    `people` is the number of people who took both tests; if they are fewer than 20, all other
    fields are None. `hake_g` is the gain divided by (100 - `before`); None if the mean before was
    100 percent. `d_z` is the gain divided by the standard deviation of all gains; None if everybody
    gained the same.
    """

    people: int
    before: float | None = None
    after: float | None = None
    gain: float | None = None
    interval: Interval | None = None
    hake_g: float | None = None
    d_z: float | None = None


@dataclass(frozen=True, slots=True)
class Paired:
    """The comparison of two tests: the gain over `all` items, and by objective.

    `objectives` has only objectives that both tests ask about. `pairs` has one (before, after) per
    person, in percent, smallest gain first. `only_before` and `only_after` are the numbers of
    people who took only the first or only the second test. `is_near_ceiling` is True if results are
    so high that a gain, or a difference between people, can hardly show.
    """

    all: Gain
    objectives: Mapping[str, Gain]
    pairs: tuple[tuple[float, float], ...]
    only_before: int
    only_after: int
    is_near_ceiling: bool


_Test = tuple[Sequence[AskedItem], Sequence[Sitting]]


def paired(before: _Test, after: _Test) -> Paired:
    """Compare the results of the same people in two tests.

    Each test is given as its items and sittings. A person takes each test at most once.
    """
    opening, closing = _Table(*before), _Table(*after)
    first, then = opening.percents(), closing.percents()
    # Only people who took both tests: otherwise a change of who came would look like a gain.
    both = [person for person in first if person in then]
    pairs = np.array([(first[person], then[person]) for person in both]).reshape(-1, 2)
    return Paired(
        gain_of(pairs),
        _by_objective(opening, closing),
        tuple(sorted(((float(a), float(b)) for a, b in pairs), key=lambda pair: pair[1] - pair[0])),
        len(first) - len(both),
        len(then) - len(both),
        _is_near_ceiling(pairs),
    )


def gain_of(pairs: Floats) -> Gain:
    """Compute the gain of people who took both tests.

    `pairs` has one row per person: percent before, percent after. The shape of `pairs` is (people,
    2).
    """
    people = len(pairs)
    if people < FEWEST:
        return Gain(people)
    before, after = (float(mean) for mean in pairs.mean(axis=0))
    gains = pairs[:, 1] - pairs[:, 0]
    gain, deviation = after - before, float(gains.std(ddof=1))
    hake_g = gain / (100 - before) if before < 100 else None
    # Equal gains leave only rounding errors as deviation; d_z would be a huge meaningless number.
    return Gain(
        people,
        before,
        after,
        gain,
        of_mean(gain, deviation, people),
        hake_g,
        gain / deviation if deviation > 1e-9 else None,
    )


class _Table:
    """A test as a table of points: a row per person, a column per item with its objective."""

    def __init__(self, items: Sequence[AskedItem], sittings: Sequence[Sitting]) -> None:
        self._people = [sitting.person for sitting in sittings]
        self.objectives = [item.objective for item in items]
        self._scores = score_table(items, sittings)

    def percents(self, objective: str | None = None) -> dict[str, float]:
        """Return the percent of points by person.

        The percent is over the items of one objective, or over all items if `objective` is None.
        People who were given none of these items are left out.
        """
        columns = [objective in {None, each} for each in self.objectives]
        percent = Scores(self._scores.earned[:, columns], self._scores.points[columns]).percent
        return {
            person: float(each)
            for person, each in zip(self._people, percent, strict=True)
            if not np.isnan(each)
        }


def _by_objective(before: _Table, after: _Table) -> dict[str, Gain]:
    """Return the gain for each objective that both tests ask about.

    The objectives are in the order in which the items of the later test name them.
    """
    found = {}
    for objective in dict.fromkeys(each for each in after.objectives if each):
        first, then = before.percents(objective), after.percents(objective)
        if first and then:
            found[objective] = gain_of(
                np.array(
                    [(first[person], then[person]) for person in first if person in then]
                ).reshape(-1, 2)
            )
    return found


def _is_near_ceiling(pairs: Floats) -> bool:
    """True if results are so high that a gain can hardly show.

    This is the case if more than 15 percent of people have at least 95 percent in one of the tests,
    or if the mean before is above 85 percent. Always False for fewer than 20 people.
    """
    if len(pairs) < FEWEST:
        return False
    return bool(((pairs >= _FULL).mean(axis=0) > _MANY).any() or pairs[:, 0].mean() > _HIGH)
