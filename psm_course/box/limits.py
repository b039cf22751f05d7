"""Limits of memory, time and output for the process that reads files from outside (the box).

The functions set them from inside that process.
"""

import os
from contextlib import suppress

MOST_MEMORY = 300 * 1000 * 1000  # bytes of address space, so that what is really used is less
LONGEST = 20  # seconds by the clock, for one file
MOST_OUTPUT = 8 * 1024 * 1024  # bytes of what one file comes to, unless its kind says otherwise
_STILL_SMALL = MOST_MEMORY // 2


def limit_memory() -> None:
    """Limit the memory of this process to MOST_MEMORY, if the system can.

    Windows has no such limit, and macOS ignores it. Core dumps are switched off too, because they
    would contain people's data.
    """
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not there on Windows

        # Nobody's data in a file because a stranger's file broke its reader.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def limit_time() -> None:
    """Limit this process to about `LONGEST` seconds of processor time from now on.

    The parent process usually kills it earlier. This limit works even if the parent is gone.
    """
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415

        used, (_, most) = (
            resource.getrusage(resource.RUSAGE_SELF),
            resource.getrlimit(resource.RLIMIT_CPU),
        )
        resource.setrlimit(
            resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + LONGEST + 1, most)
        )


def has_grown() -> bool:
    """True if this process uses more than half of `MOST_MEMORY`, too much to read another file.

    The memory of the process grows from file to file, because a process does not return all of it
    to the system. Always False if the system is not Linux, because memory then has no limit.
    """
    try:
        # Pathlib would have to be loaded.
        with open("/proc/self/statm", encoding="ascii") as sizes:  # noqa: PTH123
            return int(sizes.read().split()[0]) * os.sysconf("SC_PAGE_SIZE") > _STILL_SMALL
    except OSError:  # no Linux; then there is no limit either
        return False
