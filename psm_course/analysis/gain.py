"""The same people before and after: how much more they get right. What made the difference these figures do not say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from psm_course.analysis.answers import AskedItem, Sitting
from psm_course.analysis.intervals import Interval, of_mean
from psm_course.analysis.reliability import FEWEST
from psm_course.analysis.scores import Floats, Scores, score_table

NO_PROOF = "bukan bukti sebab-akibat"
_FULL, _MANY, _HIGH = 95, 0.15, 85


@dataclass(frozen=True, slots=True)
class Gain:
    """Mean per cent before and after, and the mean difference with its interval, over the `people` who did both.

    `hake_g` is the share of what could still be gained (None where all was right before), `d_z` the mean difference in standard
    deviations of the differences (None where everybody gained alike). All are None under 20 people.
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
    """The gain over all, and by objective (of those that both tests ask about).

    `pairs` are each person's per cent before and after, by how far they rose. `only_before` and `only_after` sat one of the two.
    `is_near_ceiling`: so much was right already that a gain, or a difference between people, cannot show.
    """

    all: Gain
    objectives: Mapping[str, Gain]
    pairs: tuple[tuple[float, float], ...]
    only_before: int
    only_after: int
    is_near_ceiling: bool


_Test = tuple[Sequence[AskedItem], Sequence[Sitting]]


def paired(before: _Test, after: _Test) -> Paired:
    """Each test as its items and the sittings of it; a person sits each once at most."""
    opening, closing = _Table(*before), _Table(*after)
    first, then = opening.percents(), closing.percents()
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
    """Over rows of per cent before and after."""
    people = len(pairs)
    if people < FEWEST:
        return Gain(people)
    before, after = (float(mean) for mean in pairs.mean(axis=0))
    gains = pairs[:, 1] - pairs[:, 0]
    gain, deviation = after - before, float(gains.std(ddof=1))
    hake_g = gain / (100 - before) if before < 100 else None
    return Gain(people, before, after, gain, of_mean(gain, deviation, people), hake_g, gain / deviation if deviation > 1e-9 else None)


class _Table:
    """A test as a table of points, with whose each row is and of which objective each column."""

    def __init__(self, items: Sequence[AskedItem], sittings: Sequence[Sitting]) -> None:
        self._people = [sitting.person for sitting in sittings]
        self.objectives = [item.objective for item in items]
        self._scores = score_table(items, sittings)

    def percents(self, objective: str | None = None) -> dict[str, float]:
        """Per cent by person, in all or in the items of one objective; of who was given any of them."""
        columns = [objective in {None, each} for each in self.objectives]
        percent = Scores(self._scores.earned[:, columns], self._scores.points[columns]).percent
        return {person: float(each) for person, each in zip(self._people, percent, strict=True) if not np.isnan(each)}


def _by_objective(before: _Table, after: _Table) -> dict[str, Gain]:
    """In the order of the later test's items."""
    found = {}
    for objective in dict.fromkeys(each for each in after.objectives if each):
        first, then = before.percents(objective), after.percents(objective)
        if first and then:
            found[objective] = gain_of(np.array([(first[person], then[person]) for person in first if person in then]).reshape(-1, 2))
    return found


def _is_near_ceiling(pairs: Floats) -> bool:
    """More than 15 per cent of people with (nearly) all right, the usual limit, or a mean that leaves hardly any room before."""
    if len(pairs) < FEWEST:
        return False
    return bool(((pairs >= _FULL).mean(axis=0) > _MANY).any() or pairs[:, 0].mean() > _HIGH)
