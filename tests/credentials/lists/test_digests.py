"""The digests of what was given out: one file while there are few, then a phone gets one part."""

from __future__ import annotations

from typing import Any

import pytest

from psm_course.credentials.documents import LARGEST, Unreadable
from psm_course.credentials.lists.digests import (
    Digests,
    in_parts,
    letters_for,
    part_of,
    read_digests,
    sign_digests,
)
from psm_course.credentials.verification.published import published
from tests.credentials.signed import FOREIGN_KEY, KEY, LISTED, NUMBER, OFFICE, as_bytes


def numbers(count: int) -> dict[str, list[str]]:
    return {
        f"800.2/{sequence:06}/PSM-DASAR/VI/2025": [f"{sequence:064x}"] for sequence in range(count)
    }


@pytest.mark.parametrize(
    ("count", "letters"),
    [
        (0, 0),
        (256, 0),
        (257, 1),
        (4_096, 1),
        (4_097, 2),
        (65_536, 2),
        (65_537, 3),
        (250_000, 3),
        (1_048_577, 4),
    ],
)
def test_more_numbers_are_cut_finer(count: int, letters: int) -> None:
    assert letters_for(count) == letters


def test_few_stand_in_one_file() -> None:
    assert in_parts(numbers(256)) == {"": numbers(256)}


def test_many_stand_in_parts_each_number_once() -> None:
    parts = in_parts(numbers(5_000))

    assert sorted(parts) == ["", *(f"{part:02x}" for part in range(256))]
    assert parts[""] == {}
    assert {
        number: digests for listed in parts.values() for number, digests in listed.items()
    } == numbers(5_000)
    assert [
        number for part, listed in parts.items() for number in listed if part_of(number, 2) != part
    ] == []


@pytest.mark.parametrize("count", [4_096, 65_536])
def test_a_part_stays_light(count: int) -> None:
    """At its fullest: 256 numbers on average."""
    sizes = [
        len(as_bytes(sign_digests(OFFICE, listed, KEY, LISTED)))
        for listed in in_parts(numbers(count)).values()
    ]

    assert max(sizes) < 40_000 < LARGEST


@pytest.mark.parametrize(
    "typed", [NUMBER.lower(), f" {NUMBER} ", "800.2 / 0007 / PSM-DASAR / VI / 2025"]
)
def test_a_number_is_found_however_it_is_typed(typed: str) -> None:
    assert part_of(typed, 4) == part_of(NUMBER, 4)


def test_what_is_signed_comes_back() -> None:
    first, part = (
        sign_digests(OFFICE, {}, KEY, LISTED, letters=2),
        sign_digests(OFFICE, {NUMBER: ["00"]}, KEY, LISTED, part="3f"),
    )

    assert read_digests(first) == Digests(OFFICE.did, LISTED, {}, letters=2)
    assert read_digests(part) == Digests(OFFICE.did, LISTED, {NUMBER: ("00",)}, part="3f")
    assert {*sign_digests(OFFICE, {}, KEY, LISTED)} == {
        "format",
        "issuer",
        "as_of",
        "pdfs",
        "proof",
    }


def test_parts_are_put_together_and_a_forged_one_is_left_out() -> None:
    documents = [
        sign_digests(OFFICE, {}, KEY, LISTED, letters=1),
        sign_digests(OFFICE, {"1": ["a"]}, KEY, LISTED, part="a"),
        sign_digests(OFFICE, {"2": ["b"]}, FOREIGN_KEY, LISTED, part="b"),
        sign_digests(OFFICE, {"3": ["c"]}, KEY, LISTED, part="c"),
    ]

    assert published([OFFICE], digests=documents).pdfs == {"1": ("a",), "3": ("c",)}


@pytest.mark.parametrize(
    "change",
    [
        {"format": "x"},
        {"issuer": 1},
        {"pdfs": []},
        {"as_of": "x"},
        {"letters": -1},
        {"letters": "2"},
        {"letters": 99},
    ],
)
def test_what_is_no_list_is_unreadable(change: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        read_digests(sign_digests(OFFICE, {}, KEY, LISTED) | change)
