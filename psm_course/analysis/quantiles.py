"""Quantiles of Student's t and of F, by the regularised incomplete beta function.

They are written here because scipy would add 100 MB for these two functions.
"""

from collections.abc import Callable
from functools import lru_cache
from math import exp, lgamma, log, log1p, sqrt

Z = 1.959963984540054  # 97.5 per cent of a normal distribution lie below

_STEPS, _CLOSE, _TINY = 500, 1e-15, 1e-300


@lru_cache(maxsize=1024)
def t_quantile(probability: float, freedom: float) -> float:
    """Return the quantile of Student's t distribution.

    A variable with this distribution is below the returned value with `probability` (0 to 1).
    `freedom` is the number of degrees of freedom.
    """
    # The two tails of t are equal, and t² / (freedom + t²) is a beta: so one quantile of beta
    # gives both.
    tail = 2 * min(probability, 1 - probability)
    share = _quantile(lambda x: incomplete_beta(freedom / 2, 0.5, x), tail)
    size = sqrt(freedom * (1 - share) / share)
    return size if probability > 0.5 else -size


@lru_cache(maxsize=256)
def f_quantile(probability: float, above: float, below: float) -> float:
    """Return the quantile of the F distribution.

    A variable with this distribution is below the returned value with `probability` (0 to 1).
    `above` and `below` are the degrees of freedom of the numerator and the denominator.
    """
    share = _quantile(lambda x: incomplete_beta(above / 2, below / 2, x), probability)
    return below * share / (above * (1 - share))


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Return the regularised incomplete beta function.

    It is the probability that a variable with the distribution Beta(a, b) is below `x`.
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    # The fraction converges fast on one side of the mean; on the other its mirror does.
    return (
        front * _fraction(a, b, x) / a
        if x < (a + 1) / (a + b + 2)
        else 1 - front * _fraction(b, a, 1 - x) / b
    )


def _fraction(a: float, b: float, x: float) -> float:
    """Compute the continued fraction of the incomplete beta function, by Lentz's method."""
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _not_zero(1 + term * d)
            c = _not_zero(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return value


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def _quantile(below: Callable[[float], float], probability: float) -> float:
    """Return the x in [0, 1] at which the increasing function `below` reaches `probability`.

    The interval [0, 1] is halved again and again, until there is no floating point number between
    its lower and its upper end.
    """
    low, high = 0.0, 1.0
    while True:
        middle = (low + high) / 2
        # The middle of two neighbouring floats is one of them: nothing is left to halve.
        if middle in {low, high}:
            return middle
        low, high = (middle, high) if below(middle) < probability else (low, middle)
