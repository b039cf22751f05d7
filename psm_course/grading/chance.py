"""Measures the points that a quiz gives to people who know nothing.

There are three kinds of such people: they leave everything blank, tick everything, or guess. The
results are exact: the probabilities of the items are combined by convolution.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, product
from math import comb, lcm
from operator import neg

from psm_course.content.quiz import Quiz
from psm_course.grading.draw import Draw, DrawPlan, Group
from psm_course.grading.given import GiveAway
from psm_course.grading.grade import compile_scoring
from psm_course.items import TYPES
from psm_course.items.base import BaseItem, Scoring
from psm_course.items.guesses import NEVER, Guess, Guesses
from psm_course.items.marks import BLANK

_MOST_WAYS = 20_000

# Weight of each way to be: items drawn so far -> points above the pass line so far -> weight
_Ways = dict[int, dict[int, int]]
# What one item can add to the points above the pass line -> weight
_Steps = dict[int, int]


def give_away(quiz: Quiz) -> GiveAway:
    """Measure which share of its points a quiz gives to people who know nothing.

    If the quiz draws its items, the shares are means over all draws, which are equally likely.
    """
    scorings = compile_scoring(quiz)
    plan = Draw(quiz).plan()
    chances = _chances_of_being_drawn(plan)
    points = {
        name: Fraction(scoring["points"]) * chances[name] for name, scoring in scorings.items()
    }
    total = sum(points.values(), Fraction(0))

    def share(earned: Callable[[BaseItem, Scoring], Fraction]) -> Fraction:
        return _share(
            total, [earned(item, scorings[item.id]) * points[item.id] for item in quiz.items]
        )

    pass_mark = quiz.header.pass_mark
    return GiveAway(
        items=len(scorings),
        drawn=quiz.drawn,
        maximum=Decimal(total.numerator) / Decimal(total.denominator),
        blank=share(lambda _, scoring: result_of(scoring, None).share),
        tick_all=share(lambda item, scoring: result_of(scoring, item.everything()).share),
        guess_mean=share(lambda _, scoring: _mean(scoring)),
        guess_pass=(
            None
            if pass_mark is None
            else chance_of_passing(scorings, plan, Fraction(pass_mark) / 100)
        ),
    )


def _chances_of_being_drawn(plan: DrawPlan) -> dict[str, Fraction]:
    """Return the probability of each item to be drawn, as a fraction by item id."""
    some = sum(group.may_have_one_more for group in plan.groups)
    chances: dict[str, Fraction] = {}
    for group in plan.groups:
        mean = group.taken + (Fraction(plan.extra, some) if group.may_have_one_more else 0)
        chances |= dict.fromkeys(group.ids, Fraction(mean) / len(group.ids))
    return chances


def _share(total: Fraction, earned: list[Fraction]) -> Fraction:
    return sum(earned, Fraction(0)) / total if total else Fraction(0)


def result_of(scoring: Scoring, response: object) -> Guess:
    """Mark one response; return its share of the item's points, and if it is a critical error.

    If `response` is None, the item was left blank. The share is a fraction, because a Decimal would
    round thirds.
    """
    verdict = BLANK if response is None else TYPES[scoring["type"]].mark(scoring, response)
    return Guess(Fraction(verdict.earned) / Fraction(verdict.out_of), verdict.critical)


def _guesses(scoring: Scoring) -> Guesses:
    return TYPES[scoring["type"]].guesses(scoring)


def _mean(scoring: Scoring) -> Fraction:
    return sum(
        (guess.share * probability for guess, probability in _guesses(scoring).items()), Fraction(0)
    )


def _best_without_critical(scoring: Scoring) -> Fraction:
    """Return the most points an item can give without a critical error."""
    guesses = _guesses(scoring)
    if guesses == NEVER:  # nobody guesses it, and whoever knows it earns all there is
        return Fraction(scoring["points"])
    safe = [guess.share for guess in guesses if not guess.critical]
    return max(safe, default=Fraction(0)) * Fraction(scoring["points"])


def best_draw(quiz: Quiz, pass_share: Fraction, lucky: bool) -> Fraction:
    """Return the best result (0 to 1) that is possible in one draw without a critical error.

    The result is a share of all points of the draw. It is below 1 if the full points of an item
    can only be reached with a dangerous choice.

    Args:
        quiz: the quiz.
        pass_share: the share of points (0 to 1) that passing needs.
        lucky: the draw to take. True: the draw in which passing is easiest. False: the draw in
            which passing is hardest.
    """
    best = {
        name: (_best_without_critical(scoring), Fraction(scoring["points"]))
        for name, scoring in compile_scoring(quiz).items()
    }
    drawn = [
        best[name]
        for name in (
            Draw(quiz)
            .plan()
            .best_for(lambda name: best[name][0] - pass_share * best[name][1], lucky)
        )
    ]
    return _share(
        sum((points for _, points in drawn), Fraction(0)), [reached for reached, _ in drawn]
    )


def chance_of_passing(
    scorings: Mapping[str, Scoring], plan: DrawPlan, pass_share: Fraction
) -> Fraction | None:
    """Return the probability that somebody who guesses passes the quiz.

    All possible answers to an item are equally likely, and so are all draws. With a critical error
    nobody passes.

    Each possible result of an item gets a value: the points of the result, minus `pass_share` of
    the item's maximum. A sitting passes if the sum of its values is not negative. Each value also
    gets a weight: its probability as a whole number.

    The items are combined step by step: first the items of one group, then the groups. Each step
    adds the values and multiplies the weights. Draws with an additional item are kept apart from
    the others. All numbers are whole, so nothing is rounded.

    Returns:
        The probability. None if the exact probability would take minutes, because there are too
        many different sums (points like 1.1, 2.3, 3.7 …).
    """
    above = {name: _above_the_line(scoring, pass_share) for name, scoring in scorings.items()}
    # Common denominators turn points and weights into whole numbers, which add up fast and exactly.
    unit = lcm(*[value.denominator for values in above.values() for value in values])
    whole = lcm(*[weight.denominator for values in above.values() for weight in values.values()])
    steps = {
        name: {int(value * unit): int(weight * whole) for value, weight in values.items()}
        for name, values in above.items()
    }
    passing = _chance_not_below(steps, whole, plan)
    if passing is None or all(Fraction(scoring["points"]) for scoring in scorings.values()):
        return passing
    # A draw in which nothing can be earned (ratings only) stands on the line
    # and still passes nobody.
    worthless = {
        name: {} if Fraction(scorings[name]["points"]) else ways for name, ways in steps.items()
    }
    return passing - (_chance_not_below(worthless, whole, plan) or 0)


def _chance_not_below(steps: Mapping[str, _Steps], whole: int, plan: DrawPlan) -> Fraction | None:
    """Return the probability that the values of a draw's items sum to 0 or more.

    An item's value is the points of a guess, minus the share of the item's maximum that passing
    needs. The result is None if it would take minutes to compute.

    Args:
        steps: for each item id, the weight of each value. Guesses with a critical error are left
            out.
        whole: the sum of one item's weights, including guesses with a critical error.
        plan: the number of items that are drawn from each group.
    """
    ways: _Ways = {0: {0: 1}}
    out_of = comb(sum(group.may_have_one_more for group in plan.groups), plan.extra)
    # The last group is not joined: its pairs with the rest are only counted,
    # which saves the largest table.
    last: _Ways = {0: {0: 1}}
    for group in plan.groups:
        ways = _joined(ways, last, plan.extra)
        if sum(map(len, ways.values())) > _MOST_WAYS:
            return None
        last, out_of_last = _group_ways([steps[name] for name in group.ids], whole, group)
        out_of *= out_of_last
    return Fraction(
        sum(
            _not_below(ways.get(plan.extra - count, {}), weights) for count, weights in last.items()
        ),
        out_of,
    )


def _not_below(some: Mapping[int, int], others: Mapping[int, int]) -> int:
    """Return the total weight of all pairs of values whose sum is 0 or more.

    `some` and `others` map values to weights. A pair is a value of `some` and a value of `others`;
    its weight is the product of their weights. The table of all sums is not made, because only the
    total is needed.
    """
    values = sorted(some, reverse=True)
    up_to = [0, *accumulate(some[value] for value in values)]
    return sum(
        weight * up_to[bisect_right(values, value, key=neg)] for value, weight in others.items()
    )


def _group_ways(items: list[_Steps], whole: int, group: Group) -> tuple[_Ways, int]:
    """Combine the items of one group; return the weight of each possible sum, and a divisor.

    The value of an item is the points of a guess, minus the share of the item's maximum that
    passing needs. The values of all drawn items are added to a sum. A weight divided by the divisor
    is the probability of that sum.

    Args:
        items: for each item, a dict from value to weight. Guesses with a critical error are left
            out.
        whole: the sum of one item's weights, including guesses with a critical error.
        group: the group that has these items.

    Returns:
        A dict of two dicts, and the divisor. The dict under key 0 is for draws of `group.taken`
        items; the dict under key 1 is for draws of one item more. Key 1 is missing if the group
        never gives one item more. Each inner dict maps a sum to its weight. The probabilities of
        an inner dict can add up to less than 1, because critical errors are left out.
    """
    most = group.taken + group.may_have_one_more
    ways: _Ways = {0: {0: 1}}
    for steps in items:
        ways = _joined(ways, {0: {0: 1}, 1: steps}, most)
    draws = {count: comb(len(items), count) * whole**count for count in (group.taken, most)}
    out_of = lcm(*draws.values())
    return {
        count - group.taken: {
            above: weight * (out_of // draws[count]) for above, weight in weights.items()
        }
        for count, weights in ways.items()
        if count in draws
    }, out_of


def _joined(ways: _Ways, more: _Ways, most: int) -> _Ways:
    """Combine the weights `ways` of some items with the weights `more` of one item or group.

    `ways`, `more` and the result are nested dicts. Example: `{2: {5: 3}}` means that 2 drawn items
    whose values sum to 5 have the weight 3. To combine two entries, numbers of items are added,
    sums are added, and weights are multiplied. Combinations of more than `most` items are left out.
    """
    found: _Ways = {}
    for (count, weights), (count_here, weights_here) in product(ways.items(), more.items()):
        if count + count_here <= most:
            into = found.setdefault(count + count_here, {})
            for value, weight_here in weights_here.items():
                for above, weight in weights.items():
                    into[above + value] = into.get(above + value, 0) + weight * weight_here
    return found


def _above_the_line(scoring: Scoring, pass_share: Fraction) -> dict[Fraction, Fraction]:
    """Return the probability of each value that one item can have, for somebody who guesses.

    The value of a guess is its points minus `pass_share` of the item's maximum; it may be negative.
    Guesses with a critical error are left out, because they never pass.
    """
    points = Fraction(scoring["points"])
    found: dict[Fraction, Fraction] = {}
    for guess, probability in _guesses(scoring).items():
        if not guess.critical:
            value = (guess.share - pass_share) * points
            found[value] = found.get(value, Fraction(0)) + probability
    return found
