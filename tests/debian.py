"""Programs and libraries of the machine that some tests and measurements need: on Debian as root they are installed, else asked for."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

_LOCK = Path(tempfile.gettempdir()) / "psm-course-apt.lock"


class Lacking(SystemExit):
    """The machine lacks something; the sentence says what to install."""


def provide(is_there: Callable[[], bool], what: str, *packages: str) -> None:
    """Make sure of something; `packages` are Debian's. Raises Lacking where it is missing and cannot be installed."""
    if is_there():
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        with _LOCK.open("w") as lock:  # the tests' other processes may want the same at the same time
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not is_there():
                subprocess.run(["apt-get", "update", "-qq"], check=True)
                subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], check=True)
    if not is_there():
        raise Lacking(f"This needs {what}: install it (on Debian: apt-get install {' '.join(packages)}).")
