"""A participant's card: its secret code, the key derived from it, and the link in its QR code.

This module does not know where the secret is kept.
"""

import hmac
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, unquote

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
_MISREAD = str.maketrans("ILO", "110")
_SECRET_BYTES = 10
_LENGTH = 17  # of a code: 16 letters and the check letter
_LONGEST_NAME = 20  # bytes
_NUMBER = "[A-Za-z0-9]{1,12}-[0-9]{1,9}"
_CARD = re.compile(rf"(?:.*#kartu=)?({_NUMBER})(?:\.([^.]*)(?:\.(.*))?)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Card:
    """The contents of a card that was scanned or typed.

    `code` and `name` are empty if only the number was typed.
    """

    number: str
    code: str = ""
    name: str = ""


def card_code(secret: bytes, office: str, number: str, serial: int) -> str:
    """Return the code of a card: 17 letters without dashes.

    The same arguments always give the same code. A new card of the same person has a higher
    `serial`, and so another code.
    """
    digest = hmac.digest(secret, f"psm-card/1|{office}|{number}|{serial}".encode(), "sha256")
    bits = int.from_bytes(digest[:_SECRET_BYTES])
    letters = "".join(_LETTERS[bits >> shift & 31] for shift in range(5 * 15, -1, -5))
    return letters + _check_letter(letters)


def read_code(typed: str) -> str | None:
    """Read a typed or scanned code of 17 letters, in any case, with any spaces and dashes.

    Returns:
        The code in capital letters, without spaces and dashes. None if the code has a wrong letter
        or another length.
    """
    code = re.sub(r"[\s\u2010-\u2015-]", "", typed).upper().translate(_MISREAD)
    if len(code) != _LENGTH or not set(code) <= set(_LETTERS):
        return None
    return code if _check_letter(code[:-1]) == code[-1] else None


def shown_code(code: str) -> str:
    """Return a code as it is printed: `XXXX-XXXX-XXXX-XXXX-C`."""
    return "-".join(code[at : at + 4] for at in range(0, _LENGTH, 4))


def mac_key(code: str) -> bytes:
    """Derive the MAC key (32 bytes) of a card from its code, with HKDF-SHA256.

    A phone signs its hand-ins with this key. The signature tells nothing about the code.
    """
    return HKDF(SHA256(), 32, salt=None, info=b"psm-mac/1").derive(code.encode())


def pairing_proof(key: bytes, number: str) -> str:
    """Make the proof that a phone knows the code of a card, without sending the code.

    The proof is an HMAC-SHA256 in hex. `key` is the MAC key of the card (`mac_key` makes it from
    the code); `number` is the participant number.
    """
    return hmac.digest(key, f"psm-pair/1|{number}".encode(), "sha256").hex()


def card_link(site: str, number: str, code: str, name: str) -> str:
    """Return the link in a card's QR code.

    Everything secret or personal is after the `#`: browsers do not send that part to a server.
    """
    return f"{site.rstrip('/')}/#kartu={number}.{code}.{quote(short_name(name), safe='')}"


def short_name(name: str) -> str:
    """Shorten a name, so that people who share one phone can find their own.

    "Siti Nurhayati, S.Sos" becomes "Siti N". The result has at most 20 bytes of UTF-8.
    """
    words = name.partition(",")[0].split()
    # The first word that is no "Hj." or "M.".
    called = next(
        (at for at, word in enumerate(words) if len(word) > 2 and not word.endswith(".")), 0
    )
    initial = [word[0] for word in words[called + 1 : called + 2]]
    return _cut(" ".join([*words[: called + 1], *initial]))


def read_card(text: str) -> Card | None:
    """Read a card's link, `NUMBER.CODE`, or a number alone, as scanned or typed.

    Returns:
        The number, code and name, as far as the text has them. None if the text is none of these,
        or if the code has a wrong letter.
    """
    found = _CARD.fullmatch(text.strip())
    if found is None:
        return None
    number, written, name = found.groups(default="")
    code = read_code(written)
    if code is None and (written or name):
        return None
    return Card(number.upper(), code or "", _cut(unquote(name)))


def _check_letter(letters: str) -> str:
    """Compute the check letter for the other 16 letters of a code.

    The arithmetic is that of the finite field with 32 elements.

    With the check letter `read_code` detects any single wrong letter and any two swapped letters.

    Crockford's own check letter, modulo 37, needs the signs * ~ $ = U. They are hard to find on a
    phone's keyboard, and not safe in a link.
    """
    check = 0
    for letter in letters:
        check = _doubled(check ^ _LETTERS.index(letter))
    return _LETTERS[check]


def _doubled(element: int) -> int:
    return element << 1 ^ (0b100101 if element & 16 else 0)


def _cut(name: str) -> str:
    """Cut a name to at most 20 bytes of UTF-8, without cutting a letter or losing its accents."""
    kept = name.encode()[:_LONGEST_NAME].decode(errors="ignore")
    while kept and unicodedata.combining(name[len(kept) :][:1] or " "):
        kept = kept[:-1]
    return kept.strip()
