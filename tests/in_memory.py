"""Where tests keep their files: in the machine's memory, where it has room, because a disk takes
its time over every commit.

A register waits for the disk at each of its commits, as it must (`synchronous=FULL`), and most
tests make a dozen. Nothing of that is changed: the program waits for whatever the files lie on.
`PYTEST_DEBUG_TEMPROOT` or `--basetemp` says another place.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

# Below it pytest makes a folder that only this account may enter.
MEMORY = Path("/dev/shm")  # noqa: S108
ENOUGH = 4 * 1024**3  # bytes; a whole run takes about one of these
_PLACE = "PYTEST_DEBUG_TEMPROOT"


def keep_files_in_memory() -> None:
    """From now on pytest makes its folders there, unless told otherwise, or without room."""
    if _PLACE not in os.environ and has_room(MEMORY):
        os.environ[_PLACE] = str(MEMORY)


def has_room(folder: Path) -> bool:
    """Whether tests can work there: they also run what they write, which many containers forbid."""
    if not os.access(folder, os.W_OK):
        return False
    there = os.statvfs(folder)
    return (
        not there.f_flag & os.ST_NOEXEC
        and min(there.f_bavail * there.f_frsize, _memory()) >= ENOUGH
    )


def _memory() -> int:
    """Bytes that programs may still ask for."""
    found = re.search(
        r"^MemAvailable: +([0-9]+) kB$",
        Path("/proc/meminfo").read_text(encoding="ascii"),
        re.MULTILINE,
    )
    return int(found[1]) * 1024 if found else 0
