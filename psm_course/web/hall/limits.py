"""Limits connections, time and memory, so that strangers cannot block the server.

See decision 0132.
"""

import ctypes
import sys
from contextlib import suppress
from dataclasses import dataclass

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

MOST_CONNECTIONS = 2000  # each takes some 20 kB
_OWN_FILES = 128  # descriptors for the register, its backups and the program itself
_WANTED_FILES = 8192
_UNKNOWN_FILES = 4096  # Windows has no such limit
_ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on the time that a connection may take for each part of a request, in seconds.

    Attributes:
        head: maximum time from the start of the connection, or from the last answer, until the
            request's head is complete. The TLS handshake has the same limit.
        body: maximum time for the whole body, plus one second for each `pace` bytes that have
            arrived.
        pace: the slowest speed allowed for a body, in bytes a second.
        stalled: maximum time in which the client receives no byte of an answer.
    """

    head: float = 10
    body: float = 20
    pace: int = 8 * 1024
    stalled: float = 30


USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Rooms:
    """Limits on open connections: `here` for this machine itself, `hall` for the course room."""

    here: int
    hall: int


def rooms(with_hall: bool) -> Rooms:
    """Return how many connections may be open from this machine and from the hall.

    A full hall must leave some connections for this machine. Each connection needs one file
    descriptor, and a second one while a file is sent.
    """
    both = min((_raised_file_limit() - _OWN_FILES) // 2, MOST_CONNECTIONS)
    here = min(both // 4, 128) if with_hall else both
    return Rooms(max(here, 8), max(both - here, 8))


def _raised_file_limit() -> int:
    """Return the number of files this process may open, after asking the system for more."""
    if resource is None:
        return _UNKNOWN_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= _WANTED_FILES:
        return _WANTED_FILES
    wanted = _WANTED_FILES if hard == resource.RLIM_INFINITY else min(_WANTED_FILES, hard)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    except (OSError, ValueError):  # the true limit is lower than the system says
        return soft
    return wanted


def use_one_arena() -> None:
    """Let all threads of this process share one heap, if the C library is glibc.

    By default glibc gives each thread a heap of its own, and memory that is free in one heap cannot
    be used for another. Two thousand phones and twenty officers at once took 309 MB with many
    heaps, and take 237 MB with one. Call this before threads begin.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
