"""Grades an answer to `choice`: the credit of the chosen option."""

from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from psm_course.authoring.problems import shorten
from psm_course.items.base import Scoring
from psm_course.items.guesses import Guess, Guesses, add, tempting
from psm_course.items.marks import Verdict, marked, ungradable


def mark(scoring: Scoring, response: Any) -> Verdict:
    """Grade the id of one chosen option.

    The response gets the option's credit, which may be a part of the points.
    """
    if not isinstance(response, str):
        return ungradable("jawaban harus satu id pilihan")
    credit = scoring["credit"].get(response)
    if credit is None:
        return ungradable(f'pilihan "{shorten(response)}" tidak ada di butir ini')
    return marked(Decimal(credit), critical=response in scoring["critical"])


def guesses(scoring: Scoring) -> Guesses:
    """Return the probability of each result if all options are equally likely."""
    each = Fraction(1, len(scoring["credit"]))
    found: Guesses = {}
    for option, credit in scoring["credit"].items():
        add(found, Guess(Fraction(credit), option in scoring["critical"]), each)
    return found


def respond(scoring: Scoring, random: Random, knows: bool) -> str:
    """Return the id of the best option if the learner `knows` it, else the id of a guess."""
    best = max(
        scoring["credit"],
        key=lambda option: (float(scoring["credit"][option]), option not in scoring["critical"]),
    )
    return str(
        best if knows else random.choice(tempting(scoring["credit"], scoring["critical"], random))
    )
