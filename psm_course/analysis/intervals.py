"""95 % confidence intervals: the fewer people, the wider the interval."""

from math import sqrt
from typing import NamedTuple

from psm_course.analysis.quantiles import Z, f_quantile, t_quantile


class Interval(NamedTuple):
    """A 95 % confidence interval, in the unit of the value that it belongs to."""

    low: float
    high: float


def wilson(share: float, count: int) -> Interval:
    """Return the 95 % confidence interval of a share (0 to 1), by Wilson's score method.

    `share` is the share of `count` people.

    The interval never goes below 0 or above 1; the interval of the normal approximation may. If an
    answer can get a part of the points, `share` is the mean share; the interval may then be too
    wide, but not too narrow.
    """
    middle = share + Z * Z / (2 * count)
    reach = Z * sqrt(share * (1 - share) / count + Z * Z / (4 * count * count))
    whole = 1 + Z * Z / count
    return Interval(max((middle - reach) / whole, 0.0), min((middle + reach) / whole, 1.0))


def feldt(alpha: float, people: int, items: int) -> Interval:
    """Return the 95 % confidence interval of Cronbach's alpha, by the method of Feldt (1965).

    If every item is either right or wrong, this alpha is also called KR-20.

    Args:
        alpha: the alpha that was found.
        people: number of people who took the test; at least 2.
        items: number of items of the test; at least 2.
    """
    above, below = people - 1, (people - 1) * (items - 1)
    return Interval(
        1 - (1 - alpha) * f_quantile(0.975, above, below),
        1 - (1 - alpha) * f_quantile(0.025, above, below),
    )


def of_mean(mean: float, deviation: float, count: int) -> Interval:
    """Return the 95 % confidence interval of the mean of differences, by Student's t.

    Args:
        mean: mean of the differences.
        deviation: the standard deviation of the differences, computed with n - 1.
        count: the number of differences; at least 2.
    """
    reach = t_quantile(0.975, count - 1) * deviation / sqrt(count)
    return Interval(mean - reach, mean + reach)
