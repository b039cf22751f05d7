"""Dispositions of faulty items: an item counts for nobody, or everybody gets its full marks.

A disposition is an officer's decision on one item of one quiz. It applies to every sitting of this
quiz. `store.dispositions` stores the decisions.
"""

from collections.abc import Mapping
from typing import Literal

from psm_course.items.marks import NOTHING, Mark, Status

Disposition = Literal["disregard", "full"]
Dispositions = Mapping[str, Disposition]

MESSAGES: Mapping[Disposition, str] = {
    "disregard": "butir ini tidak dihitung untuk siapa pun",
    "full": "nilai penuh untuk semua",
}


def apply_disposition(mark: Mark, disposition: Disposition | None) -> Mark:
    """Return the mark of an item after its disposition (an officer's decision on a faulty item).

    `disposition` is None if no officer decided about the item; the mark then stays as it is. After
    a disposition a mark is never a critical error and never ungradable.
    """
    if disposition is None:
        return mark
    maximum = mark.maximum if disposition == "full" else NOTHING
    status: Status = "blank" if mark.status == "blank" else "marked"
    return Mark(maximum, maximum, status, MESSAGES[disposition])
