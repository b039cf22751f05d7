"""Reads telephone numbers as people type them and as Excel damages them: `081234567890`."""

import re
import unicodedata
from dataclasses import dataclass

_NONE = re.compile(
    r"[-–—\s.0]*|(?:tidak|tdk|tak|ga|gak|nggak|belum|blm) (?:ada|punya)|kosong|nihil|n/?a"
)
_SQUEEZED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_ALLOWED = re.compile(r"\+?[\d\s().\-–]+")


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number that begins with 0; `number` is empty for a person without a phone.

    `restored` is True if Excel had removed the 0 in front, and it was added again. `more` is True
    if the cell had further numbers, which are left out.
    """

    number: str
    restored: bool = False
    more: bool = False


def read_phone(written: str) -> Phone | None:
    """Read a telephone number. Invisible direction marks, which WhatsApp adds, are ignored.

    Returns:
        The telephone number. If the cell says that the person has no phone, the `number` of the
        result is empty. None if the cell cannot be a telephone number.
    """
    text = (
        "".join(letter for letter in written if unicodedata.category(letter) != "Cf")
        .strip()
        .lstrip("'")
        .strip()
    )
    if _NONE.fullmatch(text.casefold()):
        return Phone("")
    first, *rest = [
        part.strip() for part in re.split(r"[/;,&]|\bdan\b|\batau\b", text) if part.strip()
    ] or [""]
    if not _ALLOWED.fullmatch(first):
        return None
    digits = re.sub(r"[^\d]", "", first)
    eaten = digits.startswith("8")
    if digits.startswith("62"):
        digits = "0" + digits[2:].removeprefix("0")
    elif eaten:
        digits = "0" + digits
    if not re.fullmatch(r"0[1-9]\d{6,12}", digits, re.ASCII):
        return None
    return Phone(digits, eaten, bool(rest))


def is_squeezed(written: str) -> bool:
    """True if Excel shortened a number to a form such as `8,12E+10`: its last digits are lost."""
    return _SQUEEZED.fullmatch(written.strip()) is not None
