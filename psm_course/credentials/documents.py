"""Signed JSON: one canonical form (RFC 8785), and a strict reader for input from strangers."""

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
    """The input is not what it should be; the message is an Indonesian sentence that says why."""


def canonical(document: Mapping[str, Any]) -> bytes:
    """The document as canonical bytes (RFC 8785).

    Raises:
        Unreadable: it contains a number of more than 53 bits or a broken letter, which have no
            single form in JSON.
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
    """True if orjson writes the canonical form: no fraction, no huge number, names in ASCII only.

    orjson is many times faster. RFC 8785 sorts names by UTF-16 units, orjson by bytes; for ASCII
    this gives the same order.
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
    """Read one JSON object.

    Args:
        largest: the most bytes accepted.

    Raises:
        Unreadable: it is too large, too deep, not UTF-8, not JSON, or an object has a name twice.
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
    """Read a number as a browser does.

    `16.0` is 16, and a number too large for exact counting is rounded.
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
    """A time as our documents have it: UTC, whole seconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def instant(text: str) -> datetime:
    """Read a time in ISO 8601 form, which must name its time zone.

    Raises:
        ValueError: the text is not a time, or has no time zone.
        TypeError: the value is not a text.
    """
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return at
