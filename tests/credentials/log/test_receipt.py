"""The receipt as a document: what is signed, its short form, and what is said of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from dirty_equals import Contains
from hypothesis import given
from hypothesis import strategies as st

from psm_course.credentials.documents import Unreadable, canonical
from psm_course.credentials.log.receipt import (
    Received,
    digest_of,
    is_signed_by,
    read_receipt,
    short_code,
    sign_receipt,
)
from psm_course.credentials.signing.multibase import from_multibase
from psm_course.credentials.verification.verification import verify
from tests.credentials.signed import NOW
from tests.credentials.tampered_receipts import (
    LOG_KEY,
    OFFICE_WITH_LOG,
    RECEIVED,
    a_receipt,
    as_bytes,
)
from tests.credentials.worlds import WORLDS

KEY = OFFICE_WITH_LOG.log_keys[0]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def test_a_receipt_is_signed_over_its_canonical_form_without_the_signature() -> None:
    receipt = a_receipt()

    assert receipt | {"signature": ""} == {
        "format": "psm-receipt/1",
        "office": "3276",
        "quiz": "tes-akhir",
        "participant": "D25-017",
        "document": RECEIVED.document,
        "standing": "recorded",
        "received_at": "2025-01-06T01:00:00Z",
        "log": {"origin": "dinsos.depok.go.id/log/1", "index": 4711},
        "key": LOG_KEY.multikey,
        "signature": "",
    }
    assert is_signed_by(KEY, receipt)
    assert read_receipt(receipt) == RECEIVED


def test_the_receipt_of_the_first_hand_in_of_a_log_is_whole() -> None:
    first = a_receipt(index=0)

    assert read_receipt(first).index == 0


@given(
    TEXTS,
    TEXTS,
    TEXTS,
    st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    st.integers(0, 2**53 - 1),
)
def test_what_is_signed_fast_is_the_canonical_form(
    quiz: str, number: str, origin: str, at: datetime, index: int
) -> None:
    """Signing takes a quicker way to the bytes of RFC 8785 than checking does."""
    received = Received("3276", quiz, number, digest_of(quiz.encode()), "held", at, origin, index)

    signed = sign_receipt(received, LOG_KEY)

    unsigned = {name: value for name, value in signed.items() if name != "signature"}
    assert KEY.has_signed(from_multibase(signed["signature"]), canonical(unsigned))


def test_the_short_form_is_the_code_that_phones_compute() -> None:
    digest = digest_of(b'{"participant":"D26-017"}')

    assert short_code(digest) == "GD4C-WRG8"
    assert short_code(RECEIVED.document) == RECEIVED.code


@pytest.mark.parametrize(
    "changes",
    [
        {"office": 3276},
        {"document": "sha256:00"},
        {"standing": "known"},
        {"received_at": "kemarin"},
        {"received_at": "2025-01-06T01:00:00"},
        {"log": None},
        {"log": {"origin": "x/log/1", "index": -1}},
        {"log": {"origin": "x/log/1", "index": True}},
        {"log": {"origin": 1, "index": 0}},
        {"format": "psm-receipt/2"},
    ],
    ids=str,
)
def test_what_says_too_little_is_no_receipt(changes: dict[str, Any]) -> None:
    with pytest.raises(Unreadable, match=r"bukan tanda terima .*utuh"):
        read_receipt(a_receipt() | changes)


@given(st.data())
def test_no_changed_byte_of_a_receipt_is_ever_valid(data: st.DataObject) -> None:
    genuine = as_bytes(a_receipt())
    at = data.draw(st.integers(0, len(genuine) - 1))
    changed = bytearray(genuine)
    changed[at] = data.draw(st.integers(0, 255).filter(lambda byte: byte != genuine[at]))

    found = verify(bytes(changed), WORLDS["with-log"].published(), NOW)

    assert found.receipt is None or bytes(changed).replace(b" ", b"").translate(
        None, b"\t\n\r"
    ) == genuine.replace(b" ", b"")


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        ("recorded", " dan mencatatnya di register"),
        ("held", " dan menahannya: "),
    ],
)
def test_a_genuine_receipt_says_for_whom_about_what_and_when(standing: str, said: str) -> None:
    found = verify(as_bytes(a_receipt(standing=standing)), WORLDS["with-log"].published(), NOW)

    assert found.verdict == "valid"
    assert found.reason == Contains(
        "Dinas Sosial Kota Depok menerima",
        "jawaban D25-017",
        "kuis tes-akhir",
        f"6 Januari 2025 pukul 08.00{said}",
    )
