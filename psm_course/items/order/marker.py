"""Grades an answer to `order`: all or nothing, or the share of neighbours in the right order."""

from fractions import Fraction
from itertools import pairwise
from math import factorial
from random import Random
from typing import Any

from psm_course.authoring.problems import shorten
from psm_course.items.base import Scoring
from psm_course.items.guesses import Guess, Guesses, add, kept_neighbours
from psm_course.items.marks import Verdict, marked, ungradable


def mark(scoring: Scoring, response: Any) -> Verdict:
    """Grade a list of part ids or labels, in the learner's order.

    With the rule `exact`, the answer gets all points or none. With the rule `pairs`, a part gives
    one unit if the part directly before it is the same as in the right order. The first part has no
    part before it, so the units possible are the number of parts minus 1.
    """
    if not isinstance(response, list) or not all(isinstance(part, str) for part in response):
        return ungradable("jawaban harus daftar id bagian")
    key: list[str] = scoring["sequence"]
    placed = [scoring["labels"].get(part, part) for part in response]
    for part in placed:
        if part not in key:
            return ungradable(f'bagian "{shorten(part)}" tidak ada di butir ini')
    if len(set(placed)) < len(placed):
        return ungradable("satu bagian ditempatkan dua kali")
    if scoring["rule"] == "exact":
        return marked(int(placed == key))
    # Neighbours instead of places: one part moved to the front must not make every other one wrong.
    follows = dict(pairwise(key))
    kept = sum(follows.get(part) == following for part, following in pairwise(placed))
    return marked(kept, len(key) - 1)


def guesses(scoring: Scoring) -> Guesses:
    """Return the probability of each result if every order of the parts is equally likely."""
    n = len(scoring["sequence"])
    found: Guesses = {}
    if scoring["rule"] == "exact":
        add(found, Guess(Fraction(1)), Fraction(1, factorial(n)))
        add(found, Guess(Fraction(0)), 1 - Fraction(1, factorial(n)))
        return found
    for kept in range(n):
        add(found, Guess(Fraction(kept, n - 1)), Fraction(kept_neighbours(n, kept), factorial(n)))
    return found


def respond(scoring: Scoring, random: Random, knows: bool) -> list[str]:
    """Return all part ids: in the right order if the learner `knows` it, else in a random order."""
    return (
        list(scoring["sequence"])
        if knows
        else random.sample(scoring["sequence"], len(scoring["sequence"]))
    )
