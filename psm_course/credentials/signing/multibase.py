"""Ed25519 public keys and signatures as text.

Both are written in base58btc after the letter `z` (multibase); a public key is written as a
Multikey. JSON Web Tokens and status lists use base64url instead.
"""

import base64
from functools import lru_cache

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}
# Two letters at a time: a receipt waits for it.
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]
_LONGEST = 128  # a signature has 88 letters; base58 of a hostile megabyte would take minutes
_ED25519_PUBLIC = b"\xed\x01"


def to_multibase(raw: bytes) -> str:
    """Write bytes as base58btc text after the letter `z`."""
    number = int.from_bytes(raw, "big")
    pairs = []
    while number:
        number, rest = divmod(number, len(_PAIRS))
        pairs.append(_PAIRS[rest])
    zeros = len(raw) - len(raw.lstrip(b"\0"))
    return "z" + "1" * zeros + "".join(reversed(pairs)).lstrip("1")


def from_multibase(text: str) -> bytes:
    """Read the bytes of a base58btc text of at most 128 letters that begins with `z`.

    Raises:
        ValueError: the text has another form, or is longer.
    """
    if not isinstance(text, str) or not text.startswith("z") or len(text) > _LONGEST:
        raise ValueError("not base58btc")
    return _decoded(text)


@lru_cache(maxsize=16)  # a certificate's signature is read more than once, a key again and again
def _decoded(text: str) -> bytes:
    number = 0
    try:
        for letter in text[1:]:
            number = number * 58 + _VALUES[letter]
    except KeyError:
        raise ValueError("not base58btc") from None
    zeros = len(text[1:]) - len(text[1:].lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def from_base64url(text: str) -> bytes:
    """Read the bytes of a base64url text without padding.

    Raises:
        ValueError: the text is not base64url.
    """
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def to_multikey(raw: bytes) -> str:
    """Write an Ed25519 public key (32 bytes) as text, `z6Mk…`."""
    return to_multibase(_ED25519_PUBLIC + raw)


def from_multikey(text: str) -> bytes:
    """Read the 32 bytes of an Ed25519 public key that is written as `z6Mk…`.

    Raises:
        ValueError: the text is not an Ed25519 public key.
    """
    raw = from_multibase(text)
    if not raw.startswith(_ED25519_PUBLIC) or len(raw) != 34:
        raise ValueError("not an Ed25519 Multikey")
    return raw[2:]
