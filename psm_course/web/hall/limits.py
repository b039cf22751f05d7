"""How much of the server strangers in a hall may hold, and for how long (decision 0132)."""

from dataclasses import dataclass

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

MOST_CONNECTIONS = 2000  # each takes some 20 kB
_OWN_FILES = 128  # descriptors for the register, its backups and the program itself
_WANTED_FILES = 8192
_UNKNOWN_FILES = 4096  # Windows has no such limit


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds a connection may take for each part of a request, and the slowest pace of a body."""

    head: float = 10  # from connecting, or from the answer before, to the end of the request's head; also for the TLS handshake
    body: float = 20  # for the whole body, and one second more for each `pace` bytes that have come
    pace: int = 8 * 1024
    stalled: float = 30  # in which the other side takes not one byte of an answer


USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Rooms:
    """Connections that may be open at once: those to this machine itself, and those of the hall."""

    here: int
    hall: int


def rooms(with_hall: bool) -> Rooms:
    """Shared out so that a full hall leaves descriptors for whoever works at the laptop.

    A connection counts twice: what it is sent may be an open file.
    """
    both = min((_raised_file_limit() - _OWN_FILES) // 2, MOST_CONNECTIONS)
    here = min(both // 4, 128) if with_hall else both
    return Rooms(max(here, 8), max(both - here, 8))


def _raised_file_limit() -> int:
    """How many files this process may open, after asking the system for enough of them."""
    if resource is None:
        return _UNKNOWN_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= _WANTED_FILES:
        return _WANTED_FILES
    wanted = _WANTED_FILES if hard == resource.RLIM_INFINITY else min(_WANTED_FILES, hard)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    except (OSError, ValueError):  # the system knows a lower one than it says
        return soft
    return wanted
