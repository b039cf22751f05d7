"""The browser for the tests: whatever Chromium the machine has, or the one that PSM_TEST_BROWSER names."""

from __future__ import annotations

from tests.needs import CHROMIUM

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def browser() -> str:
    """The browser's path; a sentence when there is none."""
    return str(CHROMIUM.require())
