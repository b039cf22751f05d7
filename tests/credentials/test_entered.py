"""The open log by the library, over the table of `entered`.
The command and the page have tests of their own name.
"""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from psm_course.credentials.log.tiles import tiles_through
from psm_course.credentials.verification.verdict import Kind
from psm_course.credentials.verification.verification import verify
from tests.credentials.entered import FOUND, Case, entered_cases
from tests.credentials.log.made_up import world
from tests.credentials.signed import NOW

CASES = entered_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_library_says_what_the_table_says(case: Case) -> None:
    found = case.answer()

    assert (found.verdict, found.log) == (case.verdict, case.log)
    assert case.says in found.reason


def test_the_log_never_makes_a_verdict_better() -> None:
    worse_and_worse = get_args(Kind)
    for case in CASES:
        found, bare = case.answer().verdict, verify(case.given, world(case.world), NOW).verdict

        assert worse_and_worse.index(found) >= worse_and_worse.index(bare)
    assert Counter(case.verdict for case in CASES)["unlogged"] > 150
    assert sum(case.says == FOUND for case in CASES) > 35


@pytest.mark.parametrize(
    ("size", "most"),
    [
        (1, 1),
        (255, 1),
        (256, 2),
        (257, 3),
        (65_535, 3),
        (65_536, 3),
        (65_537, 4),
        (65_793, 5),
        (1_500_000, 5),
        (16_777_216, 4),
    ],
)
def test_few_tiles_show_a_leaf(size: int, most: int) -> None:
    indexes = {0, 1, size // 3, size // 2, size - 2, size - 1}

    assert max(len(tiles_through(index, size)) for index in indexes if 0 <= index < size) == most
