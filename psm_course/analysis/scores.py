"""Sittings as a table of numbers: a row per person, a column per item version.

NaN means that the person has no number for this item, for example because it was not given.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from psm_course.analysis.answers import AskedItem, Sitting

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Points of people (rows) in items (columns).

    `earned` has shape (people, items) and contains shares of an item's points, 0 to 1. NaN means
    that the item was not given, that the answer could not be graded, or that the item is faulty and
    an officer took it out of all totals. `points` has shape (items,): the maximum of each item.
    """

    earned: Floats
    points: Floats

    @property
    def given(self) -> NDArray[np.bool_]:
        """True wherever `earned` has a number, shape (people, items)."""
        return ~np.isnan(self.earned)

    @property
    def percent(self) -> Floats:
        """Percent of points by person, shape (people,).

        100 percent is the maximum of the items that count for this person. NaN if no item counts
        for the person.
        """
        return _percent(self._got.sum(axis=1), self._possible.sum(axis=1))

    @property
    def rest(self) -> Floats:
        """For each person and item, the percent of points in all other items.

        The shape is (people, items). Percents, unlike points, can be compared even if people were
        given different items.
        """
        got, possible = self._got, self._possible
        # Without the item itself: it would otherwise correlate with its own points.
        return _percent(
            got.sum(axis=1, keepdims=True) - got, possible.sum(axis=1, keepdims=True) - possible
        )

    @property
    def _got(self) -> Floats:
        return np.nan_to_num(self.earned) * self.points

    @property
    def _possible(self) -> Floats:
        return self.given * self.points


def score_table(items: Sequence[AskedItem], sittings: Sequence[Sitting]) -> Scores:
    """Return the table of scores: a row for each sitting, a column for each item.

    Opinion items and items with a disposition by an officer get empty (NaN) columns.
    """
    column = {
        item.version: index for index, item in enumerate(items) if item.points and not item.is_ruled
    }
    earned = np.full((len(sittings), len(items)), np.nan)
    for row, sitting in enumerate(sittings):
        for answer in sitting.answers:
            if answer.version in column and answer.earned is not None:
                earned[row, column[answer.version]] = answer.earned
    return Scores(earned, np.array([item.points for item in items], dtype=np.float64))


def correlations(values: Floats, others: Floats) -> Floats:
    """Return Pearson's r of each column of `values` with the same column of `others`.

    The result has shape (columns,). A row counts for a column only if both tables have a number
    there. The result of a column is NaN if fewer than three rows count for it, or if all these rows
    have the same number in one of the two tables.
    """
    known = ~(np.isnan(values) | np.isnan(others))
    count = known.sum(axis=0)
    one, other = _centred(values, known, count), _centred(others, known, count)
    spread = np.sqrt((one**2).sum(axis=0) * (other**2).sum(axis=0))
    is_told = (count > 2) & (spread > 1e-9)
    return np.where(is_told, (one * other).sum(axis=0) / np.where(is_told, spread, 1.0), np.nan)


def _centred(values: Floats, known: NDArray[np.bool_], count: NDArray[np.int64]) -> Floats:
    filled = np.where(known, values, 0.0)
    return np.where(known, filled - filled.sum(axis=0) / np.maximum(count, 1), 0.0)


def _percent(got: Floats, possible: Floats) -> Floats:
    return np.where(possible > 0, 100 * got / np.where(possible > 0, possible, 1.0), np.nan)
