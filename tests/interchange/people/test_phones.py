"""Telephone numbers as people type them and as Excel mangles them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psm_course.interchange.people.phones import Phone, read_phone


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("081234567890", Phone("081234567890")),
        ("0812-3456-7890", Phone("081234567890")),
        ("0812 3456 7890", Phone("081234567890")),
        ("+62 812-3456-7890", Phone("081234567890")),
        ("62812 3456 7890", Phone("081234567890")),
        ("+62 (0)812 3456 7890", Phone("081234567890")),
        ("'081234567890", Phone("081234567890")),
        ("(021) 777 1234", Phone("0217771234")),
        ("81234567890", Phone("081234567890", restored=True)),
        ("0812 3456 7890 / 0813 1111 2222", Phone("081234567890", more=True)),
        ("081234567890 dan 081311112222", Phone("081234567890", more=True)),
        ("", Phone("")),
        ("-", Phone("")),
        ("0", Phone("")),
        ("Tidak ada", Phone("")),
        ("belum ada", Phone("")),
        ("tidak punya", Phone("")),
        ("\u202a+62 812-3456-7890\u202c", Phone("081234567890")),
    ],
)
def test_a_telephone_is_one_text_with_its_leading_nought(written: str, phone: Phone) -> None:
    assert read_phone(written) == phone


@pytest.mark.parametrize(
    "written",
    [
        "12",
        "satu",
        "8.12346E+10",
        "0812",
        "0012345678",
        "08123456789012345",
        "=1+1",
        "٠٨١٢٣٤٥٦٧٨٩٠",
        "/",
    ],
)
def test_what_is_no_telephone_number_is_not_guessed(written: str) -> None:
    assert read_phone(written) is None


@given(written=st.text(max_size=300))
def test_a_number_that_was_read_reads_the_same_again(written: str) -> None:
    phone = read_phone(written)

    assert phone is None or read_phone(phone.number) == Phone(phone.number)
