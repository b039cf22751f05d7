"""How long a tap on an answer takes until the screen shows it (INP), on pages of the built site and a processor slowed down six times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page
from rich.table import Table

from psm_course.items import TYPES
from tests.bench.hosting import hosted

_SLOWER = 6
_TEST = r'data-use="?posttest'
_PHONE = {"width": 360, "height": 640}
# The browser's own measure of every tap, from the finger to the next frame, in steps of 8 ms; what takes less than 16 it leaves out.
_WATCH = """
  window.taps = new Map();
  new PerformanceObserver((seen) => seen.getEntries().forEach(({interactionId, duration}) => {
    if (interactionId) window.taps.set(interactionId, Math.max(duration, window.taps.get(interactionId) || 0));
  })).observe({type: 'event', durationThreshold: 16, buffered: true});
"""
_SLOWEST = "() => new Promise((told) => setTimeout(() => told(Math.max(0, ...window.taps.values())), 300))"
# What is tapped on an item of each kind, one after the other; in practice the button that checks it comes last.
_TAPPED = {
    "choice": "label.option",
    "choices": "label.option",
    "order": ".placed:not(:has(:checked))",
    "match": "summary:has(.said:empty), [open] button",
    "case": ".act[aria-pressed=false], input:not(:checked)",
    "rating": ".grade input",
}


def tap_rows(table: Table, site: Path, browser: Browser) -> None:
    """One row for practice and one for a test: the slowest tap, and beside it the slowest of each kind of item."""
    with hosted(site) as host:
        practice = {kind: _tapped(browser, f"{host.address}/{page}", kind) for kind, page in _lessons(site)}
        test = _test(browser, f"{host.address}/{_first(site, 'book', _TEST)}")
    for name, found in (("practice", practice), ("a test", test)):
        beside = ", ".join(f"{kind} {slowest:.0f}" for kind, slowest in sorted(found.items()))
        table.add_row(
            f"slowest tap on an answer in {name}, processor {_SLOWER} × slower", f"{max(found.values()):.0f} ms", "≤ 100 ms", beside
        )


def _lessons(site: Path) -> Iterator[tuple[str, str]]:
    """For each kind of item that is tapped, the first lesson that has one."""
    for kind in TYPES:
        if kind in _TAPPED and (page := _first(site, "modules", f'data-type="?{kind}["\\s>]')):
            yield kind, page


def _first(site: Path, folder: str, mark: str) -> str:
    pages = (path for path in sorted((site / folder).rglob("*.html")) if re.search(mark, path.read_text(encoding="utf-8")))
    return next((path.relative_to(site).as_posix() for path in pages), "")


def _opened(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport=_PHONE, has_touch=True, locale="id-ID").new_page()  # type: ignore[arg-type]
    page.add_init_script(_WATCH)
    page.goto(address)
    page.wait_for_selector(".quiz.ready")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    return page


def _tap_through(item: Locator, kind: str) -> None:
    for _ in range(2 * item.locator(_TAPPED[kind]).count()):
        waiting = item.locator(_TAPPED[kind]).filter(visible=True)
        if not waiting.count():
            break
        waiting.first.tap(force=True)
    for check in item.locator(".check").filter(visible=True).all()[:1]:
        check.tap()


def _tapped(browser: Browser, address: str, kind: str) -> float:
    page = _opened(browser, address)
    _tap_through(page.locator(f'.item[data-type="{kind}"]').first, kind)
    slowest = float(page.evaluate(_SLOWEST))
    page.context.close()
    return slowest


def _test(browser: Browser, address: str) -> dict[str, float]:
    """The items that a draw gives, one after the other, and the way from one to the next."""
    page, found = _opened(browser, address), {}
    page.get_by_label("Nomor peserta").fill("D26-017")
    page.get_by_role("button", name="Mulai").tap()
    page.wait_for_selector(".item:visible")
    page.evaluate("window.taps.clear()")
    while page.locator(".item:visible").count():
        item = page.locator(".item:visible")
        kind = item.get_attribute("data-type") or ""
        if kind in _TAPPED:
            _tap_through(item, kind)
        found[kind] = max(found.get(kind, 0), float(page.evaluate(_SLOWEST)))
        page.locator(".actions .check").filter(visible=True).tap()
    page.context.close()
    return found
