"""Which items a learner gets, and in which order: the same on the phone and in the office, with no generator to share.

Things are sorted by MurmurHash3 (x86, 32 bit, seed 0, unsigned) of the UTF-8 text `participant|quiz|attempt|item id`, and for
the choices inside an item of `participant|quiz|attempt|item id|choice id`. Equal hashes fall back on the id.

A draw takes the items that are always drawn, then goes round the groups: one item of each group that has had none, then a
second of each, and so on, each round in the order of the hash. Without groups that is simply the first in the order of the hash.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

import mmh3

from psm_course.content.quiz import Quiz


class Sitting(NamedTuple):
    """Who sits which quiz for the how-manieth time (from 1)."""

    participant: str
    quiz: str
    attempt: int


class Group(NamedTuple):
    """Items of one group that are not always drawn: every draw takes `taken` of them, some draws take one more."""

    ids: tuple[str, ...]
    taken: int
    may_have_one_more: bool


@dataclass(frozen=True)
class DrawPlan:
    """What all draws of a quiz have in common; `extra` groups have one item more than the rest of their kind."""

    always: tuple[str, ...]
    groups: tuple[Group, ...]
    extra: int

    def best_for(self, value: Callable[[str], Fraction], highest: bool = True) -> list[str]:
        """The items of the draw whose values sum highest, or lowest; exact, because groups are drawn from independently."""
        chosen, more = list(self.always), list[str]()
        for group in self.groups:
            ordered = sorted(group.ids, key=value, reverse=highest)
            chosen += ordered[: group.taken]
            more += ordered[group.taken : group.taken + group.may_have_one_more]
        return chosen + sorted(more, key=value, reverse=highest)[: self.extra]


class Draw:
    """The draw of one quiz, ready for any sitting."""

    def __init__(self, quiz: Quiz) -> None:
        self.ids = [item.id for item in quiz.items]
        self.size = quiz.drawn
        self.shuffled = quiz.header.shuffle in ("items", "both")
        self._sorted = sorted(self.ids)
        self._always = quiz.always_drawn
        self._groups = quiz.draw_groups
        self._had = Counter(self._groups[name] for name in self._always)
        self._plain = not self._always and len(set(self._groups.values())) == 1

    def items(self, sitting: Sitting) -> list[str]:
        """The ids of this sitting's items in the order they are shown."""
        if self.size == len(self.ids) and not self.shuffled:
            return list(self.ids)
        ordered = self._ordered(sitting)
        drawn = ordered[: self.size] if self._plain else self._in_rounds(ordered)
        return drawn if self.shuffled else sorted(drawn, key=self.ids.index)

    def _ordered(self, sitting: Sitting) -> list[str]:
        """`seeded_order` of all items, as one number each: a whole cohort's draws are computed again whenever it is graded."""
        prefix, digest, size = _prefix(sitting), mmh3.hash, len(self._sorted)
        numbers = sorted([digest(prefix + name, signed=False) * size + at for at, name in enumerate(self._sorted)])
        return [self._sorted[number % size] for number in numbers]

    def _in_rounds(self, ordered: list[str]) -> list[str]:
        had = dict(self._had)
        rounds: dict[int, list[str]] = {0: []}  # the items always drawn, then those of every round
        for name in ordered:
            number = 0
            if name not in self._always:
                group = self._groups[name]
                number = had[group] = had.get(group, 0) + 1
            rounds.setdefault(number, []).append(name)
        drawn = set(list(chain.from_iterable(rounds[number] for number in sorted(rounds)))[: self.size])
        return [name for name in ordered if name in drawn]

    def plan(self) -> DrawPlan:
        """How many items each group gives, whoever sits."""
        free: dict[str, list[str]] = {}
        for name in self.ids:
            if name not in self._always:
                free.setdefault(self._groups[name], []).append(name)
        left, full = self.size - len(self._always), 0
        while left > 0 and (reached := sum(self._in_round(group, ids, full) for group, ids in free.items())) <= left:
            left, full = left - reached, full + 1
        groups = tuple(
            Group(tuple(ids), min(max(full - self._had[group], 0), len(ids)), left > 0 and self._in_round(group, ids, full))
            for group, ids in free.items()
        )
        return DrawPlan(tuple(name for name in self.ids if name in self._always), groups, left)

    def _in_round(self, group: str, ids: Sequence[str], number: int) -> bool:
        """Whether a group with these free items gives one in that round; rounds count from 0."""
        return self._had[group] <= number < self._had[group] + len(ids)


def seeded_order(sitting: Sitting, ids: Sequence[str], inside: str = "") -> list[str]:
    """`ids` in this sitting's order; `inside` names the item when these are its choices."""
    prefix = _prefix(sitting, inside)
    digest = mmh3.hash
    return [name for _, name in sorted([(digest(prefix + name, signed=False), name) for name in ids])]


def _prefix(sitting: Sitting, inside: str = "") -> str:
    return f"{sitting.participant}|{sitting.quiz}|{sitting.attempt}|{inside + '|' if inside else ''}"
