"""Keys and signatures as text: read as written, also a second time, and nothing else is read."""

from __future__ import annotations

from typing import Any

import pytest

from psm_course.credentials.signing.multibase import from_multibase, to_multibase

SIGNATURE = bytes(range(64))


@pytest.mark.parametrize("raw", [b"", b"\0", b"\0\0a", SIGNATURE, bytes(32), b"\xff" * 64])
def test_what_was_written_is_read_again_and_again(raw: bytes) -> None:
    assert [from_multibase(to_multibase(raw)) for _ in range(3)] == [raw] * 3


@pytest.mark.parametrize("text", ["", "Z1", "u1", "z0", "zO", "z+", "z" + "1" * 128])
def test_another_text_is_none_also_when_asked_again(text: str) -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="base58btc"):
            from_multibase(text)


@pytest.mark.parametrize("value", [None, 1, ["z1"], {"z": 1}, b"z1"])
def test_what_is_no_text_is_none(value: Any) -> None:
    with pytest.raises(ValueError, match="base58btc"):
        from_multibase(value)
