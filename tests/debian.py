"""Install Debian packages, waiting for whoever else is using the package manager. Only
`tests.setup` calls this.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterable

from tests.needs import Lacking

PAUSE = 2.0  # seconds
PATIENCE = 600.0  # seconds; an automatic upgrade takes minutes
_LOCKED = "Could not get lock"


def install(*packages: str, if_known: Iterable[str] = ()) -> None:
    """Install packages, after reading the package lists anew;
    of `if_known` those that this system's lists have.

    Raises:
        Lacking: apt-get refused, or another program kept its lock for ten minutes.
    """
    apt_get("update", "-qq")
    wanted = [*packages, *filter(_is_known, if_known)]
    if wanted:
        apt_get("install", "-y", "-qq", "--no-install-recommends", *wanted)


def _is_known(package: str) -> bool:
    return (
        subprocess.run(["apt-cache", "show", package], capture_output=True, check=False).returncode
        == 0
    )


def apt_get(
    *arguments: str, patience: float = PATIENCE, wait: Callable[[float], object] = time.sleep
) -> None:
    """Run apt-get until it gets its locks.

    There are three: dpkg's, the package lists' and the downloads'. `DPkg::Lock::Timeout` waits for
    the first one only, so this starts apt-get again as long as it says that a lock is held.

    Args:
        arguments: of apt-get.
        patience: seconds to wait in all.
        wait: called with the seconds to the next try.

    Raises:
        Lacking: apt-get refused, or the lock is still held after `patience`.
    """
    environment = os.environ | {"LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"}
    waited = 0.0
    while True:
        ran = subprocess.run(
            ["apt-get", *arguments], env=environment, capture_output=True, text=True, check=False
        )
        if ran.returncode == 0:
            return
        if _LOCKED not in ran.stderr or waited >= patience:
            raise Lacking(
                f"apt-get {' '.join(arguments)}: {ran.stderr.strip() or ran.stdout.strip()}"
            )
        if not waited:
            print(f"Waiting: {ran.stderr.splitlines()[0]}", flush=True)
        wait(PAUSE)
        waited += PAUSE
