"""Points are exact; rounding is for printing."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from psm_course.items.marks import (
    NOTHING,
    Mark,
    Verdict,
    is_right_by_share,
    marked,
    on_grid,
    print_points,
)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("0", "0"),
        ("2.5", "2.5"),
        ("2.50", "2.5"),
        ("100", "100"),
        ("1E+2", "100"),
        ("66.666666666666", "66.67"),
        ("66.665", "66.67"),
        ("66.6649", "66.66"),
        ("0.005", "0.01"),
        ("0.0049", "0"),
        ("0.9999999999999999999999999999", "1"),
        ("33.33333333333333333333333333", "33.33"),
    ],
)
def test_points_print_with_at_most_two_places_half_up(value: str, printed: str) -> None:
    assert print_points(Decimal(value)) == printed


def test_the_grid_takes_the_error_of_a_division_out_and_nothing_else() -> None:
    third = Decimal(1) / 3

    assert third * 3 != 1
    assert on_grid(third * 3) == 1
    assert on_grid(Decimal("0.3333333333")) != on_grid(Decimal("0.3333333334"))


def test_a_mark_is_shown_and_compared_by_what_was_marked_alone() -> None:
    one, same = (Mark(Decimal("0.5"), Decimal(1), "marked", by_share=True) for _ in range(2))

    assert (one == same, one != replace(same, by_share=False), one is same) == (True, True, False)
    assert (
        repr(one)
        == "Mark(points=Decimal('0.5'), maximum=Decimal('1'), status='marked', message='',"
        " critical=False, by_share=True)"
    )


def test_no_sum_of_a_thousand_marks_is_taken_for_something_else() -> None:
    tallies = [
        Mark(points, maximum, status, critical=critical).tally
        for points, maximum, status, critical in (
            (Decimal(100), NOTHING, "marked", False),
            (NOTHING, Decimal(100), "marked", False),
            (NOTHING, NOTHING, "marked", True),
            (NOTHING, NOTHING, "ungradable", False),
        )
    ]

    assert Mark(NOTHING, NOTHING, "blank").tally == 0
    assert [0 < 1000 * one < next_one for one, next_one in pairwise(tallies)] == [True] * 3


@pytest.mark.parametrize(
    ("verdict", "is_right"),
    [
        (marked(Decimal("0.7")), True),
        (marked(Decimal("0.9")), True),
        (marked(Decimal("0.6")), False),
        (marked(1), False),  # all points say it already
        (marked(Decimal("0.9"), critical=True), False),
        (Verdict("review", Decimal("0.9")), False),
    ],
)
def test_a_share_is_right_from_what_the_item_states(verdict: Verdict, is_right: bool) -> None:
    assert is_right_by_share({"right_from": "0.7"}, verdict) is is_right
    assert is_right_by_share({}, verdict) is False
