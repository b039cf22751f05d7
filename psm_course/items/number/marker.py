"""Marking `number`: within the tolerance or not."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import Any

from psm_course.authoring.numbers import LONGEST, read_number
from psm_course.authoring.problems import shorten
from psm_course.items.base import Scoring
from psm_course.items.guesses import NEVER, Guesses
from psm_course.items.marks import Verdict, marked, ungradable


def mark(scoring: Scoring, response: Any) -> Verdict:
    if not isinstance(response, str):
        return ungradable("jawaban harus angka yang ditulis sebagai teks")
    written = read_number(response)
    if written is None:
        return ungradable(f'"{shorten(response)}" tidak terbaca sebagai satu angka')
    with localcontext(prec=2 * LONGEST):
        off = abs(written - Decimal(scoring["answer"]))
    return marked(int(off <= Decimal(scoring["tolerance"])))


def guesses(scoring: Scoring) -> Guesses:
    """Nobody guesses a number out of the blue."""
    return NEVER
