"""Counting permutations, compared with writing them all down."""

from itertools import pairwise, permutations

import pytest

from psm_course.items.guesses import fixed_points, kept_neighbours


@pytest.mark.parametrize("n", range(1, 8))
def test_counts_agree_with_all_permutations(n: int) -> None:
    orders = list(permutations(range(n)))
    in_place = [sum(at == thing for at, thing in enumerate(order)) for order in orders]
    kept = [sum(second == first + 1 for first, second in pairwise(order)) for order in orders]

    assert [fixed_points(n, k) for k in range(n + 1)] == [in_place.count(k) for k in range(n + 1)]
    assert [kept_neighbours(n, k) for k in range(n)] == [kept.count(k) for k in range(n)]
