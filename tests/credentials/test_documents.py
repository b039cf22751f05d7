"""The canonical form, which is written by two writers:
the quick one for plain documents must say what the other says.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from psm_course.credentials.documents import (
    DEEPEST,
    LARGEST,
    Unreadable,
    canonical,
    instant,
    read_document,
    written,
)
from psm_course.credentials.formats.attachment import attached_to
from psm_course.local_time import WIB
from tests.credentials.signed import a_badge, as_bytes
from tests.credentials.tampered_pdf import genuine_pdf

_TEXTS = st.text(st.characters(codec="utf-8"))
_LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _TEXTS
)
_VALUES = st.recursive(
    _LEAVES, lambda inner: st.lists(inner) | st.dictionaries(_TEXTS, inner), max_leaves=20
)


@given(st.dictionaries(_TEXTS, _VALUES))
def test_any_document_is_written_as_the_standard_says(document: dict[str, Any]) -> None:
    assert canonical(document) == rfc8785.dumps(document)


@pytest.mark.parametrize(
    "document",
    [
        a_badge(),
        {"\U0001f600": 1, "\ufb33": 2, "\r": 3, "1": 4},  # sorted by UTF-16, not by letter
        {"a": '\x00\x1f"\\/\b\f\n\r\t\x7f\u2028é'},
        {"a": [1.5, 1e21, -0.0, 5e-324, 2**53 - 1]},
    ],
)
def test_what_is_sorted_or_escaped_or_counted_in_its_own_way(document: dict[str, Any]) -> None:
    assert canonical(document) == rfc8785.dumps(document)


@pytest.mark.parametrize(
    "value",
    [2**53, -(2**53), "\ud800", {"\udfff": 1}, float("nan"), float("inf"), {1: 2}, b"x", {1, 2}],
)
def test_what_json_cannot_say_in_one_way_only_is_unreadable(value: object) -> None:
    with pytest.raises(Unreadable):
        canonical({"a": [value]})


def test_a_file_that_needs_mending_is_read_as_a_whole_one_is() -> None:
    """The quick reader refuses it; the slow one is asked then."""
    mendable = genuine_pdf().replace(b"startxref\n", b"startxref\n1")

    assert mendable != genuine_pdf()
    assert attached_to(mendable)[0] == attached_to(genuine_pdf())[0] == as_bytes(a_badge())


# ---- what strangers hand in ----------------------------------------------------------------------


def nested(depth: int) -> bytes:
    """An object that holds lists in lists; so many layers with what stands innermost."""
    return b'{"a":' + b"[" * (depth - 2) + b"1" + b"]" * (depth - 2) + b"}"


def test_a_document_may_be_as_deep_and_as_large_as_it_is_said_and_no_more() -> None:
    assert read_document(nested(DEEPEST))
    assert read_document(b"{}".ljust(LARGEST)) == {}
    for raw in (nested(DEEPEST + 1), b"{}".ljust(LARGEST + 1)):
        with pytest.raises(Unreadable):
            read_document(raw)
    with pytest.raises(Unreadable):
        read_document(b"{} ", largest=2)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b'"x"',
        b"{",
        b'{"a":NaN}',
        b'{"a":-Infinity}',
        b'{"a":1,"a":1}',
        b'{"a":{"b":1,"b":2}}',
        b"\xff",
    ],
)
def test_what_is_no_document_or_can_be_read_in_two_ways_is_unreadable(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        read_document(raw)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("16.0", 16),
        ("16.5", 16.5),
        ("-0.0", 0),
        ("9007199254740991", 2**53 - 1),
        ("9007199254740992", float(2**53)),
        ("1e400", float("inf")),
    ],
)
def test_numbers_are_read_as_a_browser_reads_them(text: str, number: float) -> None:
    read = read_document(f'{{"a":{text}}}'.encode())["a"]

    assert (read, type(read)) == (number, type(number))


def test_an_instant_is_written_in_utc_and_read_with_its_zone() -> None:
    at = datetime(2025, 6, 2, 10, 0, 59, 999, tzinfo=WIB)

    assert written(at) == "2025-06-02T03:00:59Z"
    assert instant(written(at)) == datetime(2025, 6, 2, 3, 0, 59, tzinfo=UTC)
    assert instant("2025-06-02T10:00:00+07:00").utcoffset() == timedelta(hours=7)
    for text, error in (("2025-06-02T10:00:00", ValueError), (None, TypeError)):
        with pytest.raises(error):
            instant(text)  # type: ignore[arg-type] - as a stranger's document may have it
