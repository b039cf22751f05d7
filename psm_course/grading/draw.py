"""Which items a learner gets, and in which order: the same on the phone and in the office, with no generator to share.

Things are sorted by MurmurHash3 (x86, 32 bit, seed 0, unsigned) of the UTF-8 text `participant|quiz|attempt|item id`, and for
the choices inside an item of `participant|quiz|attempt|item id|choice id`. Equal hashes fall back on the id.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import mmh3


class Sitting(NamedTuple):
    """Who sits which quiz for the how-manieth time (from 1)."""

    participant: str
    quiz: str
    attempt: int


def seeded_order(sitting: Sitting, ids: Sequence[str], inside: str = "") -> list[str]:
    """`ids` in this sitting's order; `inside` names the item when these are its choices."""
    prefix = f"{sitting.participant}|{sitting.quiz}|{sitting.attempt}|{inside + '|' if inside else ''}"
    digest = mmh3.hash
    return [name for _, name in sorted([(digest(prefix + name, signed=False), name) for name in ids])]


def drawn_items(sitting: Sitting, ids: Sequence[str], draw: int | None, shuffled: bool) -> list[str]:
    """The ids of this sitting's items in the order they are shown."""
    if draw is None and not shuffled:
        return list(ids)
    ordered = seeded_order(sitting, ids)[:draw]
    return ordered if shuffled else sorted(ordered, key=ids.index)
