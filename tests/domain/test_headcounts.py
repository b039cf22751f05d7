"""Men and women, and ages, are counted so that nobody can be told by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from dirty_equals import Contains, IsStr
from hypothesis import given
from hypothesis import strategies as st

from psm_course.domain.headcounts import FEWEST, ages, ages_in_words, sexes_in_words
from psm_course.domain.register import Sex


def born(*ages_and_people: tuple[int, int]) -> list[int | None]:
    """Birth years in 2026 of so many people of each age."""
    return [2026 - age for age, people in ages_and_people for _ in range(people)]


def test_ages_are_told_in_five_bands() -> None:
    assert ages_in_words(
        Counter([*born((24, 5), (25, 6), (34, 1), (44, 8), (54, 9), (55, 5), (80, 2)), None]),
        2026,
    ) == Contains(
        "di bawah 25: 5, 25–34: 7, 35–44: 8, 45–54: 9, 55 ke atas: 7; 1", "; 1 tidak diisi"
    )


TOO_FEW = r"tidak disebut\D+5 orang"


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (
            born((20, 1), (30, 9), (40, 8), (50, 7), (60, 6)),
            "di bawah 35: 10, 35–44: 8, 45–54: 7, 55 ke atas: 6",
        ),
        (
            born((30, 9), (40, 8), (50, 7), (60, 1)),
            "di bawah 25: 0, 25–34: 9, 35–44: 8, 45 ke atas: 8",
        ),
        (born((30, 4), (50, 4)), "di bawah 55: 8, 55 ke atas: 0"),
        (born((30, 2), (60, 30)), "segala umur: 32"),
        (born((30, 3)), IsStr(regex=TOO_FEW)),
        ([None, None], ""),
    ],
)
def test_a_band_of_too_few_is_told_with_its_neighbour(
    people: Sequence[int | None], said: str | IsStr
) -> None:
    assert ages_in_words(Counter(people), 2026) == said


@given(st.dictionaries(st.integers(1930, 2015), st.integers(1, 40), min_size=1))
def test_nobody_is_lost_and_no_band_is_small_but_the_only_one(birth_years: dict[int, int]) -> None:
    bands = ages(birth_years, 2026)

    assert sum(band.people for band in bands) == sum(birth_years.values())
    assert len(bands) == 1 or all(band.people == 0 or band.people >= FEWEST for band in bands)


@pytest.mark.parametrize(
    ("sexes", "said"),
    [
        (["L"] * 12 + ["P"] * 30 + [None] * 3, "12 L, 30 P; 3 tidak diisi"),
        (["P"] * 30, "0 L, 30 P"),
        (["L"] * 20 + ["P"] * 20, "20 L, 20 P"),
        (["L"] * 4 + ["P"] * 30 + [None], IsStr(regex=f"{TOO_FEW}; 1 tidak diisi")),
        ([None, None], ""),
    ],
)
def test_men_and_women_are_told_only_where_neither_are_few(
    sexes: list[Sex | None], said: str | IsStr
) -> None:
    assert sexes_in_words(Counter(sexes)) == said
