"""The same people before and after: who is counted, and what is not said."""

from __future__ import annotations

import pytest

from psm_course.analysis.answers import AskedItem, Sitting
from psm_course.analysis.gain import Paired, paired
from tests.analysis.made import a_sitting, an_item

ITEMS = [an_item("1", "sapa"), an_item("2", "sapa"), an_item("3", "catat"), an_item("4", "catat")]


def sat(*patterns: str, start: int = 0) -> tuple[list[AskedItem], list[Sitting]]:
    return ITEMS, [
        a_sitting(f"P{at}", dict(zip("1234", pattern, strict=True)))
        for at, pattern in enumerate(patterns, start)
    ]


def of(before: list[str], after: list[str], start: int = 0) -> Paired:
    return paired(sat(*before), sat(*after, start=start))


def test_the_gain_is_over_who_did_both() -> None:
    """Five did the first only, three the second only."""
    found = of(["abbb"] * 25, ["aaab"] * 20 + ["bbbb"] * 3, start=5)

    assert (found.all.people, found.only_before, found.only_after) == (20, 5, 3)
    assert (found.all.before, found.all.after, found.all.gain) == (25, 75, 50)
    assert found.all.hake_g == pytest.approx(2 / 3)
    assert found.all.d_z is None  # all rose alike
    assert found.pairs == ((25.0, 75.0),) * 20


def test_under_twenty_pairs_nothing_is_told() -> None:
    found = of(["abbb"] * 19, ["aaab"] * 19)

    assert (found.all.people, found.all.gain, found.all.interval, found.is_near_ceiling) == (
        19,
        None,
        None,
        False,
    )


def test_each_objective_has_its_own_gain() -> None:
    found = of(["abbb"] * 10 + ["bbbb"] * 10, ["aabb"] * 20)

    assert list(found.objectives) == ["sapa", "catat"]
    assert (found.objectives["sapa"].gain, found.objectives["catat"].gain) == (75, 0)


def test_all_right_before_leaves_no_room_and_says_so() -> None:
    found = of(["aaaa"] * 20, ["aaaa"] * 20)

    assert (found.all.gain, found.all.hake_g, found.all.d_z) == (0, None, None)
    assert found.is_near_ceiling


@pytest.mark.parametrize(("at_the_top", "warned"), [(3, False), (4, True)])
def test_more_than_fifteen_per_cent_with_all_right_is_near_the_ceiling(
    at_the_top: int, warned: bool
) -> None:
    after = ["aaaa"] * at_the_top + ["aabb"] * (20 - at_the_top)

    assert of(["abbb"] * 20, after).is_near_ceiling is warned
