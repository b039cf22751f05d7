"""Work that needs an event loop, in a thread of its own, because Playwright keeps one in the tests' own thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

_T = TypeVar("_T")


def in_thread(work: Callable[..., _T], *arguments: Any) -> _T:
    """Call a function in a thread of its own, and return or raise what it does."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work, *arguments).result()


def run(work: Coroutine[Any, Any, _T]) -> _T:
    """Run a coroutine in a loop of its own."""
    return in_thread(asyncio.run, work)
