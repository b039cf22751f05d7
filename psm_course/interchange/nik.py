"""Recognises the number of an identity card (NIK) or of a family card, 16 digits, in any text.

The course needs no NIK, stores none, and repeats none in a message.
"""

import re

from psm_course.authoring.problems import shorten

REASON = "Kursus ini tidak memerlukan NIK dan tidak menyimpannya"

_HEADING = re.compile(
    r"\bnik\b|\b(?:no|nomor|nomer|nmr)\W*(?:e\W*)?(?:ktp|kk)\b"
    r"|induk\W*kependudukan|kartu\W*keluarga"
)
_SIXTEEN = re.compile(r"(?<!\d)\d{16}(?!\d)")
# Province, district and subdistrict, a birthday (women: day + 40), a serial number.
_SHAPED = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])(?:0[1-9]|1[0-2])\d{6}(?!\d)"
)
_IN_PROSE = re.compile(r"\d(?:[ .\-–]{0,3}\d){15}")
_MANGLED = re.compile(r"[1-9](?:[.,]\d+)?e\+15", re.IGNORECASE)


def quoted(cell: str, width: int = 40) -> str:
    """Return a cell in the form in which messages quote it: short and printable.

    A NIK in the cell is replaced by "16 angka".
    """
    return "16 angka" if holds_nik(cell) else f'"{shorten(cell, width)}"'


def is_nik_heading(heading: str) -> bool:
    """True if a column with this heading has NIKs or family-card numbers."""
    written = heading[:200].casefold()
    return bool(_HEADING.search(written) or _HEADING.search(written.replace(".", "")))


def holds_sixteen_digits(sentence: str) -> bool:
    """True if a sentence has 16 or more digits, with only spaces, points and dashes between them.

    The digits need not have the form of a NIK. For cells of a sheet use `holds_nik`, which is
    stricter: if there are signs between the digits, they must have the form of a NIK.
    """
    return _IN_PROSE.search(sentence) is not None


def holds_nik(cell: str) -> bool:
    """True if a cell has a number of 16 digits, which is probably a NIK.

    The digits may be written without signs between them, or shortened by Excel (`3,27601E+15`). If
    there are spaces, points or dashes between them, they must have the form of a NIK: place,
    birthday, serial number.
    """
    if len(cell) < 6:
        return False
    return bool(
        _SIXTEEN.search(cell)
        or _SHAPED.search(re.sub(r"(?<=\d)[ .\-](?=\d)", "", cell))
        or _MANGLED.fullmatch(cell.strip())
    )
