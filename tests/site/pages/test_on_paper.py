"""The published pages on A4: complete, in ink that does not ask for background graphics, with
nothing left to tap.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from psm_course.content.course import read_course
from tests.conftest import ROOT, BuiltCourse
from tests.site.guide.test_guide import KINDS_PAGE, ROUTES_PAGE, guide_files
from tests.site.pages.test_reading import QUIZ_PAGE, pages_of

A4 = (595, 842)
# What only a finger can use; the boxes of an item are for a pen.
TAPPED = (
    ".menu, .trail, .pager, .sections, .state, button:not(.act), form, input:not(.item *),"
    " select:not(.item *), textarea"
)
TAPPED += ", .sitting-bar, .steps-bar"
SEEN = """all => all.filter(each => {
  const {width, height} = each.getBoundingClientRect();
  return width && height && each.checkVisibility({visibilityProperty: true});
}).map(each => each.outerHTML.split('>')[0])"""
# A reader's dark screen must not print light letters. What is visible is asked last: it takes
# longest, and hardly anything is pale.
PALE = """() => [...document.querySelectorAll('main *')].filter(each => {
  const [red, green, blue, alpha = 1] = getComputedStyle(each).color.match(/[\\d.]+/g).map(Number);
  return alpha && 0.2126 * red + 0.7152 * green + 0.0722 * blue > 140;
}).filter(each => each.checkVisibility() && each.innerText?.trim())
  .map(each => each.outerHTML.slice(0, 120))"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(color_scheme="dark")
    page = context.new_page()
    page.emulate_media(media="print")
    yield page
    context.close()


def words_on_paper(page: Page) -> str:
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())


def test_nothing_that_only_a_finger_can_use_and_nothing_pale_is_printed(
    page: Page, site: BuiltCourse
) -> None:
    left = {}
    for path in pages_of(site):
        if path.name in {"verifikasi.html", "v.html"} or path.parent.name == "v":
            continue  # a tool from top to bottom
        page.goto(path.as_uri())
        seen = page.locator(TAPPED).evaluate_all(SEEN)
        pale = page.evaluate(PALE)
        if seen or pale:
            left[path.relative_to(site.out).as_posix()] = (seen, pale)

    assert left == {}


def test_a_lesson_is_printed_on_a4(page: Page, site: BuiltCourse) -> None:
    page.goto((site.out / QUIZ_PAGE).as_uri())

    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages

    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets} == {A4}


def test_the_field_guide_prints_what_stands_behind_every_title(
    page: Page, site: BuiltCourse
) -> None:
    kinds, routes = guide_files()

    page.goto((site.out / KINDS_PAGE).as_uri())
    words = words_on_paper(page)
    assert [
        kind.name for kind in kinds.kinds if " ".join(kind.first[0].split()[:3]) not in words
    ] == []

    page.goto((site.out / ROUTES_PAGE).as_uri())
    words = words_on_paper(page)
    assert [
        each.title for each in routes.situations if " ".join(each.first[0].split()[:3]) not in words
    ] == []


def test_a_pocket_sheet_is_never_torn_apart(page: Page, site: BuiltCourse) -> None:
    course, _ = read_course(ROOT)
    assert course is not None
    for module in course.modules:
        page.goto((site.out / f"modules/{module.folder}/index.html").as_uri())
        sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
        last = page.locator("#lembar-saku li").last.inner_text().split()[:4]
        with_title = [
            sheet.extract_text() for sheet in sheets if "Lembar saku" in sheet.extract_text()
        ]

        assert " ".join(last) in " ".join(with_title[-1].split()), module.folder


def test_a_test_says_where_its_items_are(page: Page, site: BuiltCourse) -> None:
    page.goto((site.out / "book/tes-akhir.html").as_uri())

    words = words_on_paper(page)

    assert "tes dikerjakan di ponsel" in words
    assert "Nomor peserta" not in words
