"""People divided into groups so that each home is spread over all of them. The same draw gives the same groups, on any machine."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import mmh3


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who belongs into a group; `home` is what is mixed, empty where it is not said."""

    number: str
    name: str = ""
    home: str = ""


def mixed(members: Sequence[Member], groups: int, draw: int) -> tuple[tuple[Member, ...], ...]:
    """Groups whose sizes, and whose members of each home, differ by one at most; within a group in the order of the numbers.

    Args:
        members: with different numbers.
        groups: how many, from 1.
        draw: another number, other groups.
    """
    drawn = sorted(members, key=lambda member: (_hash(draw, member.home), member.home, _hash(draw, member.number), member.number))
    line = [member for _, home in groupby(drawn, key=lambda member: member.home) for member in home]
    # Dealt like cards, home after home, so that whoever got one more of a home is not the first in turn for the next.
    return tuple(tuple(sorted(line[first::groups], key=lambda member: member.number)) for first in range(groups))


def _hash(draw: int, text: str) -> int:
    return mmh3.hash(f"{draw}|{text}", signed=False)
