"""Marking `span`: right ends out of all ends."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from random import Random
from typing import Any

from psm_course.items.base import Scoring
from psm_course.items.guesses import Guess, Guesses
from psm_course.items.marks import Verdict, marked, ungradable


def mark(scoring: Scoring, response: Any) -> Verdict:
    goals = scoring["goals"]
    if not isinstance(response, dict) or not response.keys() <= goals.keys():
        return ungradable("jawaban harus nilai untuk setiap ujung")
    return marked(sum(response.get(end) == str(goal) for end, goal in goals.items()), len(goals))


def guesses(scoring: Scoring) -> Guesses:
    ends, each = len(scoring["goals"]), Fraction(1, scoring["highest"])
    return {
        Guess(Fraction(right, ends)): comb(ends, right) * each**right * (1 - each) ** (ends - right)
        for right in range(ends + 1)
    }


def respond(scoring: Scoring, random: Random, knows: bool) -> dict[str, str]:
    return {
        end: str(goal if knows else random.randint(1, scoring["highest"]))
        for end, goal in scoring["goals"].items()
    }
