"""Which items a learner gets, and in which order: the same on the phone and in the office, with no generator to share.

Things are sorted by MurmurHash3 (x86, 32 bit, seed 0, unsigned) of the UTF-8 text `participant|quiz|attempt|item id`, and for
the choices inside an item of `participant|quiz|attempt|item id|choice id`. Equal hashes fall back on the id.

A draw takes the items that are always drawn, then goes round the groups: one item of each group that has had none, then a
second of each, and so on, each round in the order of the hash. Without groups that is simply the first in the order of the hash.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
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
        self._always = quiz.always_drawn
        groups = quiz.draw_groups
        self._had = Counter(groups[name] for name in self._always)
        self._free: dict[str, list[str]] = {}
        for name in self.ids:
            if name not in self._always:
                self._free.setdefault(groups[name], []).append(name)
        self._rounds, self._extra = self._whole_rounds()
        self._prepare()

    def _prepare(self) -> None:
        """What a draw needs, as numbers: a whole cohort's draws are computed again whenever it is graded.

        An item that can be drawn is its place in the order of the ids. `_gives` says how many items each group gives in whole rounds.
        """
        giving = [group for group in self._free if self._had[group] < self._rounds + (self._extra > 0)]
        groups = {name: number for number, group in enumerate(giving) for name in self._free[group]}
        self._by_id = sorted([*self._always, *groups])
        self._hashed = [name.encode() for name in self._by_id]
        self._certain = [place for place, name in enumerate(self._by_id) if name in self._always]
        self._uncertain = [place for place, name in enumerate(self._by_id) if name in groups]
        self._group_at = [groups.get(name, 0) for name in self._by_id]
        self._gives = [self._rounds - self._had[group] for group in giving]
        self._in_file = {name: place for place, name in enumerate(self.ids)}

    def items(self, sitting: Sitting) -> list[str]:
        """The ids of this sitting's items in the order they are shown."""
        if self.size == len(self.ids) and not self.shuffled:
            return list(self.ids)
        prefix, digest = f"{sitting.participant}|{sitting.quiz}|{sitting.attempt}|".encode(), mmh3.mmh3_32_uintdigest
        order = list(map(digest, map(prefix.__add__, self._hashed))).__getitem__
        drawn = self._in_rounds(sorted(self._uncertain, key=order))
        drawn.sort()  # sorting keeps the order of the ids where hashes are equal, above and below
        drawn.sort(key=order)
        shown = [self._by_id[place] for place in drawn]
        return shown if self.shuffled else sorted(shown, key=self._in_file.__getitem__)

    def _in_rounds(self, ordered: list[int]) -> list[int]:
        """Those drawn: what is always, of the rest so many whole rounds, then the first of the next."""
        gives, group_at, extra, size = self._gives.copy(), self._group_at, self._extra, self.size
        drawn = self._certain.copy()
        for place in ordered:
            group = group_at[place]
            left = gives[group]
            if left > 0 or (left == 0 and extra):
                extra -= left == 0
                gives[group] = left - 1
                drawn.append(place)
                if len(drawn) == size:
                    break
        return drawn

    def plan(self) -> DrawPlan:
        """How many items each group gives, whoever sits."""
        groups = tuple(
            Group(
                tuple(ids),
                min(max(self._rounds - self._had[group], 0), len(ids)),
                self._extra > 0 and self._gives_in(self._rounds, group),
            )
            for group, ids in self._free.items()
        )
        return DrawPlan(tuple(name for name in self.ids if name in self._always), groups, self._extra)

    def _whole_rounds(self) -> tuple[int, int]:
        """How many rounds a draw goes all the way, and how many items it takes of the one after."""
        left, full = self.size - len(self._always), 0
        while left > 0 and (reached := sum(self._gives_in(full, group) for group in self._free)) <= left:
            left, full = left - reached, full + 1
        return full, left

    def _gives_in(self, number: int, group: str) -> bool:
        """Whether that round, from 0, takes an item of the group."""
        return self._had[group] <= number < self._had[group] + len(self._free[group])
