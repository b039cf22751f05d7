"""Certificate numbers, made and read by the pattern that the office has set."""

import re
from datetime import datetime
from string import Formatter

from psm_course.errors import Refused

_ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_FIELDS = {"seq": "[0-9]+", "year": "[0-9]{4}", "month": "[0-9]{1,2}", "roman_month": "[IVX]+"}


def record_number(pattern: str, sequence: int, at: datetime) -> str:
    """Format a certificate number such as `800.2/0007/PSM-DASAR/XI/2026`.

    Args:
        pattern: for example `800.2/{seq:04}/PSM-DASAR/{roman_month}/{year}`.
        sequence: the running number within the year.
        at: the time of issue; its year and month are those of the number.

    Raises:
        Refused: the pattern is broken, or lacks `{seq}` or `{year}`, so that numbers would repeat.
    """
    tried = ((sequence, at.year), (sequence + 1, at.year), (sequence, at.year + 1))
    try:
        numbers = [
            pattern.format(
                seq=seq, roman_month=_ROMAN_MONTHS[at.month - 1], month=at.month, year=year
            )
            for seq, year in tried
        ]
    except (KeyError, IndexError, ValueError, AttributeError, TypeError):
        raise Refused(
            f'Pola nomor "{pattern}" tidak dapat dipakai. Contoh:'
            " 800.2/{seq:04}/PSM-DASAR/{roman_month}/{year}."
        ) from None
    if len(set(numbers)) < 3:
        raise Refused(
            f'Pola nomor "{pattern}" harus memuat {{seq}} dan {{year}}, supaya tidak ada nomor yang'
            " sama."
        )
    return numbers[0]


def find_sequence(pattern: str, number: str) -> tuple[int, int] | None:
    """Return the year and the sequence that a number of this pattern contains.

    None if the number does not fit the pattern.
    """
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:
        return None
    if {field for _, field, _, _ in parts if field is not None} - set(_FIELDS):
        return None
    expected, named = "", set[str]()
    for literal, field, _, _ in parts:
        expected += re.escape(literal)
        if field is not None:
            expected += f"(?P={field})" if field in named else f"(?P<{field}>{_FIELDS[field]})"
            named.add(field)
    found = re.fullmatch(expected, number)
    return (int(found["year"]), int(found["seq"])) if found and {"year", "seq"} <= named else None


def file_name(number: str, kind: str = "pdf") -> str:
    """Return the name of a record's file: the certificate number, then a dot and `kind`.

    Slashes and other characters that are no ASCII letter, digit or dot are replaced by `-`.
    """
    return re.sub(r"[^A-Za-z0-9.]+", "-", number) + f".{kind}"
