"""Statistics of each item: its difficulty, its discrimination, and the choices people made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import atanh, sqrt
from typing import Literal

import numpy as np

from psm_course.analysis.answers import Answer, AskedItem, Choice, Sitting
from psm_course.analysis.intervals import Interval, wilson
from psm_course.analysis.reliability import FEWEST
from psm_course.analysis.scores import Floats, Scores, correlations

# What is said of an item, gravest first. The words for each are in `sentences`.
Flag = Literal["ruled", "few", "key", "against", "danger", "hard", "easy", "idle_choice"]

_ONE_SIDED = 1.2815515655446004  # 90 per cent of a normal distribution lie below
_DANGER, _HALF, _MOST, _IDLE, _DRAWN = 0.05, 0.5, 0.9, 0.15, 0.1


@dataclass(frozen=True, slots=True)
class ChoiceFigures:
    """The statistics of one option of an item.

    `share` (0 to 1) is the part of the people who chose the option, of all who were asked. `r` is
    the correlation between choosing the option (yes or no) and the percent of points that a person
    got in all other items; None if it cannot be computed.
    """

    id: str
    share: float
    r: float | None
    is_right: bool
    is_critical: bool


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """Statistics of an item over the `people` who were given it.

    `p` is the mean share of the item's points that people got. `interval` is Wilson's 95 %
    confidence interval of `p`. `r_rest` is the correlation between the points that people got in
    this item and their percent in all other items. `r_total` is the correlation between these
    points and their percent in all items, with this item. `right` is the share of people (0 to 1)
    who got all points; `blank` is the share who gave no answer. `flags` are warnings.

    All these numbers are None for fewer than 20 people, for fewer than 20 answers that could be
    graded, or if the item has a disposition. A correlation is also None if one of its two values is
    the same for everybody.
    """

    item: AskedItem
    people: int
    p: float | None
    interval: Interval | None
    r_rest: float | None
    r_total: float | None
    right: float | None
    blank: float | None
    choices: tuple[ChoiceFigures, ...]
    flags: tuple[Flag, ...]


def item_figures(
    items: Sequence[AskedItem], sittings: Sequence[Sitting], scores: Scores
) -> tuple[ItemFigures, ...]:
    """Compute the statistics of each of `items`, in their order.

    `scores` is the `score_table` of the same items and sittings.
    """
    answers = _by_version(sittings)
    r_rest = correlations(scores.earned, scores.rest)
    r_total = correlations(scores.earned, np.where(scores.given, scores.percent[:, None], np.nan))
    choices = _choices(items, answers, scores)
    return tuple(
        _figures(
            item,
            [answer for _, answer in answers.get(item.version, [])],
            _or_none(r_rest[at]),
            _or_none(r_total[at]),
            choices[at],
        )
        for at, item in enumerate(items)
    )


_Placed = dict[str, list[tuple[int, Answer]]]


def _by_version(sittings: Sequence[Sitting]) -> _Placed:
    """Return all answers by item version.

    Each answer comes with the index of its sitting, as a pair (index, answer).
    """
    found: _Placed = {}
    for row, sitting in enumerate(sittings):
        for answer in sitting.answers:
            found.setdefault(answer.version, []).append((row, answer))
    return found


def _figures(
    item: AskedItem,
    answers: Sequence[Answer],
    r_rest: float | None,
    r_total: float | None,
    choices: tuple[ChoiceFigures, ...],
) -> ItemFigures:
    earned = [answer.earned for answer in answers if answer.earned is not None]
    is_told = len(answers) >= FEWEST and len(earned) >= FEWEST
    if item.is_ruled or not is_told:
        flags: tuple[Flag, ...] = ("ruled",) if item.is_ruled else ("few",)
        return ItemFigures(
            item,
            len(answers),
            None,
            None,
            None,
            None,
            None,
            None,
            choices if len(answers) >= FEWEST else (),
            flags,
        )
    p, blank = sum(earned) / len(earned), sum(answer.is_blank for answer in answers) / len(answers)
    right = sum(share == 1 for share in earned) / len(earned)
    found = ItemFigures(
        item, len(answers), p, wilson(p, len(earned)), r_rest, r_total, right, blank, choices, ()
    )
    return replace(found, flags=_flags(found, len(earned)))


def _choices(
    items: Sequence[AskedItem], answers: _Placed, scores: Scores
) -> list[tuple[ChoiceFigures, ...]]:
    """Compute the figures of all choices; the result has one list of choices for each item.

    All correlations are computed at once, in one table with a column per choice.
    """
    places = [(at, choice.id) for at, item in enumerate(items) for choice in item.choices]
    picked = np.full((len(scores.earned), len(places)), np.nan)
    for column, (at, name) in enumerate(places):
        for row, answer in answers.get(items[at].version, []):
            picked[row, column] = name in answer.picked
    shares, r = (
        _means(picked),
        correlations(picked, _rest_of(items, scores)[:, [at for at, _ in places]]),
    )
    columns = iter(range(len(places)))
    return [
        tuple(_choice(choice, next(columns), shares, r) for choice in item.choices)
        for item in items
    ]


def _choice(choice: Choice, column: int, shares: Floats, r: Floats) -> ChoiceFigures:
    return ChoiceFigures(
        choice.id, float(shares[column]), _or_none(r[column]), choice.is_right, choice.is_critical
    )


def _rest_of(items: Sequence[AskedItem], scores: Scores) -> Floats:
    """Return for each item the percent that each person got in all other items.

    The result has shape (people, items). For an item with a disposition, which counts in no total,
    the result is the percent in all items that count. `Scores.rest` has no values for such items.
    """
    rest = scores.rest
    for at, item in enumerate(items):
        # It counts in no total, so the whole total is "the rest".
        if item.is_ruled:
            rest[:, at] = scores.percent
    return rest


def _means(table: Floats) -> Floats:
    known = ~np.isnan(table)
    means: Floats = np.nansum(table, axis=0) / np.maximum(known.sum(axis=0), 1)
    return means


def _or_none(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)


def _flags(found: ItemFigures, count: int) -> tuple[Flag, ...]:
    """Return the warnings (flags) about an item; empty if there are none.

    Except for `danger`, a warning is given only if chance alone hardly explains the statistics.
    Otherwise most warnings would be false, and nobody would read them.

    Args:
        found: the statistics of the item.
        count: the number of answers that could be graded.
    """
    flags: list[Flag] = []
    wrong = [choice for choice in found.choices if not choice.is_right]
    if _is_surely_negative(found.r_rest, count):
        # A wrong choice that strong people prefer points at the key; without one,
        # the question itself misleads.
        flags.append(
            "key"
            if any((choice.r or 0) > 0 and choice.share >= _DRAWN for choice in wrong)
            else "against"
        )
    if any(choice.is_critical and choice.share >= _DANGER for choice in wrong):
        flags.append("danger")
    if found.interval and found.interval.high < _HALF:
        flags.append("hard")
    if found.interval and found.interval.low > _MOST:
        flags.append("easy")
    if _has_idle_choice(wrong, found.people):
        flags.append("idle_choice")
    return tuple(flags)


def _has_idle_choice(wrong: Sequence[ChoiceFigures], people: int) -> bool:
    """True if almost nobody chose one of the wrong choices.

    All picks of wrong choices are counted together. The share of this choice in them must be below
    15 percent, even at the upper end of the share's confidence interval. False if wrong choices
    were picked fewer than 20 times, because so few picks prove nothing.

    Args:
        wrong: all wrong choices of the item.
        people: the number of people who were asked.
    """
    # Counted among those who erred: in an easy item every wrong choice is rare,
    # which says nothing about it.
    picks = [round(choice.share * people) for choice in wrong]
    return sum(picks) >= FEWEST and any(
        wilson(each / sum(picks), sum(picks)).high < _IDLE for each in picks
    )


def _is_surely_negative(r: float | None, count: int) -> bool:
    """True if a correlation `r` over `count` people is below 0 by more than chance explains.

    The test is Fisher's z, one-sided, with a confidence of 90 %. False if `r` is None.
    """
    return r is not None and r < 0 and atanh(max(r, -0.999999)) * sqrt(count - 3) < -_ONE_SIDED
