"""People into groups: each home spread over all of them, the same draw the same groups."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psm_course.trainer.teaching.mixing import Member, mixed

HALL = [
    Member(f"D26-{number:03}", f"Orang {number}", ("Beji", "Cipayung", "Sawangan")[number % 3])
    for number in range(1, 98)
]


def numbers(groups: tuple[tuple[Member, ...], ...]) -> list[list[str]]:
    return [[member.number for member in group] for group in groups]


def test_the_same_draw_gives_the_same_groups_whoever_is_listed_first() -> None:
    assert numbers(mixed(HALL, 5, draw=1)) == numbers(mixed(HALL[::-1], 5, draw=1))
    assert numbers(mixed(HALL, 5, draw=1)) != numbers(mixed(HALL, 5, draw=2))
    assert numbers(mixed([Member(str(number)) for number in range(1, 9)], 2, draw=1)) == [
        ["1", "2", "3", "5"],
        ["4", "6", "7", "8"],
    ]


@given(
    st.lists(st.sampled_from(["Beji", "Cipayung", "Sawangan", ""]), min_size=1, max_size=60),
    st.integers(1, 9),
    st.integers(0, 99),
)
def test_sizes_and_homes_differ_by_one_at_most(homes: list[str], groups: int, draw: int) -> None:
    divided = mixed(
        [Member(f"{number:03}", home=home) for number, home in enumerate(homes)], groups, draw
    )

    assert sorted(member.number for group in divided for member in group) == [
        f"{number:03}" for number in range(len(homes))
    ]
    of_homes = [
        [sum(member.home == home for member in group) for group in divided] for home in set(homes)
    ]
    for counts in ([len(group) for group in divided], *of_homes):
        assert max(counts) - min(counts) <= 1


@pytest.mark.parametrize("group", mixed(HALL, 5, draw=1), ids=range(1, 6))
def test_a_group_is_read_by_number(group: tuple[Member, ...]) -> None:
    assert list(group) == sorted(group, key=lambda member: member.number)
