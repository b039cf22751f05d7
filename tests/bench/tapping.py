"""How long a tap on an answer takes until the screen shows it (INP), on pages of the built site and
a processor slowed down six times.

Beside it the same tap on a page that holds one tick box and nothing else: what this machine and its
browser take by themselves, then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, Locator, Page
from rich.table import Table

from psm_course.items import TYPES
from tests.bench.hosting import hosted
from tests.bench.size import Size

_SLOWER = 6
_TEST = r'data-use="?posttest'
_PHONE = {"width": 360, "height": 640}
_STILL = 400  # milliseconds after which nothing that a tap began goes on
# The browser's own measure of each tap, from the finger to the next frame, in steps of 8 ms; what
# takes less than 16 it leaves out.
_WATCH = """
  window.taps = new Map();
  new PerformanceObserver((seen) => seen.getEntries().forEach(({interactionId, duration}) => {
    if (!interactionId) return;
    window.taps.set(interactionId, Math.max(duration, window.taps.get(interactionId) || 0));
  })).observe({type: 'event', durationThreshold: 16, buffered: true});
"""
_TAKEN = """(still) => new Promise((told) => setTimeout(() => {
  told(Math.max(0, ...window.taps.values()));
  window.taps.clear();
}, still))"""
_ONE_BOX = (
    "<!doctype html><meta name=viewport"
    " content='width=device-width'><title>Satu</title><label><input type=checkbox> Satu</label>"
)
# What is tapped on an item of each kind, one after the other, as long as there is any; in practice
# the button that checks it comes last.
_TAPPED = {
    "choice": "label.option:not(:has(:checked))",
    "choices": "label.option:not(:has(:checked))",
    "order": ".placed:not(:has(:checked))",
    "match": "details:not([open]) summary:has(.said:empty), [open] button",
    "case": ".act[aria-pressed=false], input:not(:checked)",
    "rating": ".grade input:not(:checked)",
}


class Taps(NamedTuple):
    """Milliseconds of one visit: the first tap, with which more of the page's program is asked
    for, and its INP: the slowest tap, one left out for every fifty (web.dev, "Interaction to Next
    Paint").
    """

    first: float
    inp: float


def _visit(took: list[float]) -> Taps:
    return Taps(took[0], sorted(took, reverse=True)[len(took) // 50])


def tap_rows(table: Table, site: Path, browser: Browser, size: Size) -> None:
    """One row for practice and one for a test:
    each kind of item's INP, the median of some visits.
    """
    still = round(_STILL * size.still)
    with hosted(site) as host:
        pages = {kind: f"{host.address}/{page}" for kind, page in _lessons(site)}
        test = f"{host.address}/{_first(site, 'book', _TEST)}"
        one_box = median(_one_box(browser, still).inp for _ in range(size.tapped))
        practice = {
            kind: _usual(
                [_practice(browser, page, kind, size.taps, still) for _ in range(size.tapped)]
            )
            for kind, page in pages.items()
        }
        visits = [_test(browser, test, size.taps, still) for _ in range(size.tapped)]
        answers, onward = ([*each] for each in zip(*visits, strict=True))
        sitting = {"an answer": _usual(answers), "Berikutnya": _usual(onward)}
    for name, found in (("practice", practice), ("a test", sitting)):
        inp = max(taps.inp for taps in found.values())
        table.add_row(
            f"INP of taps in {name}, processor {_SLOWER} × slower",
            f"{inp:.0f} ms, {inp / one_box:.1f} × a tap on a page with one box",
            "≤ 100 ms on an answer",
            f"one box {one_box:.0f}; first/INP: "
            + ", ".join(f"{kind} {first:.0f}/{most:.0f}" for kind, (first, most) in found.items()),
        )


def _usual(visits: list[Taps]) -> Taps:
    return Taps(median(taps.first for taps in visits), median(taps.inp for taps in visits))


def _lessons(site: Path) -> Iterator[tuple[str, str]]:
    """For each kind of item that is tapped, the first lesson that has one."""
    for kind in TYPES:
        if kind in _TAPPED and (page := _first(site, "modules", f'data-type="?{kind}["\\s>]')):
            yield kind, page


def _first(site: Path, folder: str, mark: str) -> str:
    pages = (
        path
        for path in sorted((site / folder).rglob("*.html"))
        if re.search(mark, path.read_text(encoding="utf-8"))
    )
    return next(path.relative_to(site).as_posix() for path in pages)


def _page(browser: Browser) -> Page:
    page = browser.new_context(
        viewport=_PHONE, has_touch=True, is_mobile=True, locale="id-ID", service_workers="block"
    ).new_page()  # type: ignore[arg-type]
    page.add_init_script(_WATCH)
    return page


def _slowed(page: Page) -> None:
    """From here on; what came before is no tap on an answer."""
    page.wait_for_load_state("networkidle")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    page.evaluate(_TAKEN, _STILL)


def _took(page: Page, place: Locator, still: int) -> float:
    """One tap, on what has been brought into sight before."""
    place.scroll_into_view_if_needed()
    page.evaluate(_TAKEN, still)  # what scrolling began is no part of the tap
    box = place.bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
    # Not `place.tap()`: the listeners that it puts into the page
    # to see what it hit are a quarter of what a tap takes.
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    return float(page.evaluate(_TAKEN, still))


def _one_box(browser: Browser, still: int) -> Taps:
    page = _page(browser)
    page.goto("about:blank")
    page.set_content(_ONE_BOX)
    page.evaluate(_WATCH)
    _slowed(page)
    took = [max(16.0, _took(page, page.locator("label"), still)) for _ in range(3)]
    page.context.close()
    return _visit(took)


def _tapped_through(page: Page, item: Locator, kind: str, still: int) -> Iterator[float]:
    """Each tap on an item. What there is to tap changes with every tap: on an opened pair, the
    sides that may be joined to it.
    """
    for _ in range(2 * item.locator(_TAPPED[kind]).count()):
        left = item.locator(_TAPPED[kind]).filter(visible=True)
        if not left.count():
            return
        yield _took(page, left.first, still)


def _practice(browser: Browser, address: str, kind: str, most: int, still: int) -> Taps:
    """The first item of that kind in a lesson, on the whole page: in steps it may not be on the
    screen. Checking comes last.
    """
    page = _page(browser)
    page.goto(address)
    page.wait_for_selector(".quiz.ready", state="attached")
    page.get_by_role("button", name="Seluruh halaman").tap()
    _slowed(page)
    item = page.locator(f'.item[data-type="{kind}"]').first
    item.scroll_into_view_if_needed()
    page.evaluate(_TAKEN, _STILL)  # a case gets its buttons once somebody is near
    took = [*islice(_tapped_through(page, item, kind, still), most)]
    last = item.locator(".check").filter(visible=True).all()[:1]
    took += [_took(page, check, still) for check in last]
    page.context.close()
    return _visit(took)


def _test(browser: Browser, address: str, most: int, still: int) -> tuple[Taps, Taps]:
    """The first items that a draw gives, one after the other: their answers, and the way from one
    to the next.
    """
    page, took, onward = _page(browser), list[float](), list[float]()
    page.goto(address)
    page.get_by_label("Nomor peserta").fill("D26-017")
    page.get_by_role("button", name="Mulai").tap()
    page.locator(".item").filter(visible=True).wait_for()
    _slowed(page)
    for _ in range(most):
        item = page.locator(".item").filter(visible=True)
        kind = item.get_attribute("data-type") or ""
        took += islice(_tapped_through(page, item, kind, still), most) if kind in _TAPPED else ()
        onward.append(_took(page, page.locator(".actions .check").filter(visible=True), still))
    page.context.close()
    return _visit(took), _visit(onward)
