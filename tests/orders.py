"""The published order of a sitting, written a second time: what `Draw` and the phone's scripts are compared with."""

from __future__ import annotations

from collections.abc import Sequence

import mmh3

from psm_course.grading.draw import Sitting


def seeded_order(sitting: Sitting, ids: Sequence[str], inside: str = "") -> list[str]:
    """`ids` in this sitting's order; `inside` names the item when these are its choices."""
    prefix = f"{sitting.participant}|{sitting.quiz}|{sitting.attempt}|{inside + '|' if inside else ''}"
    return sorted(ids, key=lambda name: (mmh3.hash(prefix + name, signed=False), name))
