"""Paths through a case, from a step to the end."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

END = "end"


class Path(NamedTuple):
    """A path to the end of a case.

    `credit` is the sum of the credits of the choices on the path (0 to 1 for each choice).
    `criticals` is the number of dangerous choices on the path. `taken` is the path itself:
    `("step:choice", …)`.
    """

    credit: Decimal = Decimal(0)
    criticals: int = 0
    taken: tuple[str, ...] = ()


def best_path(steps: Mapping[str, Mapping[str, Mapping[str, Any]]], start: str) -> Path:
    """Return the path with the most credit, from the step `start` to the end.

    If several paths have the most credit, the result is one of them with the fewest dangerous
    choices. `steps` are the steps of the item's scoring data. No path may lead back to a step that
    is already on it.
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
