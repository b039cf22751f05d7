"""Pairs of people with the same wrong answers to the same items.

A reason to look closer, never a verdict.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import orjson

# With fewer than three, two honest people are alike too often: everybody falls for the same wrong
# choice now and then.
ENOUGH = 3
WrongAnswers = Mapping[str, Any]  # response by item


@dataclass(frozen=True, slots=True)
class Alike:
    """Two participants with the same wrong answers.

    `first` and `second` are in the order of their numbers; `same` is the number of items both
    answered wrong in the same way.
    """

    first: str
    second: str
    same: int


def alike(wrong: Mapping[str, WrongAnswers]) -> tuple[Alike, ...]:
    """Find pairs with at least ENOUGH identical wrong answers, those with most first.

    Args:
        wrong: by participant, the wrong answers by item; blanks are left out.
    """
    counts = Counter(
        pair for together in _who_answered(wrong) for pair in combinations(sorted(together), 2)
    )
    found = [Alike(*pair, same) for pair, same in counts.items() if same >= ENOUGH]
    return tuple(sorted(found, key=lambda each: (-each.same, each.first, each.second)))


def _who_answered(wrong: Mapping[str, WrongAnswers]) -> Iterable[set[str]]:
    """For every wrong answer to an item, the people who gave it."""
    given: dict[tuple[str, bytes], set[str]] = defaultdict(set)
    for person, answers in wrong.items():
        for item, response in answers.items():
            given[item, orjson.dumps(response, option=orjson.OPT_SORT_KEYS)].add(person)
    return given.values()
