"""How many numbers a restored office leaves out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from psm_course.errors import Refused
from psm_course.registrar.backup.gaps import Gap, Known, gaps_for
from psm_course.registrar.log.high_water import HighWater

NOTHING_NEWER = Known(HighWater({("bimtek", 2026): 87}), {}, None, {}, ("bimtek",), 2026, waiting=3)


@pytest.mark.parametrize(
    ("changes", "last"),
    [
        ({}, 87 + 100 + 6),  # nobody knows: a hundred, and two for each person who waits for one
        ({"events_since": 5}, 92),
        ({"events_since": 5000}, 87 + 106),
        ({"found": {("bimtek", 2026): 92}}, 92),
        ({"found": {("bimtek", 2026): 92}, "events_since": 5000}, 92),
        ({"told": {"bimtek": 95}}, 95),
        ({"told": {"bimtek": 95}, "found": {("bimtek", 2026): 92}}, 95),
    ],
)
def test_the_last_number_left_out(changes: dict[str, Any], last: int) -> None:
    assert gaps_for(replace(NOTHING_NEWER, **changes)) == (Gap("bimtek", 2026, 88, last),)


def test_nothing_is_left_out_where_an_officer_says_that_nothing_was_given() -> None:
    assert gaps_for(replace(NOTHING_NEWER, told={"bimtek": 87})) == ()


def test_every_course_has_its_own_gap_and_a_new_year_begins_anew() -> None:
    known = replace(NOTHING_NEWER, courses=("bimtek", "lanjutan"), year=2027, waiting=0)

    assert gaps_for(known) == (Gap("bimtek", 2027, 1, 100), Gap("lanjutan", 2027, 1, 100))


def test_a_number_found_of_a_year_that_is_over_is_left_out_too() -> None:
    known = replace(NOTHING_NEWER, found={("bimtek", 2025): 40}, told={"bimtek": 87})

    assert gaps_for(known) == (Gap("bimtek", 2025, 1, 40),)


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({"bimtek": 91}, r"Nomor urut 92 \(bimtek\) .* mungkin 91"),
        ({"lain": 9}, 'Kursus "lain" .*: bimtek'),
    ],
)
def test_what_an_officer_says_must_fit_what_is_known(told: dict[str, int], named: str) -> None:
    with pytest.raises(Refused, match=named):
        gaps_for(replace(NOTHING_NEWER, found={("bimtek", 2026): 92}, told=told))
