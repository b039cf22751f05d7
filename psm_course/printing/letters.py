"""Checking that our typeface has all letters of a text, before a number is given.

Cheaper than printing.
"""

import unicodedata
from collections.abc import Iterable
from datetime import date

from psm_course.printing.typesetting import Template, Unprintable


def missing_letter(texts: Iterable[str]) -> str | None:
    """The first letter that cannot be printed; None when all can."""
    letters = {letter for text in texts for letter in unicodedata.normalize("NFC", text) if not letter.isspace()}
    try:
        # Any date will do: this PDF is thrown away.
        Template("letters").print({"title": "Huruf", "letters": "".join(sorted(letters))}, date(2000, 1, 1))
    except Unprintable as unprintable:
        return unprintable.letter
    return None
