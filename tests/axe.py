"""What axe finds wrong with a page that is open in a browser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
AND_BEST_PRACTICE = (*WCAG, "best-practice")
# Experimental, so in none of these kinds: who speaks to the phone says what stands on a link or
# button, and that must be what it is called.
_AS_SEEN = "label-content-name-mismatch"
# What colours decide. A dark page is the light one in other colours, as
# `tests/site/floor/test_styles.py` asks: the rest is looked at once.
_OF_COLOURS = ("color-contrast", "link-in-text-block")
_RUN = "options => window.axe ? axe.run(options).then(found => found.violations) : null"


def axe_findings(page: Page, tags: Sequence[str] = WCAG) -> list[str]:
    """Each rule of these kinds that the page breaks, with the first place.

    Axe is told not to describe what is right, nor to hand it over:
    that took nearly half of its time.
    """
    return _findings(
        page,
        {"runOnly": {"type": "tag", "values": list(tags)}, "rules": {_AS_SEEN: {"enabled": True}}},
    )


def axe_findings_in_both_schemes(page: Page, tags: Sequence[str] = WCAG) -> list[str]:
    """As `axe_findings` of a light page, and then what the dark colours break on it;
    afterwards it is light again.
    """
    found = axe_findings(page, tags)
    page.emulate_media(color_scheme="dark")
    found += [
        f"dark {each}"
        for each in _findings(page, {"runOnly": {"type": "rule", "values": list(_OF_COLOURS)}})
    ]
    page.emulate_media(color_scheme="light")
    return found


def _findings(page: Page, asked: dict[str, Any]) -> list[str]:
    options = asked | {"resultTypes": ["violations"]}
    found = page.evaluate(_RUN, options)
    if found is None:
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate(_RUN, options)
    return [f"{each['id']}: {each['nodes'][0]['html'][:150]}" for each in found]
