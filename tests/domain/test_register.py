"""Values of the register that decide a little: what of an enrolment is corrected, who is expected,
what per cent an attempt is.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from psm_course.domain.register import Enrolment, Left
from tests.register_builders import an_attempt

SITI = Enrolment("D26-001", "D26", "Siti", "Curug", "0812")


def roster(enrolment: Enrolment) -> tuple[str | None, str | None, str | None]:
    return enrolment.roster_name, enrolment.roster_kelurahan, enrolment.roster_phone


def test_a_correction_keeps_what_the_roster_said_of_what_it_changes() -> None:
    corrected = SITI.corrected("Siti Aminah", "Curug", None)

    assert corrected == replace(
        SITI, name="Siti Aminah", phone=None, roster_name="Siti", roster_phone="0812"
    )


def test_a_second_correction_keeps_what_the_roster_said_first() -> None:
    assert roster(
        SITI.corrected("Siti A", "Pasir Putih", "0813").corrected("Siti Aminah", "Curug", "0814")
    ) == ("Siti", "Curug", "0812")


def test_a_first_telephone_is_a_correction_of_none() -> None:
    corrected = replace(SITI, phone=None).corrected("Siti", "Curug", "0813")

    assert (corrected.phone, roster(corrected)) == ("0813", (None, None, ""))


def test_a_telephone_that_neither_had_is_no_correction() -> None:
    assert roster(replace(SITI, phone=None).corrected("Siti", "Curug", "")) == (None, None, None)


def test_the_same_roster_again_does_not_undo_a_correction() -> None:
    corrected = SITI.corrected("Siti Aminah", "Pasir Putih", "0813")

    assert corrected.as_on_roster("Siti", "Curug", "0812") == corrected


def test_another_roster_counts_and_takes_no_telephone_away() -> None:
    corrected = SITI.corrected("Siti Aminah", "Pasir Putih", "0813")

    assert corrected.as_on_roster("Sitti", "Sawangan", "0899") == replace(
        corrected, name="Sitti", kelurahan="Sawangan", phone="0899"
    )
    assert corrected.as_on_roster("Siti", "Curug", "") == corrected


@pytest.mark.parametrize(
    ("left", "expected"), [(None, True), ("withdrawn", False), ("merged", False)]
)
def test_who_left_is_expected_no_more(left: Left | None, expected: bool) -> None:
    assert replace(SITI, left_as=left).is_expected == expected


def test_who_was_erased_is_shown_without_a_name() -> None:
    assert (SITI.shown_name, replace(SITI, name="").shown_name) == ("Siti", "(data dihapus)")


def test_an_attempt_is_somebodys_own_unless_it_is_said_otherwise() -> None:
    assert (an_attempt().bound, an_attempt(bound=False).bound) == (True, False)


@pytest.mark.parametrize(
    ("points", "maximum", "percent"), [("3", "4", "75"), ("0", "4", "0"), ("0", "0", "0")]
)
def test_an_attempt_at_nothing_is_nought_per_cent(points: str, maximum: str, percent: str) -> None:
    attempt = an_attempt("tes-akhir")._replace(points=Decimal(points), maximum=Decimal(maximum))

    assert attempt.percent == Decimal(percent)
