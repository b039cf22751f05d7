"""Numbers as people in Indonesia write them: `12,5` is `12.5`, and `1.250` is 1250."""

import re
from decimal import Decimal

LONGEST = 40
_THOUSANDS = re.compile(r"([+-]?[1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?", re.ASCII)
_PLAIN = re.compile(r"([+-]?\d+)(?:[.,](\d+))?", re.ASCII)


def read_number(text: str) -> Decimal | None:
    """Return the number that `text` means, or None if `text` is not exactly one number.

    A point before exactly three digits separates thousands: `1.250` is 1250, `12.500,75` is
    12500.75. Any other point or comma separates decimals. `0.125` is a fraction, because no number
    with separated thousands starts with 0.
    """
    # What phones and word processors write for a minus.
    written = text.strip().replace("\N{MINUS SIGN}", "-")
    if len(written) > LONGEST:
        return None
    grouped = _THOUSANDS.fullmatch(written)
    if grouped:
        whole, fraction = grouped.group(1).replace(".", ""), grouped.group(2)
    elif plain := _PLAIN.fullmatch(written):
        whole, fraction = plain.group(1), plain.group(2)
    else:
        return None
    return Decimal(f"{whole}.{fraction}" if fraction else whole)


def write_number(value: Decimal) -> str:
    """Write a number for an Indonesian reader: decimal comma, no trailing zeros."""
    return plain(value).replace(".", ",")


def plain(value: Decimal) -> str:
    """Write a decimal without exponent or trailing zeros: `2.50` is `2.5`, `1E+2` is `100`."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
