"""Verifying a QR in the page, on a processor slowed down four times:
by the browser's cryptography, and in plain arithmetic.

Each figure is the median of fresh visits: from the code's text, or from the start of the page's
scripts, to the verdict on the screen.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page
from rich.table import Table

from psm_course.credentials.documents import read_document
from psm_course.credentials.lists.snapshot import sign_snapshot
from tests.bench.hosting import hosted
from tests.bench.size import Size
from tests.credentials.lists.publishings import LOG
from tests.credentials.signed import KEY, LISTED, NOW, as_bytes
from tests.credentials.tampered_receipts import OFFICE_WITH_LOG
from tests.site.verification.conftest import WITHOUT_CRYPTO
from tests.site.verification.office import a_code, publications, published_site

_SLOWER = 4
# The page's clock stands in the days when the certificates hold; the one that measures runs on.
_TODAY = f"Date.now = () => {NOW.timestamp() * 1000:.0f}"
# When a verdict was last shown, laid out and painted as far as the page's own thread is concerned.
_WATCH = """addEventListener('DOMContentLoaded', () => {
  const outcome = document.querySelector('[data-outcome]');
  new MutationObserver(() => {
    if (outcome.hidden || !outcome.getBoundingClientRect().height) return;
    self.shownAt = performance.now();
    self.shown = outcome.dataset.verdict;
    console.log(self.shown);
  }).observe(outcome, {attributes: true, childList: true});
})"""
_FROM_START = "shownAt - performance.getEntriesByType('navigation')[0].domInteractive"
_READY = "ready => new Promise(resolve => setTimeout(resolve, ready))"
_AIMED = 1500  # milliseconds in which somebody aims a camera, or chooses
_HAND_IN = """code => new Promise((resolve) => {
  self.shown = null;
  document.querySelector('[data-text]').value = code;
  const from = performance.now();
  const look = () => (self.shown ? resolve(self.shownAt - from) : setTimeout(look, 5));
  document.querySelector('[data-pasting]').requestSubmit();
  look();
})"""


def verification_rows(table: Table, browser: Browser, place: Path, size: Size) -> None:
    codes = [a_code(f"800.2/{number:04}/PSM-DASAR/VI/2025") for number in range(1, size.codes + 1)]
    with hosted(published_site(place, with_snapshot(publications()))) as host:
        for way, script in {"WebCrypto": "", "plain arithmetic": WITHOUT_CRYPTO}.items():
            linked = [
                _linked(browser, f"{host.address}/v/", script, codes[0]) for _ in range(size.visits)
            ]
            scanned = [
                _scanned(browser, f"{host.address}/v/", script, codes, _AIMED * size.still)
                for _ in range(size.visits)
            ]
            where = f"{way}, processor {_SLOWER} × slower"
            firsts, others = (
                [first for first, *_ in scanned],
                [took for _, *rest in scanned for took in rest],
            )
            table.add_row(
                f"the first QR scanned in the open page, {where}", _said(firsts), "≤ 50 ms", ""
            )
            table.add_row("   the next ones", _said(others), "≤ 50 ms", "")
            table.add_row(
                "   the page opened by the QR's link, from its scripts' start",
                _said(linked),
                "≤ 300 ms",
                "",
            )


def with_snapshot(published: dict[str, bytes]) -> dict[str, bytes]:
    """These publications, and a snapshot that names their lists."""
    lists = {
        path: read_document(content)
        for path, content in published.items()
        if path != "keys.json" and not path.startswith("terbitan/")
    }
    snapshot = sign_snapshot(OFFICE_WITH_LOG, None, 1, lists, LOG, [KEY], LISTED)
    return {**published, "snapshot.json": as_bytes(snapshot)}


def _said(found: list[float]) -> str:
    return f"{median(found):.0f} ms ({min(found):.0f}–{max(found):.0f})"


def _blank(browser: Browser, script: str) -> Page:
    """A page in a phone that keeps nothing, slowed down before it loads anything."""
    page = browser.new_context(service_workers="block").new_page()
    for each in (script, _TODAY, _WATCH):
        page.add_init_script(each)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    return page


def _linked(browser: Browser, address: str, script: str, code: str) -> float:
    """Milliseconds from the start of the scripts, once the document is read, to the verdict."""
    page = _blank(browser, script)
    # Asked by `wait_for_function`, Playwright's own scripts would run within what is measured.
    with page.expect_console_message(lambda message: message.text == "valid"):
        page.goto(f"{address}#{code}", wait_until="commit")
    took = float(page.evaluate(_FROM_START))
    page.context.close()
    return took


def _scanned(
    browser: Browser, address: str, script: str, codes: list[str], aimed: float
) -> list[float]:
    """Milliseconds from each code's text to its verdict, in a page touched a moment before."""
    page = _blank(browser, script)
    page.goto(address)
    page.locator("[data-text]").focus()
    page.evaluate(_READY, aimed)
    took = [float(page.evaluate(_HAND_IN, code)) for code in codes]
    page.context.close()
    return took
