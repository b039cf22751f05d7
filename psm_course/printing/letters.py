"""Checking that our typeface has all letters of a text, before a number is given.

Cheaper than printing.
"""

import unicodedata
from collections.abc import Iterable
from datetime import date

from psm_course.printing.typesetting import Template, Unprintable


def typeface() -> Template:
    """Make a template to put many questions to, one after the other.

    It takes longer to begin than to answer.
    """
    return Template("letters")


def missing_letter(texts: Iterable[str], asked: Template | None = None) -> str | None:
    """The first letter that cannot be printed; None when all can.

    Args:
        texts: as they would be printed.
        asked: the `typeface` that earlier questions were put to.
    """
    letters = {
        letter
        for text in texts
        for letter in unicodedata.normalize("NFC", text)
        if not letter.isspace()
    }
    try:
        # Any date will do: this PDF is thrown away.
        (asked or typeface()).print(
            {"title": "Huruf", "letters": "".join(sorted(letters))}, date(2000, 1, 1)
        )
    except Unprintable as unprintable:
        return unprintable.letter
    return None
