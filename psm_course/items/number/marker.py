"""Grades an answer to `number`: right if the number is within the tolerance."""

from decimal import Decimal, localcontext
from random import Random
from typing import Any

from psm_course.authoring.numbers import LONGEST, read_number
from psm_course.authoring.problems import shorten
from psm_course.items.base import Scoring
from psm_course.items.guesses import NEVER, Guesses
from psm_course.items.marks import Verdict, marked, ungradable
from psm_course.items.number.fields import folded


def mark(scoring: Scoring, response: Any) -> Verdict:
    """Grade a number written as text, with or without the item's unit.

    The response is right if the number is within the tolerance.
    """
    if not isinstance(response, str):
        return ungradable("jawaban harus angka yang ditulis sebagai teks")
    written = _read(response, scoring.get("unit"))
    if written is None:
        return ungradable(f'"{shorten(response)}" tidak terbaca sebagai satu angka')
    with localcontext(prec=2 * LONGEST):
        off = abs(written - Decimal(scoring["answer"]))
    return marked(int(off <= Decimal(scoring["tolerance"])))


def _read(text: str, unit: str | None) -> Decimal | None:
    """Return the number in a response; the item's unit may stand before or after the number.

    None if the response is not exactly one number.
    """
    number = read_number(text)
    if number is not None or unit is None:
        return number
    parts = [part.strip(" .") for part in folded(text).split(unit)]
    return read_number("".join(parts)) if len(parts) == 2 and "" in parts else None


def guesses(scoring: Scoring) -> Guesses:
    """Return `NEVER`: no guess gets points, because nobody finds the right number by chance."""
    return NEVER


def respond(scoring: Scoring, random: Random, knows: bool) -> str:
    """Return the right number if the learner `knows` it, else a random number from 0 to 99."""
    return str(scoring["answer"]) if knows else str(random.randint(0, 99))
