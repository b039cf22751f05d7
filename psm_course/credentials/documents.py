"""Signed JSON: one canonical form (RFC 8785), and a strict reader for files from outside."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson
import rfc8785

from psm_course.errors import PsmError

Json = dict[str, Any]

LARGEST = 1_000_000
DEEPEST = 32
_EXACT = 2**53 - 1
_CONTAINERS = (dict, list)


class Unreadable(PsmError):
    """Raised if input cannot be read or is no valid document.

    The message is an Indonesian sentence that says why.
    """


def canonical(document: Mapping[str, Any]) -> bytes:
    """Return a document as canonical JSON bytes (RFC 8785).

    Raises:
        Unreadable: the document contains an integer of more than 53 bits or an invalid character;
            canonical JSON has no form for them.
    """
    whole = dict(document)
    try:
        return (
            orjson.dumps(whole, option=orjson.OPT_SORT_KEYS)
            if _is_plain(whole)
            else rfc8785.dumps(whole)
        )
    except (
        rfc8785.CanonicalizationError,
        orjson.JSONEncodeError,
        UnicodeEncodeError,
        RecursionError,
    ):
        raise Unreadable("Isi berkas memuat angka atau huruf yang tidak sah.") from None


def _is_plain(value: object) -> bool:
    """True if orjson writes this value in canonical form, so that `rfc8785` is not needed.

    The result is True if the value contains no float, no integer of more than 53 bits, and only
    ASCII keys in its objects. orjson is many times faster than `rfc8785`. RFC 8785 sorts keys by
    UTF-16 units, orjson sorts keys by bytes; for ASCII keys both give the same order.
    """
    # All names at once, and nothing called for a text: a folder of certificates asks this of three
    # hundred values each.
    if type(value) is int:
        return -_EXACT <= value <= _EXACT
    if isinstance(value, dict):
        try:
            if not "".join(value).isascii():
                return False
        except TypeError:  # a name is no text
            return False
        value = value.values()
    elif not isinstance(value, list):
        return (
            value is None
            or isinstance(value, str | bool)
            or (isinstance(value, int) and -_EXACT <= value <= _EXACT)
        )
    return all(map(_is_plain, [each for each in value if type(each) is not str]))


def read_document(raw: bytes, largest: int = LARGEST) -> Json:
    """Read one JSON object from bytes; returns the object as a dictionary.

    Args:
        largest: maximum size of `raw`, in bytes.

    Raises:
        Unreadable: the input is too large, not UTF-8, not a JSON object, has more than DEEPEST
            levels of nesting, or has the same key twice in one object.
    """
    if len(raw) > largest:
        raise Unreadable(f"Berkas terlalu besar: paling banyak {largest // 1_000_000} MB.")
    try:
        text = raw.decode("utf-8-sig")
        try:
            document = _STRICT.decode(text)
        except Unreadable:  # twins, which are named only in whole JSON
            json.loads(text, parse_int=float, parse_constant=_no_constant)
            raise
    except (ValueError, RecursionError):
        raise Unreadable("Berkas ini bukan JSON yang utuh.") from None
    if not isinstance(document, dict):
        raise Unreadable("Berkas JSON ini bukan sertifikat.")
    _refuse_depth(document, DEEPEST)
    return document


def _without_twins(pairs: list[tuple[str, Any]]) -> Json:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise Unreadable(
            "Berkas JSON memuat nama isian yang sama dua kali, sehingga isinya dapat dibaca dengan"
            " dua cara."
        )
    return document


def _number(text: str) -> float | int:
    """Read a JSON number as a browser reads it.

    `16.0` becomes the integer 16. A whole number of more than 53 bits becomes a rounded float.
    """
    value = float(text)
    return int(value) if value.is_integer() and abs(value) <= _EXACT else value


def _no_constant(name: str) -> None:
    raise ValueError(name)


_STRICT = json.JSONDecoder(
    object_pairs_hook=_without_twins,
    parse_int=_number,
    parse_float=_number,
    parse_constant=_no_constant,
)


def _refuse_depth(value: Json | list[Any], left: int) -> None:
    if left == 1 and value:
        raise Unreadable("Isi berkas terlalu berlapis-lapis.")
    for child in value.values() if isinstance(value, dict) else value:
        if type(child) in _CONTAINERS:
            _refuse_depth(child, left - 1)


def written(at: datetime) -> str:
    """Format a time as in our documents: UTC, whole seconds, such as `2026-11-30T09:00:00Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def instant(text: str) -> datetime:
    """Read a time in ISO 8601 form; returns an aware datetime.

    Raises:
        ValueError: the text is not a time, or has no time zone.
        TypeError: the value is not a text.
    """
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return at
