"""The browser for the tests: whatever Chromium the machine has; on Debian as root it is installed. Run as a program to make sure."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PLACES = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def find_browser() -> str | None:
    """The path of an installed Chromium or Chrome, or None."""
    named = [os.environ.get("PSM_TEST_BROWSER", ""), *filter(None, map(shutil.which, _NAMES)), *_PLACES]
    return next((path for path in named if path and Path(path).exists()), None)


def browser() -> str:
    """The browser's path; a sentence when there is none."""
    found = find_browser()
    if found is None:
        sys.exit("The tests need Chromium or Chrome: install one (on Debian: apt-get install chromium), or set PSM_TEST_BROWSER.")
    return found


def _install_on_debian() -> None:
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], check=True)


if __name__ == "__main__":
    if find_browser() is None:
        _install_on_debian()
    print(browser())
