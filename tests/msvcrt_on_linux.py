"""What stands in for Windows' `msvcrt` on Linux:
the one function that we use of it, by a lock that is as real.
"""

from __future__ import annotations

import fcntl

LK_NBLCK = 2


def locking(descriptor: int, mode: int, _count: int) -> None:
    """Lock, or OSError at once where somebody else holds it."""
    assert mode == LK_NBLCK
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
