"""One marker per item type, looked up by the type's name.

Each module has `mark(scoring, response) -> Verdict`, which executes the item's compiled scoring data, and
`guesses(scoring) -> Guesses`, what uniform guessing would earn.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

from psm_course.items import ITEM_TYPES
from psm_course.items.base import Scoring
from psm_course.items.guesses import Guesses
from psm_course.items.marks import Verdict


class Marker(NamedTuple):
    """The two things a type must know about its own marking."""

    mark: Callable[[Scoring, Any], Verdict]
    guesses: Callable[[Scoring], Guesses]


_MODULES = {name: import_module(f"psm_course.items.{name}.marker") for name in ITEM_TYPES}
MARKERS = {name: Marker(module.mark, module.guesses) for name, module in _MODULES.items()}
