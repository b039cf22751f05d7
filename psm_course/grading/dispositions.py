"""What an office decides about an item that turned out faulty: it counts for nobody, or everybody gets its full marks.

Decided once for a quiz and applied to every sitting alike. Where it is kept is `store.dispositions`.
"""

from collections.abc import Mapping
from typing import Literal

from psm_course.items.marks import NOTHING, Mark, Status

Ruling = Literal["disregard", "full"]
Dispositions = Mapping[str, Ruling]

SAID: Mapping[Ruling, str] = {"disregard": "butir ini tidak dihitung untuk siapa pun", "full": "nilai penuh untuk semua"}


def ruled(mark: Mark, ruling: Ruling | None) -> Mark:
    """The mark of an item under a ruling. A faulty item makes no critical error either, and no answer to it is ungradable."""
    if ruling is None:
        return mark
    maximum = mark.maximum if ruling == "full" else NOTHING
    status: Status = "blank" if mark.status == "blank" else "marked"
    return Mark(maximum, maximum, status, SAID[ruling])
