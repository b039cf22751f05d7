"""Status lists and corrections: which bit is whose, what a broken or hostile list does, and what
the list of corrections keeps.
"""

from __future__ import annotations

import base64
import gzip
from datetime import date
from typing import Any

import pytest
from dirty_equals import Contains
from hypothesis import given
from hypothesis import strategies as st

from psm_course.credentials.documents import Unreadable, canonical, read_document
from psm_course.credentials.lists.corrections import Corrections, read_corrections
from psm_course.credentials.lists.status_list import (
    LENGTH,
    StatusPlace,
    decode_bits,
    encode_bits,
    places_of,
    read_places,
    read_status_list,
    status_entry,
)
from psm_course.credentials.lists.status_list import status_list as signed_list
from psm_course.credentials.signing.keys import Issuer
from psm_course.credentials.verification.published import published
from tests.credentials.signed import (
    KEY,
    LISTED,
    OFFICE,
    SITE,
    a_correction,
    corrections,
    status_lists,
)


@given(st.sets(st.integers(0, LENGTH - 1), max_size=20))
def test_exactly_the_bits_of_the_given_positions_are_set(positions: set[int]) -> None:
    read = read_status_list(signed_list(OFFICE, "revocation", 0, positions, KEY, LISTED))

    assert sum(bin(byte).count("1") for byte in read.bits) == len(positions)
    assert all(read.is_set(position) for position in positions)


def test_the_first_bit_is_the_leftmost() -> None:
    assert read_status_list(status_lists(revoked=[0])[0]).bits[:2] == b"\x80\x00"


def test_positions_run_on_over_the_lists() -> None:
    last, first = LENGTH - 1, LENGTH
    lists = [
        read_status_list(signed_list(OFFICE, "revocation", number, [last, first], KEY, LISTED))
        for number in (0, 1, 2)
    ]

    assert [[each.is_set(index) for index in (0, LENGTH - 1)] for each in lists] == [
        [False, True],
        [True, False],
        [False, False],
    ]
    assert places_of(SITE, first) == (
        StatusPlace("revocation", f"{SITE}/status/1-revocation.json", 0),
        StatusPlace("refresh", f"{SITE}/status/1-refresh.json", 0),
    )


def test_the_entry_of_a_credential_leads_to_both_places() -> None:
    assert read_places(status_entry(SITE, LENGTH + 5)) == places_of(SITE, LENGTH + 5)


def test_a_list_says_whose_it_is_and_of_when() -> None:
    read = read_status_list(status_lists()[1])

    assert (read.id, read.issuer, read.purpose, read.as_of) == (
        f"{SITE}/status/0-refresh.json",
        OFFICE.did,
        "refresh",
        LISTED,
    )


def test_a_list_of_few_bits_is_small_and_always_the_same() -> None:
    assert len(canonical(status_lists([1, 77, 5000])[0])) < 1_350
    assert status_lists([1, 77])[0] == status_lists([77, 1])[0]


