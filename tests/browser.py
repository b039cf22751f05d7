"""The browsers for the tests: the machine's Chromium, or the one that PSM_TEST_BROWSER names."""

from __future__ import annotations

import os
import shutil

from tests.needs import CHROMIUM

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def browser() -> str:
    """The whole browser's path; a sentence when there is none."""
    return str(CHROMIUM.require())


def pages_browser() -> str:
    """What shows pages as that browser does, without its windows, menus and installing: for less
    than half of the processor time.
    """
    return (
        None if "PSM_TEST_BROWSER" in os.environ else shutil.which(CHROMIUM.lighter)
    ) or browser()
