"""What axe finds wrong with a page that is open in a browser."""

from __future__ import annotations

from collections.abc import Sequence

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
AND_BEST_PRACTICE = (*WCAG, "best-practice")
# Experimental, so in none of these kinds: who speaks to the phone says what stands on a link or button, and that must be what it is called.
_AS_SEEN = "label-content-name-mismatch"
_RUN = "options => window.axe ? axe.run(options).then(found => found.violations) : null"


def axe_findings(page: Page, tags: Sequence[str] = WCAG) -> list[str]:
    """Each rule of these kinds that the page breaks, with the first place.

    Axe is told not to describe what is right, nor to hand it over: that took nearly half of its time.
    """
    options = {"runOnly": {"type": "tag", "values": list(tags)}, "rules": {_AS_SEEN: {"enabled": True}}, "resultTypes": ["violations"]}
    found = page.evaluate(_RUN, options)
    if found is None:
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate(_RUN, options)
    return [f"{each['id']}: {each['nodes'][0]['html'][:150]}" for each in found]
