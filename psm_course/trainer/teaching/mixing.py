"""Divides people into groups, and spreads the people of each home evenly over the groups.

The same draw gives the same groups on every machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import mmh3


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a group. `home` is the place by which people are mixed; empty if not known."""

    number: str
    name: str = ""
    home: str = ""


def mixed(members: Sequence[Member], groups: int, draw: int) -> tuple[tuple[Member, ...], ...]:
    """Return the groups, with the members of each group sorted by their number.

    The sizes of any two groups differ by one at most. The numbers of people from one home also
    differ by one at most.

    Args:
        members: the people to divide; no two of them have the same `number`.
        groups: number of groups, from 1.
        draw: the number of the draw; another number gives other groups.
    """
    drawn = sorted(
        members,
        key=lambda member: (
            _hash(draw, member.home),
            member.home,
            _hash(draw, member.number),
            member.number,
        ),
    )
    line = [member for _, home in groupby(drawn, key=lambda member: member.home) for member in home]
    # Dealt like cards, home after home, so that whoever got
    # one more of a home is not the first in turn for the next.
    return tuple(
        tuple(sorted(line[first::groups], key=lambda member: member.number))
        for first in range(groups)
    )


def _hash(draw: int, text: str) -> int:
    return mmh3.hash(f"{draw}|{text}", signed=False)
