"""Draws the items a learner gets, in order: the same on the phone and in the office.

Phone and office share no random generator, so both sort by a hash instead: MurmurHash3 (x86, 32
bit, seed 0, unsigned) of the UTF-8 text `participant|quiz|attempt|item id`. For the choices inside
an item the text is `participant|quiz|attempt|item id|choice id`. Equal hashes are sorted by id.

A draw first takes one item of each set of variants. Then it takes items from the groups in rounds
(a group is all items with one objective, if the quiz has `draw_by: objective`). In the first round
every group that has given no item gives one; in the second round every group gives a second item,
and so on. Within a round the order of the hash decides. Without groups the draw takes the first
items in the order of the hash.

The variant is chosen by the turn of a sitting (`turn_of`). So people with neighbouring numbers get
different variants, and one person gets different variants in successive attempts.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TYPE_CHECKING, NamedTuple

import mmh3

from psm_course.content.quiz import Quiz

if TYPE_CHECKING:
    from psm_course.grading.many_draws import ManyDraws


class Sitting(NamedTuple):
    """One attempt (counted from 1) of one participant at one quiz.

    A draw, the choice of the items that the participant gets, depends only on the sitting and the
    quiz.
    """

    participant: str
    quiz: str
    attempt: int


def turn_of(sitting: Sitting) -> int:
    """Return the turn of a sitting, the number that decides which of the variants it gets.

    The turn is the participant's number + attempt − 1. Of the participant's number, only the last
    run of digits counts: `D26-017` is 17. Of a longer run, only the last nine digits count, so that
    JavaScript needs no larger numbers; a number without digits is 0. The turn chooses among k
    variants, sorted by id: the sitting gets the variant with the index turn modulo k.
    """
    number = _NUMBER.search(sitting.participant)
    return (int(number[1]) if number else 0) + sitting.attempt - 1


_NUMBER = re.compile(r"([0-9]{1,9})[^0-9]*\Z")
_WORTH_IT = 32  # sittings: fewer are drawn faster one by one


def _prefix(sitting: Sitting) -> bytes:
    """Return `participant|quiz|attempt|` of a sitting, as bytes.

    Items are sorted by the hash of a text. The text is this beginning, followed by the item's id.
    """
    return f"{sitting.participant}|{sitting.quiz}|{sitting.attempt}|".encode()


class Group(NamedTuple):
    """A group of items: every draw takes `taken` of them.

    If `may_have_one_more` is True, some draws take one more. A set of variants is a group of which
    one item is taken.
    """

    ids: tuple[str, ...]
    taken: int
    may_have_one_more: bool


@dataclass(frozen=True)
class DrawPlan:
    """The number of items that are drawn from each group; the same in every draw of a quiz.

    Every draw takes `taken` items from each group. In addition, it takes one more item from `extra`
    of the groups with `may_have_one_more`.
    """

    groups: tuple[Group, ...]
    extra: int

    def best_for(self, value: Callable[[str], Fraction], highest: bool = True) -> list[str]:
        """Choose the items of the draw that has the highest (or lowest) sum of values.

        The result is exact if the groups do not depend on each other.

        Args:
            value: a function that returns the value of an item for its id.
            highest: True for the highest sum, False for the lowest.
        """
        chosen, more = list[str](), list[str]()
        for group in self.groups:
            ordered = sorted(group.ids, key=value, reverse=highest)
            chosen += ordered[: group.taken]
            more += ordered[group.taken : group.taken + group.may_have_one_more]
        return chosen + sorted(more, key=value, reverse=highest)[: self.extra]


class _Turn(NamedTuple):
    """Facts that all draws with the same turn share.

    The turn is the number of a sitting that decides which variants it gets (see `turn_of`). The
    facts are computed once, because a whole cohort is drawn again whenever it is graded. `ids` are
    the ids of all items that can be drawn with this turn, sorted; `hashed` are the same ids as
    bytes. `certain` and `uncertain` have indexes of `ids`: `certain` items are drawn in every
    sitting with this turn, `uncertain` items only in some. `group_at` has, for each item, the index
    of its group.
    """

    ids: list[str]
    hashed: list[bytes]
    certain: list[int]
    uncertain: list[int]
    group_at: list[int]


class Draw:
    """The choice of items from one quiz, prepared for any number of sittings."""

    def __init__(self, quiz: Quiz) -> None:
        self.ids = [item.id for item in quiz.items]
        self.size = quiz.drawn
        self.shuffled = quiz.header.shuffle in ("items", "both")
        self._takes_all = self.size == quiz.most_drawn and not self.shuffled
        self._variants = tuple(quiz.variants.values())
        self._turns = lcm(*map(len, self._variants))
        groups = quiz.draw_groups
        self._had = Counter(groups[names[0]] for names in self._variants)
        self._free: dict[str, list[str]] = {}
        for item in quiz.items:
            if not item.variants:
                self._free.setdefault(groups[item.id], []).append(item.id)
        self._rounds, self._extra = self._whole_rounds()
        giving = [
            group for group in self._free if self._had[group] < self._rounds + (self._extra > 0)
        ]
        self._groups = {
            name: number for number, group in enumerate(giving) for name in self._free[group]
        }
        # How many items each group gives in whole rounds.
        self._gives = [self._rounds - self._had[group] for group in giving]
        self._in_file = {name: place for place, name in enumerate(self.ids)}
        self._made: dict[int, _Turn] = {}

    def _turn(self, sitting: Sitting) -> _Turn:
        number = turn_of(sitting) % self._turns
        return self._made.get(number) or self._made.setdefault(number, self._make(number))

    def _make(self, number: int) -> _Turn:
        chosen = {names[number % len(names)] for names in self._variants}
        ids = sorted([*chosen, *self._groups])
        certain = [place for place, name in enumerate(ids) if name in chosen]
        uncertain = [place for place, name in enumerate(ids) if name in self._groups]
        return _Turn(
            ids,
            [name.encode() for name in ids],
            certain,
            uncertain,
            [self._groups.get(name, 0) for name in ids],
        )

    def items(self, sitting: Sitting) -> list[str]:
        """Return the item ids of this sitting, in the order in which they are shown."""
        ids, hashed, certain, uncertain, group_at = self._turn(sitting)
        if self._takes_all:
            return sorted(ids, key=self._in_file.__getitem__)
        order = list(
            map(mmh3.mmh3_32_uintdigest, map(_prefix(sitting).__add__, hashed))
        ).__getitem__
        drawn = self._in_rounds(certain.copy(), sorted(uncertain, key=order), group_at)
        drawn.sort()  # sorting keeps the order of the ids where hashes are equal, above and below
        drawn.sort(key=order)
        shown = [ids[place] for place in drawn]
        return shown if self.shuffled else sorted(shown, key=self._in_file.__getitem__)

    def items_of(self, sittings: Sequence[Sitting]) -> list[list[str]]:
        """Return for each sitting the ids of its items, in the order in which they are shown.

        For a few hundred sittings this takes a fifth of the time of calling `items` for each
        sitting.
        """
        if self._takes_all or len(sittings) < _WORTH_IT:
            return [self.items(sitting) for sitting in sittings]
        return self._many.items(list(map(_prefix, sittings)), list(map(turn_of, sittings)))

    @cached_property
    def _many(self) -> "ManyDraws":
        # Numpy takes longer to load than all else here.
        from psm_course.grading.many_draws import Columns, ManyDraws  # noqa: PLC0415

        ids = sorted([*(name for names in self._variants for name in names), *self._groups])
        at = {name: place for place, name in enumerate(ids)}
        groups: dict[int, list[int]] = {}
        for name, group in self._groups.items():
            groups.setdefault(group, []).append(at[name])
        sets = tuple(tuple(at[name] for name in names) for names in self._variants)
        given = tuple((tuple(groups[group]), gives) for group, gives in enumerate(self._gives))
        shown_at = () if self.shuffled else tuple(self._in_file[name] for name in ids)
        return ManyDraws(Columns(tuple(ids), sets, given, self._extra, shown_at))

    def _in_rounds(self, drawn: list[int], ordered: list[int], group_at: list[int]) -> list[int]:
        """Choose the remaining items of a sitting; add them to `drawn`, and return `drawn`.

        Each group gives one item for every complete round in which it takes part. In the last,
        incomplete round only as many groups give an item as the draw still needs: those whose next
        item comes first in `ordered`.

        Args:
            drawn: indexes of the items that every sitting with this turn gets.
            ordered: indexes of the items from which to choose the rest, sorted by hash.
            group_at: the index of each item's group.
        """
        gives, extra, size = self._gives.copy(), self._extra, self.size
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
        """Return the plan of the draw: the number of items that are drawn from each group.

        A group is all items with one objective, or all items of the quiz (`Quiz.draw_groups`). A
        set of variants is a group too. The plan is the same for every sitting.
        """
        certain = tuple(Group(names, 1, may_have_one_more=False) for names in self._variants)
        groups = tuple(
            Group(
                tuple(ids),
                min(max(self._rounds - self._had[group], 0), len(ids)),
                self._extra > 0 and self._gives_in(self._rounds, group),
            )
            for group, ids in self._free.items()
        )
        return DrawPlan((*certain, *groups), self._extra)

    def _whole_rounds(self) -> tuple[int, int]:
        """Return the number of complete rounds, and the number of items in the last round.

        In a complete round each group for which `_gives_in` is true gives one item. The last round
        is incomplete: it takes only the items that the draw still needs, perhaps none.
        """
        left, full = self.size - len(self._variants), 0
        while (
            left > 0
            and (reached := sum(self._gives_in(full, group) for group in self._free)) <= left
        ):
            left, full = left - reached, full + 1
        return full, left

    def _gives_in(self, number: int, group: str) -> bool:
        """True if the group gives an item in the round `number`, which is counted from 0.

        A group that has already given items of sets of variants begins in a later round. A group
        whose items are all drawn gives nothing.
        """
        return self._had[group] <= number < self._had[group] + len(self._free[group])
