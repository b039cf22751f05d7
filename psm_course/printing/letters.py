"""Checks that our font has all letters of a text, before a certificate gets its number.

The check is cheaper than printing the certificate.
"""

import unicodedata
from collections.abc import Iterable
from datetime import date

from psm_course.printing.typesetting import Template, Unprintable


def typeface() -> Template:
    """Make the template with which `missing_letter` tests letters.

    Make it once and pass it to every call. The first call with a new template starts a process,
    which takes longer than a later call.
    """
    return Template("letters")


def missing_letter(texts: Iterable[str], asked: Template | None = None) -> str | None:
    """Return a letter of these texts that cannot be printed; None if all letters can be printed.

    Args:
        texts: the texts as they would be printed.
        asked: the template that `typeface` returned; None: make a new template.
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
