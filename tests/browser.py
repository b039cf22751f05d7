"""The browser for the tests: whatever Chromium the machine has; on Debian as root it is installed. Run as a program to make sure."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from tests.debian import provide

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


if __name__ == "__main__":
    provide(lambda: find_browser() is not None, "Chromium or Chrome", "chromium")
    print(browser())
