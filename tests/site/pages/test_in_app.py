"""A page inside WhatsApp's or another app's browser says so, and how to get out; a browser that
threw everything away is not hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.axe import axe_findings
from tests.site.stage import MOVED, kept, until

LESSON = "modules/01-dasar-peran-psm/01-peran-dan-batas.html"
SMALLEST: ViewportSize = {"width": 320, "height": 640}
APPS_TRIED = (("WhatsApp", "Android"), ("Instagram", "iPhone"))
NAMES = [
    line.split("\t")
    for line in Path(__file__).with_name("user_agents.txt").read_text().splitlines()
    if not line.startswith("#")
]
WHATSAPP, IPHONE = (
    next(name for app, name in NAMES if app == wanted and system in name)
    for wanted, system in APPS_TRIED
)
CHROME = next(name for app, name in NAMES if app == "-")


@contextmanager
def opened(chromium: Browser, address: str, user_agent: str | None = None) -> Iterator[Page]:
    context = chromium.new_context(
        viewport=SMALLEST, user_agent=user_agent, service_workers="block"
    )
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def test_each_browser_is_told_from_the_apps(chromium: Browser, address: str) -> None:
    with opened(chromium, f"{address}/{LESSON}") as page:
        told = """names => PSM.load('notices').then(({appOf}) =>
          names.map(name => PSM.isInApp(name) ? appOf(name) : ''))"""
        said = page.evaluate(told, [name for _, name in NAMES])

    assert said == [app.replace("-", "") for app, _ in NAMES]


def test_whatsapp_is_named_and_one_tap_leads_to_this_very_place_in_chrome(
    chromium: Browser, address: str
) -> None:
    with opened(chromium, f"{address}/book/kemajuan.html#kode=ABCD", WHATSAPP) as page:
        notice = page.locator(".notice")
        notice.wait_for()
        way_out = notice.locator("a").get_attribute("href")

        assert "di dalam aplikasi WhatsApp" in notice.inner_text()
        host = address.removeprefix("http://")
        assert way_out == (
            f"intent://{host}/book/kemajuan.html#kode=ABCD"
            "#Intent;scheme=http;package=com.android.chrome;end"
        )


def test_an_iphone_is_told_the_way_without_an_android_link(chromium: Browser, address: str) -> None:
    with opened(chromium, f"{address}/{LESSON}", IPHONE) as page:
        page.locator(".notice").wait_for()

        assert "Safari" in page.locator(".notice").inner_text()
        assert page.locator(".notice a").count() == 0


def test_a_browser_of_its_own_is_told_nothing(chromium: Browser, address: str) -> None:
    with opened(chromium, f"{address}/{LESSON}", CHROME) as page:
        page.evaluate("PSM.store.get('cleared')")  # what the notice waits for, too
        page.wait_for_timeout(200)

        assert page.locator(".notice").count() == 0


def test_the_notice_covers_less_than_half_and_moves_nothing(
    chromium: Browser, address: str
) -> None:
    with opened(chromium, f"{address}/{LESSON}", WHATSAPP) as page:
        page.locator(".notice").wait_for()
        box = page.locator(".notice").bounding_box()

        assert box is not None
        assert box["height"] < SMALLEST["height"] / 2
        assert page.evaluate(MOVED) == 0
        assert page.evaluate("document.documentElement.scrollWidth") == SMALLEST["width"]
        assert axe_findings(page) == []


def test_a_notice_put_away_stays_away_for_this_visit(chromium: Browser, address: str) -> None:
    with opened(chromium, f"{address}/{LESSON}", WHATSAPP) as page:
        page.locator(".notice button").click()
        assert page.locator(".notice").count() == 0

        page.goto(f"{address}/book/index.html")
        page.wait_for_function("document.querySelector('.lessons .state:not(:empty)')")

        assert page.locator(".notice").count() == 0


# ---- what the browser threw away -----------------------------------------------------------------


def test_thrown_away_progress_is_said_on_every_page_until_it_is_put_away(
    chromium: Browser, address: str
) -> None:
    with opened(chromium, f"{address}/{LESSON}") as page:
        page.evaluate("PSM.mine.update('quiz/x', () => ({responses: {}}))")
        # As an eviction does: kept once, and nothing is left.
        page.evaluate("PSM.mine.update('quiz/x', () => undefined)")

        page.goto(f"{address}/book/index.html")
        expect(page.locator(".notice")).to_contain_text("Peramban ini telah menghapus")
        assert "kemajuan.html#punya-kode" in (page.locator(".notice a").get_attribute("href") or "")

        # Going on does not hush it.
        page.evaluate("PSM.mine.update('quiz/y', () => ({responses: {}}))")
        page.goto(f"{address}/{LESSON}")
        page.locator(".notice button").click()
        until(page, "PSM.store.get('cleared').then(kept => kept === undefined)")

        page.goto(f"{address}/book/index.html")
        page.wait_for_function("document.querySelector('.lessons .state:not(:empty)')")
        assert page.locator(".notice", has_text="telah menghapus").count() == 0
        assert "quiz/y" in kept(page)
