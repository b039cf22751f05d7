"""Grades an answer to `case`: the credits of the learner's path, out of those of the best path.

The author gives each choice a credit, from 0 to 1.
"""

from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from psm_course.authoring.problems import shorten
from psm_course.items.base import Scoring
from psm_course.items.case.fields import END, best_path
from psm_course.items.guesses import Guess, Guesses, add, tempting
from psm_course.items.marks import Verdict, marked, ungradable


def mark(scoring: Scoring, response: Any) -> Verdict:
    """Grade the path that a learner took through the case: `["step:choice", …]`.

    The path may stop before the end of the case, but may not skip a step. The learner gets the sum
    of the credits of the choices on this path. The maximum is the sum on the best path.
    """
    if not isinstance(response, list) or not all(isinstance(taken, str) for taken in response):
        return ungradable('jawaban harus daftar "langkah:pilihan"')
    at, earned, critical = scoring["start"], Decimal(0), False
    for taken in response:
        step, _, chosen = taken.partition(":")
        choice = scoring["steps"].get(step, {}).get(chosen)
        if choice is None:
            return ungradable(f'langkah "{shorten(taken)}" tidak ada di kasus ini')
        if step != at:
            return ungradable(
                f'langkah "{shorten(step)}" tidak tersambung dengan langkah sebelumnya'
            )
        earned += Decimal(choice["credit"])
        critical = critical or choice["critical"]
        at = choice["next"]
    return marked(earned, Decimal(scoring["best"]), critical)


def guesses(scoring: Scoring) -> Guesses:
    """Return the probability of each result of a learner who guesses at every step.

    All choices of a step are equally likely.
    """
    best = Fraction(scoring["best"])
    known: dict[str, Guesses] = {END: {Guess(Fraction(0)): Fraction(1)}}

    def onward(step: str) -> Guesses:
        if step not in known:
            choices = scoring["steps"][step].values()
            found: Guesses = {}
            for choice in choices:
                share = Fraction(choice["credit"]) / best
                for later, probability in onward(choice["next"]).items():
                    guess = Guess(share + later.share, choice["critical"] or later.critical)
                    add(found, guess, probability / len(choices))
            known[step] = found
        return known[step]

    return onward(scoring["start"])


def respond(scoring: Scoring, random: Random, knows: bool) -> list[str]:
    """Return the path of a simulated learner to the end of the case: `["step:choice", …]`.

    If the learner `knows` the answer, it is the best path. Otherwise each choice is guessed.
    """
    if knows:
        return list(best_path(scoring["steps"], scoring["start"]).taken)
    path, step = [], scoring["start"]
    while step != END:
        choices = scoring["steps"][step]
        critical = {name for name in choices if choices[name]["critical"]}
        chosen = random.choice(tempting(choices, critical, random))
        path.append(f"{step}:{chosen}")
        step = choices[chosen]["next"]
    return path
