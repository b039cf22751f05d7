"""A code whose signature is ours but which we never write: a field of another kind, too many of
them, a number below nought.
"""

from __future__ import annotations

import base64
from typing import Any

import cbor2
import pytest

from psm_course.credentials.documents import Unreadable
from psm_course.credentials.formats.token import CLAIM, read_token
from tests.credentials.signed import KEY, a_token

_PROTECTED, _, _PAYLOAD, _ = cbor2.loads(a_token()).value
FACTS = cbor2.loads(_PAYLOAD)[CLAIM]
DIGEST, NAME, NUMBER, PARTICIPANT, KELURAHAN, KIND, ISSUED, SCORE, POSITION = range(9)
EXPIRES = 4


def signed(
    facts: list[Any], claims: dict[int, Any] | None = None, header: dict[int, Any] | None = None
) -> str:
    protected = _cbor(header or cbor2.loads(_PROTECTED))
    payload = _cbor({CLAIM: facts, **(claims or {})})
    signature = KEY.sign(_cbor(["Signature1", protected, b"", payload]))
    return (
        base64.urlsafe_b64encode(_cbor(cbor2.CBORTag(18, [protected, {}, payload, signature])))
        .decode()
        .rstrip("=")
    )


def _cbor(value: object) -> bytes:
    return cbor2.dumps(value, canonical=True)


def with_field(place: int, value: object) -> list[Any]:
    return [*FACTS[:place], value, *FACTS[place + 1 :]]


def test_the_fields_as_we_write_them_are_read() -> None:
    assert read_token(signed(FACTS)).facts["participant"] == "D25-017"
    assert read_token(signed(with_field(SCORE, None))).facts["score"] is None
    assert read_token(signed(with_field(KIND, 0))).facts["kind"] == "attended"
    assert read_token(signed(with_field(POSITION, 0))).position == 0


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (DIGEST, "x" * 32),
        (DIGEST, FACTS[DIGEST][:-1]),
        (DIGEST, FACTS[DIGEST] + b"x"),
        (NAME, 7),
        (NUMBER, 7),
        (NUMBER, None),
        (PARTICIPANT, b"D25-017"),
        (KELURAHAN, 7),
        (KIND, -1),
        (KIND, 2),
        (KIND, True),
        (ISSUED, 20241.0),
        (ISSUED, True),
        (SCORE, 86),
        (SCORE, b"86.67"),
        (POSITION, -1),
        (POSITION, "7"),
        (POSITION, True),
    ],
)
def test_a_field_that_we_never_write_so_is_refused(place: int, value: object) -> None:
    with pytest.raises(Unreadable):
        read_token(signed(with_field(place, value)))


def test_one_day_of_signing_may_follow_the_fields_and_no_two() -> None:
    later = FACTS[ISSUED] + 7

    assert read_token(signed([*FACTS, later])).signed_on == "2025-06-09"
    for wrong in ([later, later], ["2025-06-09"], [None], [True]):
        with pytest.raises(Unreadable):
            read_token(signed([*FACTS, *wrong]))


def test_a_code_expires_at_a_whole_second() -> None:
    assert read_token(signed(FACTS)).expires is None
    assert read_token(signed(FACTS, {EXPIRES: 1_900_000_000})).expires == 1_900_000_000
    for wrong in ("1900000000", 1.5, True, None):
        with pytest.raises(Unreadable):
            read_token(signed(FACTS, {EXPIRES: wrong}))


def test_a_key_is_named_by_bytes() -> None:
    header = cbor2.loads(_PROTECTED)

    assert read_token(signed(FACTS, header=header)).kid == header[4]
    with pytest.raises(Unreadable):
        read_token(signed(FACTS, header={**header, 4: header[4].hex()}))


def test_a_text_longer_than_any_code_is_refused_unread() -> None:
    text = signed(FACTS)
    longest = f"https://{'a' * (4_000 - len(text) - 9)}#{text}"

    assert (len(longest), read_token(longest)) == (4_000, read_token(text))
    with pytest.raises(Unreadable):
        read_token(f" {longest}")
