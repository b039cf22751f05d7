"""How long something takes on a machine that is shared."""

from __future__ import annotations

import time
from collections.abc import Callable

RUNS = 3


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def best_of(work: Callable[[], object]) -> float:
    """Seconds of the fastest of a few runs."""
    return min(seconds(work) for _ in range(RUNS))
