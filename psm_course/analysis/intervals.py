"""95 % confidence intervals, which tell how far a result of few people can be trusted."""

from math import sqrt
from typing import NamedTuple

from psm_course.analysis.quantiles import Z, f_quantile, t_quantile


class Interval(NamedTuple):
    """A 95 % confidence interval, in the unit of the value that it belongs to."""

    low: float
    high: float


def wilson(share: float, count: int) -> Interval:
    """The interval of a share (0 to 1) of `count` people, by Wilson's score method.

    It stays between 0 and 1, which the usual method does not near the ends. For partly earned
    points `share` is their mean; the interval is then too wide rather than too narrow.
    """
    middle = share + Z * Z / (2 * count)
    reach = Z * sqrt(share * (1 - share) / count + Z * Z / (4 * count * count))
    whole = 1 + Z * Z / count
    return Interval(max((middle - reach) / whole, 0.0), min((middle + reach) / whole, 1.0))


def feldt(alpha: float, people: int, items: int) -> Interval:
    """The interval of alpha (KR-20), by Feldt (1965). `people` and `items` are at least 2."""
    above, below = people - 1, (people - 1) * (items - 1)
    return Interval(
        1 - (1 - alpha) * f_quantile(0.975, above, below),
        1 - (1 - alpha) * f_quantile(0.025, above, below),
    )


def of_mean(mean: float, deviation: float, count: int) -> Interval:
    """The interval of a mean of `count` (at least 2) differences, by Student's t.

    Args:
        deviation: their standard deviation, with n - 1.
    """
    reach = t_quantile(0.975, count - 1) * deviation / sqrt(count)
    return Interval(mean - reach, mean + reach)
