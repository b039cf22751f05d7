"""A desk: the menu beside the text, the outline of the page on the other side, the header over
both; by the style alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.axe import AND_BEST_PRACTICE, axe_findings_in_both_schemes
from tests.conftest import BuiltCourse

WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 1024, "height": 768}
LESSON = "modules/03-perlindungan-anak/02-melapor-tanpa-mendamaikan.html"
KINDS = (
    "index.html",
    "modules/03-perlindungan-anak/index.html",
    LESSON,
    "book/tes-akhir.html",
    "book/cari.html",
    "book/kemajuan.html",
    "v.html",
    "404.html",
)


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def desk(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = chromium.new_context(
        viewport=WIDE,
        java_script_enabled=request.param,
        reduced_motion="reduce",
        service_workers="block",
    )
    yield context.new_page()
    context.close()


def sides(page: Page, selector: str) -> tuple[float, float]:
    """Where what is seen of an element begins and ends, from the left."""
    box = page.locator(selector).bounding_box()
    assert box is not None, selector
    return box["x"], box["x"] + box["width"]


def test_menu_text_and_outline_stand_beside_each_other_under_one_header(
    desk: Page, address: str
) -> None:
    desk.goto(f"{address}/{LESSON}")

    menu, text, outline = (sides(desk, each) for each in (".menu > nav", "main", ".sections > nav"))
    assert menu[1] <= text[0] < text[1] <= outline[0] + 1 < outline[1] <= WIDE["width"]
    assert sides(desk, ".brand")[0] == sides(desk, ".part-name >> nth=0")[0]
    assert desk.locator(".menu > summary, .sections > summary").locator("visible=true").count() == 0
    assert desk.locator('.menu [aria-current="page"]').is_visible()


def test_the_outline_leads_to_a_part_that_is_then_seen_below_the_header(
    desk: Page, address: str
) -> None:
    desk.goto(f"{address}/{LESSON}")

    desk.locator(".sections a").nth(4).click()

    name = str(desk.locator(".sections a").nth(4).get_attribute("href"))
    assert desk.url.endswith(name)
    expect(desk.locator(f"{name} > h2")).to_be_in_viewport()
    box, header = desk.locator(f"{name} > h2").bounding_box(), desk.locator(".top").bounding_box()
    assert box is not None
    assert header is not None
    assert header["y"] + header["height"] <= box["y"] < WIDE["height"]


def test_a_smaller_screen_has_the_menu_behind_its_button(chromium: Browser, address: str) -> None:
    page = chromium.new_page(viewport=NARROW)
    page.goto(f"{address}/{LESSON}")

    assert page.locator(".menu > summary").is_visible()
    assert not page.locator(".menu > nav").is_visible()
    page.close()


def test_axe_finds_nothing_on_any_kind_of_page(
    chromium: Browser, site: BuiltCourse, address: str
) -> None:
    context = chromium.new_context(viewport=WIDE, service_workers="block")
    page = context.new_page()
    found = {}
    for path in KINDS:
        page.goto(f"{address}/{path}")
        found[path] = axe_findings_in_both_schemes(page, AND_BEST_PRACTICE)
        if page.evaluate("document.documentElement.scrollWidth") > WIDE["width"]:
            found[path].append("wide")
    context.close()

    assert {path: each for path, each in found.items() if each} == {}
    assert all((Path(site.out) / path).is_file() for path in KINDS)
