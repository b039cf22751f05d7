"""Grades an answer to `match`: right pairs out of all pairs.

A left side without an answer gets no points.
"""

from fractions import Fraction
from math import factorial
from random import Random
from typing import Any

from psm_course.authoring.problems import shorten
from psm_course.items.base import Scoring
from psm_course.items.guesses import Guess, Guesses, add, fixed_points
from psm_course.items.marks import BLANK, Verdict, marked, ungradable


def mark(scoring: Scoring, response: Any) -> Verdict:
    """Grade pairs `{left id: right id or label}`: right pairs out of all pairs.

    A left side without an answer gets no points. If no left side has an answer, the verdict is
    `BLANK`.
    """
    if not isinstance(response, dict):
        return ungradable("jawaban harus pasangan id kiri dan id kanan")
    pairs: list[str] = scoring["pairs"]
    right, is_blank = 0, True
    for left, chosen in response.items():
        if left not in pairs:
            return ungradable(f'sisi kiri "{shorten(left)}" tidak ada di butir ini')
        if chosen is None or chosen == "":
            continue
        if not isinstance(chosen, str):
            return ungradable("jawaban harus pasangan id kiri dan id kanan")
        # Labels and ids are accepted alike; pages know labels
        # only, which do not tell the key (decision 0003).
        meant = scoring["labels"].get(chosen, chosen)
        if meant not in pairs:
            return ungradable(f'sisi kanan "{shorten(chosen)}" tidak ada di butir ini')
        is_blank = False
        right += meant == left
    return BLANK if is_blank else marked(right, len(pairs))


def guesses(scoring: Scoring) -> Guesses:
    """Return the probability of each result if the right sides are joined in random order.

    Each right side is used once, and every order is equally likely.
    """
    n = len(scoring["pairs"])
    found: Guesses = {}
    for right in range(n + 1):
        add(found, Guess(Fraction(right, n)), Fraction(fixed_points(n, right), factorial(n)))
    return found


def respond(scoring: Scoring, random: Random, knows: bool) -> dict[str, str]:
    """Return a pair for every left side: right pairs if the learner `knows`, else random pairs.

    In random pairs each right side is used once.
    """
    pairs = list(scoring["pairs"])
    return dict(zip(pairs, pairs if knows else random.sample(pairs, len(pairs)), strict=True))
