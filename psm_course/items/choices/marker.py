"""Grades an answer to `choices`: a set of chosen options, by the rule that the author named."""

from fractions import Fraction
from math import comb
from random import Random
from typing import Any

from psm_course.authoring.problems import shorten
from psm_course.items.base import Scoring
from psm_course.items.guesses import Guess, Guesses, add, tempting
from psm_course.items.marks import Verdict, marked, ungradable


def mark(scoring: Scoring, response: Any) -> Verdict:
    """Grade a list of chosen option ids, in any order, by the author's rule.

    `net`: the response gets the number of right minus wrong choices, at least 0, out of the number
    of all right options. `exact`: it gets 1 of 1 if exactly the right options are chosen, else 0.
    `share`: it gets 1 for each option that is rightly chosen or rightly left out, out of the number
    of all options.
    """
    if not isinstance(response, list) or not all(isinstance(chosen, str) for chosen in response):
        return ungradable("jawaban harus daftar id pilihan")
    ticked = set(response)
    strange = ticked.difference(scoring["choices"])
    if strange:
        return ungradable(f'pilihan "{shorten(min(strange))}" tidak ada di butir ini')
    right = len(ticked.intersection(scoring["correct"]))
    critical = not ticked.isdisjoint(scoring["critical"])
    return marked(*_earned(scoring, right, len(ticked) - right), critical)


def _earned(scoring: Scoring, right: int, wrong: int) -> tuple[int, int]:
    """Return two numbers: the units that a response gets, and the units that are possible.

    `right` is the number of right options that the learner ticked. `wrong` is the number of wrong
    options that the learner ticked.
    """
    correct, everything = len(scoring["correct"]), len(scoring["choices"])
    by_rule = {
        "net": (max(right - wrong, 0), correct),
        "exact": (int(right == correct and wrong == 0), 1),
        "share": (right + everything - correct - wrong, everything),
    }
    return by_rule[scoring["rule"]]


def guesses(scoring: Scoring) -> Guesses:
    """Return the probability of each result if all non-empty sets of options are equally likely."""
    correct, everything = len(scoring["correct"]), len(scoring["choices"])
    harmless = everything - correct - len(scoring["critical"])
    sets = 2**everything - 1
    found: Guesses = {}
    for right in range(correct + 1):
        for wrong in range(everything - correct + 1):
            if right + wrong == 0:
                continue
            share = Fraction(*_earned(scoring, right, wrong))
            # Sets with and without a dangerous option have the
            # same share, and only the first can fail a quiz.
            safe = comb(correct, right) * comb(harmless, wrong)
            every = comb(correct, right) * comb(everything - correct, wrong)
            add(found, Guess(share), Fraction(safe, sets))
            add(found, Guess(share, critical=True), Fraction(every - safe, sets))
    return found


def respond(scoring: Scoring, random: Random, knows: bool) -> list[str]:
    """Return the ids of the right options if the learner `knows` them, else a random set of ids.

    The random set has at least one option.
    """
    if knows:
        return list(scoring["correct"])
    options = tempting(scoring["choices"], scoring["critical"], random)
    return random.sample(options, random.randint(1, len(options)))
