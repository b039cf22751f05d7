"""What a quiz gives away: to a blank sheet, to somebody who ticks everything, and to somebody who guesses. Exact, by convolution."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import comb, lcm

from psm_course.content.items.base import Scoring
from psm_course.content.quiz import Quiz
from psm_course.grading.grade import compile_scoring
from psm_course.grading.guesses import Guesses
from psm_course.grading.markers import MARKERS

_MOST_WAYS = 20_000

# Weight of each way to be: (items drawn so far, points above the pass line so far) -> weight
_Ways = dict[tuple[int, int], int]


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


def give_away(quiz: Quiz) -> GiveAway:
    """Measure a quiz. Where items are drawn, shares are means over all equally likely draws."""
    scorings = list(compile_scoring(quiz).values())
    total = sum((Fraction(scoring["points"]) for scoring in scorings), Fraction(0))
    share_drawn = Fraction(quiz.drawn, len(scorings))
    pass_mark = quiz.header.pass_mark
    return GiveAway(
        items=len(scorings),
        drawn=quiz.drawn,
        maximum=_as_decimal(total * share_drawn),
        blank=_share(total, [_earned(scoring, None) for scoring in scorings]),
        tick_all=_share(total, [_earned(scoring, _everything(scoring)) for scoring in scorings]),
        guess_mean=_share(total, [_mean(scoring) for scoring in scorings]),
        guess_pass=None if pass_mark is None else chance_of_passing(scorings, quiz.drawn, Fraction(pass_mark) / 100),
    )


def _share(total: Fraction, earned: list[Fraction]) -> Fraction:
    return sum(earned, Fraction(0)) / total if total else Fraction(0)


def _as_decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _earned(scoring: Scoring, response: object) -> Fraction:
    """Points of one response, exactly; a Decimal would round thirds."""
    if response is None:
        return Fraction(0)
    verdict = MARKERS[scoring["type"]].mark(scoring, response)
    return Fraction(verdict.earned) / Fraction(verdict.out_of) * Fraction(scoring["points"])


def _everything(scoring: Scoring) -> object:
    """Ticking everything is possible only where several may be ticked; elsewhere it is a blank."""
    return scoring["choices"] if scoring["type"] == "choices" else None


def _guesses(scoring: Scoring) -> Guesses:
    return MARKERS[scoring["type"]].guesses(scoring)


def _mean(scoring: Scoring) -> Fraction:
    expected = sum((guess.share * probability for guess, probability in _guesses(scoring).items()), Fraction(0))
    return expected * Fraction(scoring["points"])


def _best_without_critical(scoring: Scoring) -> Fraction:
    """The most points this item gives to somebody who makes no critical error."""
    if scoring["type"] in ("number", "text"):
        return Fraction(scoring["points"])
    safe = [guess.share for guess in _guesses(scoring) if not guess.critical]
    return max(safe, default=Fraction(0)) * Fraction(scoring["points"])


def best_draw(quiz: Quiz, pass_share: Fraction, lucky: bool) -> Fraction:
    """The highest share reachable without a critical error, in the draw that makes passing easiest or (not `lucky`) hardest."""
    scorings = list(compile_scoring(quiz).values())
    best = [(_best_without_critical(scoring), Fraction(scoring["points"])) for scoring in scorings]
    drawn = sorted(best, key=lambda item: item[0] - pass_share * item[1], reverse=lucky)[: quiz.drawn]
    return _share(sum((points for _, points in drawn), Fraction(0)), [reached for reached, _ in drawn])


def chance_of_passing(scorings: list[Scoring], drawn: int, pass_share: Fraction) -> Fraction | None:
    """The chance that uniform guessing on `drawn` items, drawn uniformly, passes with no critical error.

    One pass over the items keeps, for every number of items drawn so far, the weight of every sum of (points earned − pass
    share × points possible); a sitting passes when that sum is not negative. Whole numbers throughout, so nothing is rounded.
    None when the sums are so varied (points like 1.1, 2.3, 3.7 …) that exactness would take minutes.
    """
    per_item = [_above_the_line(scoring, pass_share) for scoring in scorings]
    unit = lcm(*[value.denominator for item in per_item for value in item])
    whole = lcm(*[weight.denominator for item in per_item for weight in item.values()])
    ways: _Ways = {(0, 0): 1}
    for item in per_item:
        steps = [(int(value * unit), int(weight * whole)) for value, weight in item.items()]
        ways = _with_item(ways, steps, drawn)
        if len(ways) > _MOST_WAYS:
            return None
    passing = sum(weight for (count, above), weight in ways.items() if count == drawn and above >= 0)
    # A draw in which nothing can be earned (ratings only) stands on the line and still passes nobody.
    passing -= comb(sum(not Fraction(scoring["points"]) for scoring in scorings), drawn) * whole**drawn
    return Fraction(passing, comb(len(scorings), drawn) * whole**drawn)


def _with_item(ways: _Ways, steps: list[tuple[int, int]], drawn: int) -> _Ways:
    """Every way so far, with this item left out of the draw or answered in each possible manner."""
    found = dict(ways)
    for (count, above), weight in ways.items():
        if count < drawn:
            for value, item_weight in steps:
                state = (count + 1, above + value)
                found[state] = found.get(state, 0) + weight * item_weight
    return found


def _above_the_line(scoring: Scoring, pass_share: Fraction) -> dict[Fraction, Fraction]:
    """Points above the pass line with their probability; guesses that are critical errors never pass and are left out."""
    points = Fraction(scoring["points"])
    found: dict[Fraction, Fraction] = {}
    for guess, probability in _guesses(scoring).items():
        if not guess.critical:
            value = (guess.share - pass_share) * points
            found[value] = found.get(value, Fraction(0)) + probability
    return found
