"""How long something takes on a machine that is shared."""

from __future__ import annotations

import time
from collections.abc import Callable


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def spent(work: Callable[[], object]) -> float:
    """Seconds of this program's own processor time: what others did meanwhile is not in it, nor
    what a database server did.
    """
    start = time.process_time()
    work()
    return time.process_time() - start


def best_of(
    runs: int,
    work: Callable[[], object],
    measure: Callable[[Callable[[], object]], float] = seconds,
) -> float:
    """Seconds of the fastest of so many runs."""
    return min(measure(work) for _ in range(runs))
