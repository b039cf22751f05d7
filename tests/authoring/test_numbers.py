"""Numbers as people in Indonesia write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psm_course.authoring.numbers import plain, read_number, write_number


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12", "12"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("  12,5\t", "12.5"),
        ("1.250", "1250"),
        ("1,250", "1.25"),
        ("12.500,75", "12500.75"),
        ("1.250.000", "1250000"),
        ("-1.250", "-1250"),
        ("1250.000", "1250"),
        ("12.5000", "12.5"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("0.250.000", None),
        ("1.25.000", None),
        ("1.2500.000", None),
        ("1,250.75", None),
        ("-5", "-5"),
        ("+5", "5"),
        ("\N{MINUS SIGN}5", "-5"),
        ("010", "10"),
        ("00", "0"),
        ("- 5", None),
        ("--5", None),
        ("5-", None),
        ("", None),
        (" ", None),
        (".", None),
        (",5", None),
        ("5,", None),
        ("1 250", None),
        ("1_250", None),
        ("abc", None),
        ("lima", None),
        ("Rp5000", None),
        ("50%", None),
        ("1e3", None),
        ("0x10", None),
        ("½", None),
        ("٣", None),
        ("５", None),
        ("nan", None),
        ("Infinity", None),
        ("5\n6", None),
    ],
)
def test_read_number(written: str, meant: str | None) -> None:
    assert read_number(written) == (None if meant is None else Decimal(meant))


def test_forty_digits_are_a_number_and_forty_one_are_not() -> None:
    assert read_number("1" * 40) == Decimal("1" * 40)
    assert read_number("1" * 41) is None


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("2.50", "2,5"),
        ("100", "100"),
        ("1E+2", "100"),
        ("0.000", "0"),
        ("-0.5", "-0,5"),
        ("1250", "1250"),
    ],
)
def test_write_number_uses_a_decimal_comma_and_no_idle_zeros(value: str, written: str) -> None:
    assert write_number(Decimal(value)) == written


@pytest.mark.parametrize(
    ("value", "text"),
    [("2.50", "2.5"), ("1E+2", "100"), ("10", "10"), ("1E-7", "0.0000001"), ("0.10", "0.1")],
)
def test_plain_has_no_exponent_and_no_idle_zeros(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


@given(st.integers(-(10**9), 10**9), st.integers(0, 99))
def test_what_is_written_is_read_back(whole: int, hundredths: int) -> None:
    value = Decimal(f"{whole}.{hundredths:02}")

    assert read_number(write_number(value)) == value


@given(st.text(max_size=60))
def test_no_text_makes_read_number_fail(text: str) -> None:
    value = read_number(text)

    assert value is None or value.is_finite()
