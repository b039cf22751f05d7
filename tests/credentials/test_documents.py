"""The canonical form, which is written by two writers: the quick one for plain documents must say what the other says."""

from __future__ import annotations

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from psm_course.credentials.documents import Unreadable, canonical
from psm_course.credentials.formats.attachment import credential_in
from tests.credentials.signed import a_badge, as_bytes
from tests.credentials.tampered_pdf import genuine_pdf

_TEXTS = st.text(st.characters(codec="utf-8"))
_LEAVES = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False) | _TEXTS
_VALUES = st.recursive(_LEAVES, lambda inner: st.lists(inner) | st.dictionaries(_TEXTS, inner), max_leaves=20)


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


@pytest.mark.parametrize("value", [2**53, -(2**53), "\ud800", {"\udfff": 1}, float("nan"), float("inf"), {1: 2}, b"x", {1, 2}])
def test_what_json_cannot_say_in_one_way_only_is_unreadable(value: object) -> None:
    with pytest.raises(Unreadable):
        canonical({"a": [value]})


def test_a_file_that_needs_mending_is_read_as_a_whole_one_is() -> None:
    """The quick reader refuses it; the slow one is asked then."""
    mendable = genuine_pdf().replace(b"startxref\n", b"startxref\n1")

    assert mendable != genuine_pdf()
    assert credential_in(mendable) == credential_in(genuine_pdf()) == as_bytes(a_badge())
