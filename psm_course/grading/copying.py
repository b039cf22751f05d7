"""Finds pairs of people with the same wrong answers to the same items.

Such a pair is a reason for a closer look at the answers, never a proof of copying.
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

    `first` and `second` are their participant numbers, in the order of the numbers. `same` is the
    number of items that both answered wrong in the same way.
    """

    first: str
    second: str
    same: int


def alike(wrong: Mapping[str, WrongAnswers]) -> tuple[Alike, ...]:
    """Return pairs of people with at least ENOUGH identical wrong answers.

    Pairs with most identical answers come first.

    Args:
        wrong: by participant number, the wrong answers by item id; blanks are left out.
    """
    counts = Counter(
        pair for together in _who_answered(wrong) for pair in combinations(sorted(together), 2)
    )
    found = [Alike(*pair, same) for pair, same in counts.items() if same >= ENOUGH]
    return tuple(sorted(found, key=lambda each: (-each.same, each.first, each.second)))


def _who_answered(wrong: Mapping[str, WrongAnswers]) -> Iterable[set[str]]:
    """Yield sets of participant numbers: people who gave the same wrong answer to an item."""
    given: dict[tuple[str, bytes], set[str]] = defaultdict(set)
    for person, answers in wrong.items():
        for item, response in answers.items():
            given[item, orjson.dumps(response, option=orjson.OPT_SORT_KEYS)].add(person)
    return given.values()
