"""Record numbers by the office's own pattern, and the patterns that would give one number twice."""

from __future__ import annotations

from datetime import datetime

import pytest
from dirty_equals import Contains

from psm_course.credentials.number_patterns import file_name, find_sequence, record_number
from psm_course.errors import Refused
from tests.register_builders import NOW, WIB


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("800.2/{seq:04}/PSM-DASAR/{roman_month}/{year}", "800.2/0007/PSM-DASAR/XI/2026"),
        ("{seq}/{month:02}/{year}", "7/11/2026"),
        ("{year}-{seq:03}", "2026-007"),
        ("{{PSM}} {seq} {year}", "{PSM} 7 2026"),
    ],
)
def test_a_number_follows_the_pattern(pattern: str, number: str) -> None:
    assert record_number(pattern, 7, NOW) == number


@pytest.mark.parametrize(
    ("month", "roman"),
    [*enumerate(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"], 1)],
)
def test_months_are_written_in_roman(month: int, roman: str) -> None:
    assert (
        record_number("{seq}/{roman_month}/{year}", 7, datetime(2026, month, 1, tzinfo=WIB))
        == f"7/{roman}/2026"
    )


def test_a_number_outgrows_its_width() -> None:
    assert record_number("{seq:02}/{year}", 1234, NOW) == "1234/2026"


@pytest.mark.parametrize(
    "pattern", ["", "800.2", "{seq}", "{year}", "{roman_month}/{month}", "{seq:04}/{month}"]
)
def test_a_pattern_that_gives_one_number_twice_is_refused(pattern: str) -> None:
    with pytest.raises(Refused) as refused:
        record_number(pattern, 7, NOW)

    assert str(refused.value) == Contains(f'nomor "{pattern}" harus', "{seq} dan {year}")


@pytest.mark.parametrize(
    "pattern",
    [
        "{seq}/{yeer}",
        "{}/{year}",
        "{seq",
        "seq}",
        "{seq:xx}/{year}",
        "{seq!z}/{year}",
        "{seq.04}/{year}",
        "{seq[0]}/{year}",
    ],
)
def test_a_pattern_that_cannot_be_read_is_refused_with_an_example(pattern: str) -> None:
    with pytest.raises(Refused) as refused:
        record_number(pattern, 7, NOW)

    assert str(refused.value) == Contains(
        f'nomor "{pattern}" tidak', " 800.2/{seq:04}/PSM-DASAR/{roman_month}/{year}."
    )


@pytest.mark.parametrize(
    ("pattern", "number", "found"),
    [
        (
            "800.2/{seq:04}/PSM-DASAR/{roman_month}/{year}",
            "800.2/0007/PSM-DASAR/XI/2026",
            (2026, 7),
        ),
        (
            "800.2/{seq:04}/PSM-DASAR/{roman_month}/{year}",
            "800.2/12345/PSM-DASAR/I/2027",
            (2027, 12345),
        ),
        ("{seq}/{month:02}/{year}", "7/11/2026", (2026, 7)),
        ("{year}-{seq:03} ({year})", "2026-007 (2026)", (2026, 7)),
        ("{year}-{seq:03} ({year})", "2026-007 (2025)", None),
        ("800.2/{seq}/{year}", "800x2/7/2026", None),
        ("{seq}/{year}", "7/2026 ", None),
        ("{seq}/{year}", "7/26", None),
        ("{seq}", "7", None),
        ("{year}", "2026", None),
        ("{seq}/{yeer}", "7/2026", None),
        ("{}/{year}", "7/2026", None),
        ("{seq", "7", None),
    ],
)
def test_year_and_sequence_are_found_in_a_number_of_the_pattern(
    pattern: str, number: str, found: tuple[int, int] | None
) -> None:
    assert find_sequence(pattern, number) == found


def test_a_file_is_called_by_the_number_without_what_no_system_likes() -> None:
    assert file_name("800.2/0007/PSM DASAR/VI/2025") == "800.2-0007-PSM-DASAR-VI-2025.pdf"
    assert file_name("7", "json") == "7.json"
