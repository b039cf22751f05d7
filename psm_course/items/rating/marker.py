"""Checks an answer to `rating`: an opinion only has to be on the scale.

An opinion adds nothing to the points and takes nothing away.
"""

from random import Random
from typing import Any

from psm_course.items.base import Scoring
from psm_course.items.guesses import NEVER, Guesses
from psm_course.items.marks import Verdict, marked, ungradable


def mark(scoring: Scoring, response: Any) -> Verdict:
    """Return the verdict `marked` with 0 units for a number from 1 to the item's `scale`.

    For any other response, the verdict is `ungradable`. An opinion adds no points and takes none
    away.
    """
    grades = {str(grade) for grade in range(1, scoring["scale"] + 1)}
    is_grade = (
        isinstance(response, str | int)
        and not isinstance(response, bool)
        and str(response).strip() in grades
    )
    return marked(0) if is_grade else ungradable(f"jawaban harus angka 1 sampai {scoring['scale']}")


def guesses(scoring: Scoring) -> Guesses:
    """Return `NEVER`: no guess gets points, because an opinion gives none."""
    return NEVER


def respond(scoring: Scoring, random: Random, knows: bool) -> str:
    """Return a random grade from 1 to `scale`, as text. No grade is wrong: `knows` is not used."""
    return str(random.randint(1, scoring["scale"]))
