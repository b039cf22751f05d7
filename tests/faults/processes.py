"""Programs that are waited for, and stopped in the middle of what they do."""

from __future__ import annotations

import time
from collections.abc import Callable

_LONGEST = 60


def until(happened: Callable[[], object]) -> None:
    """Wait until it is so.

    Raises:
        TimeoutError: it never was; a minute is far more than any of this takes.
    """
    give_up = time.monotonic() + _LONGEST
    while not happened():
        if time.monotonic() > give_up:
            raise TimeoutError
        time.sleep(0.01)
