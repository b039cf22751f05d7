"""Paths through a case, from a step to the end."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

END = "end"


class Path(NamedTuple):
    """A path to the end of a case.

    `credit` is the sum of its credits, `criticals` the number of its critical choices, `taken` the
    path itself: `("step:choice", …)`.
    """

    credit: Decimal = Decimal(0)
    criticals: int = 0
    taken: tuple[str, ...] = ()


def best_path(steps: Mapping[str, Mapping[str, Mapping[str, Any]]], start: str) -> Path:
    """Return the path with the most credit, from the step `start` to the end.

    Of paths with equal credit it is one with the fewest critical choices. `steps` are the steps of
    the item's scoring data. No step may lead back to itself.
    """
    best = {END: Path()}

    def onward(step: str) -> Path:
        if step not in best:
            best[step] = max(
                (
                    _before(onward(choice["next"]), f"{step}:{name}", choice)
                    for name, choice in steps[step].items()
                ),
                key=lambda path: (path.credit, -path.criticals),
            )
        return best[step]

    return onward(start)


def _before(path: Path, taken: str, choice: Mapping[str, Any]) -> Path:
    return Path(
        path.credit + Decimal(choice["credit"]),
        path.criticals + choice["critical"],
        (taken, *path.taken),
    )