# The bits of a packed list as others write them: with a time. A fixed one, for the names of tests
# must be the same in every process.
OTHERS = "u" + base64.urlsafe_b64encode(
    gzip.compress(b"\x01" + bytes(LENGTH // 8 - 1), mtime=1_700_000_000)
).decode().rstrip("=")


def test_a_list_packed_by_others_is_read() -> None:
    assert decode_bits(OTHERS)[:2] == b"\x01\x00"


def _packed(raw: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(raw).decode().rstrip("=")


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "u",
        "z" + OTHERS[1:],
        OTHERS[:-9],
        OTHERS[:20] + "é" + OTHERS[21:],
        _packed(b"halo"),
        _packed(gzip.compress(b"", mtime=1_700_000_000)),
        encode_bits(bytes(LENGTH // 8 - 1)),
        encode_bits(bytes(LENGTH // 8 + 1)),
        encode_bits(bytes(50_000_000)),
    ],
)
def test_bits_that_are_not_a_list_are_unreadable_and_never_unpacked_whole(encoded: str) -> None:
    with pytest.raises(Unreadable) as unreadable:
        decode_bits(encoded)

    assert str(unreadable.value) == "Daftar status tidak terbaca."


@pytest.mark.parametrize(
    "change",
    [
        {"type": ["VerifiableCredential"]},
        {"type": None},
        {"validFrom": "2025-06-09"},
        {"validFrom": None},
        {"id": 5},
        {"issuer": {"id": OFFICE.did}},
        {"credentialSubject": None},
        {"credentialSubject": {"statusPurpose": "revocation"}},
        {"credentialSubject": {"statusPurpose": "revocation", "encodedList": 5}},
    ],
)
def test_what_is_no_list_is_unreadable(change: dict[str, Any]) -> None:
    with pytest.raises(Unreadable) as unreadable:
        read_status_list(status_lists()[0] | change)

    assert str(unreadable.value) == "Daftar status tidak terbaca."


ENTRY = status_entry(SITE, 7)


@pytest.mark.parametrize(
    "change",
    [
        {"statusPurpose": "refresh"},
        {"statusPurpose": None},
        {"statusListIndex": "-1"},
        {"statusListIndex": str(LENGTH)},
        {"statusListIndex": "tujuh"},
        {"statusListIndex": None},
        {"statusListCredential": f"{SITE}/status/0-refresh.json"},
        {"statusListCredential": "-revocation.json"},
        {"statusListCredential": 5},
    ],
)
def test_an_entry_that_we_never_write_is_unreadable(change: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        read_places(ENTRY | change)


@pytest.mark.parametrize("index", [0, LENGTH - 1])
def test_an_entry_may_name_the_first_bit_and_the_last(index: int) -> None:
    assert [place.index for place in read_places(ENTRY | {"statusListIndex": str(index)})] == [
        index,
        index,
    ]


def test_a_list_may_be_relied_on_for_half_a_year_unless_it_says_otherwise() -> None:
    document = signed_list(OFFICE, "revocation", 0, [], KEY, LISTED)
    short = signed_list(OFFICE, "revocation", 0, [], KEY, LISTED, days=2)
    from_before = {name: value for name, value in document.items() if name != "validUntil"}

    assert [
        (read_status_list(each).until - LISTED).days for each in (document, short, from_before)
    ] == [180, 2, 180]


# ---- corrections ---------------------------------------------------------------------------------


def test_corrections_come_back_and_the_last_word_on_a_number_counts() -> None:
    first, second = (
        a_correction(superseded_by="800.2/0012"),
        a_correction(number="800.2/0012", on=date(2025, 6, 9)),
    )
    last = a_correction(reason="Tidak hadir")

    read = read_corrections(read_document(canonical(corrections(first, second, last))))

    assert read == Corrections(
        OFFICE.did, LISTED.replace(hour=7), {first.number: last, second.number: second}
    )


@pytest.mark.parametrize(
    "change",
    [
        {"format": "x"},
        {"issuer": None},
        {"as_of": "2025"},
        {"corrections": 1},
        {"corrections": [{}]},
        {"corrections": [{"number": "1", "on": "x"}]},
    ],
)
def test_what_is_no_list_of_corrections_is_unreadable(change: dict[str, Any]) -> None:
    with pytest.raises(Unreadable) as unreadable:
        read_corrections(corrections(a_correction()) | change)

    assert str(unreadable.value) == Contains(
        "Daftar perbaikan sertifikat", "sertifikat tidak terbaca"
    )


def test_a_published_document_that_has_no_digest_is_passed_over() -> None:
    half_a_letter = {"before": "\ud800", "after": ""}
    document = {
        "format": "psm-issuance/1",
        "issuer": "did:web:contoh.id",
        "number": half_a_letter,
        "facts": {},
    }

    assert (
        published(
            [Issuer("did:web:contoh.id", "Contoh", "https://contoh.id")], issuances=[document]
        ).issuances
        == {}
    )
