"""Checking that our typeface has all letters of a text, before a number is given.

Cheaper than printing.
"""

import unicodedata
from collections.abc import Iterable
from datetime import date

from psm_course.printing.typesetting import Template, Unprintable


<<<<<<< HEAD
def missing_letter(texts: Iterable[str]) -> str | None:
    """The first letter that cannot be printed; None when all can."""
=======
def typeface() -> Template:
    """For many questions one after the other: what can answer them takes longer to begin than to ask."""
    return Template("letters")


def missing_letter(texts: Iterable[str], asked: Template | None = None) -> str | None:
    """The first letter found that cannot be printed; None when all can.

    Args:
        asked: the `typeface` that earlier questions were put to.
    """
>>>>>>> 0d1ca5b6da2eeac3ef179fe4d4c6974a065b7bcd
    letters = {letter for text in texts for letter in unicodedata.normalize("NFC", text) if not letter.isspace()}
    try:
        (asked or typeface()).print({"title": "Huruf", "letters": "".join(sorted(letters))}, date(2000, 1, 1))
    except Unprintable as unprintable:
        return unprintable.letter
    return None
