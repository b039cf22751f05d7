"""Sources of law in running text: a mark on the screen that leads to the sources, the author's own
words without scripts and on paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from psm_course.authoring.citations import bare_articles_in, laws_in
from psm_course.site.output.tree import Tree
from tests.conftest import BuiltCourse
from tests.site.pages.test_first_screen import lessons_of
from tests.site.pages.test_on_paper import words_on_paper
from tests.site.stage import served, whole_page

LESSON = "modules/01-dasar-peran-psm/02-etika-dan-janji.html"
CITED = "(UU 14/2019 Pasal 44)"
PHONE: ViewportSize = {"width": 360, "height": 640}


def opened(chromium: Browser, address: str, **how: Any) -> Page:
    page = chromium.new_context(viewport=PHONE, service_workers="block", **how).new_page()
    page.goto(f"{address}/{LESSON}")
    return page


@pytest.fixture
def phone(chromium: Browser, site: BuiltCourse) -> Iterator[Page]:
    with served(site.out) as address:
        page = opened(chromium, address, has_touch=True, is_mobile=True)
        yield whole_page(page)
        page.context.close()


def lessons(site: BuiltCourse) -> dict[Path, Tree]:
    return {path: Tree(path.read_text(encoding="utf-8")) for path in lessons_of(site)}


def test_every_citation_of_every_lesson_leads_to_sources_that_name_its_law(
    site: BuiltCourse,
) -> None:
    lost, count = [], 0
    for lesson, page in lessons(site).items():
        for mark in page.css(".law"):
            count += 1
            sources = page.css_first(mark.attributes["href"] or "").text()
            lost += [
                (lesson.name, law)
                for number, law in laws_in(mark.text()).items()
                if number not in sources
            ]

    assert lost == []
    assert count > 80


def test_no_citation_stands_in_running_text_and_each_can_be_read_by_itself(
    site: BuiltCourse,
) -> None:
    left = []
    for lesson, page in lessons(site).items():
        for mark in page.css(".law, #sumber, blockquote, table, figure, svg, .quiz, .help"):
            mark.decompose()
        told = page.css_first("main").text()
        left += [
            (lesson.name, found)
            for found in (*laws_in("".join(bracketed(told))), *bare_articles_in(told))
        ]

    assert left == []


def bracketed(text: str) -> list[str]:
    return [part.partition(")")[0] for part in text.split("(")[1:]]


def test_nothing_of_a_citation_is_lost_on_paper(chromium: Browser, site: BuiltCourse) -> None:
    page = chromium.new_page()
    page.emulate_media(media="print")
    lost = {}
    for lesson, tree in lessons(site).items():
        page.goto(lesson.as_uri())
        words = words_on_paper(page)
        cited = [mark.text().strip() for mark in tree.css(".law")]
        if gone := [each for each in cited if each not in words] + [
            each for each in ("§", "Sumber ›") if each in words
        ]:
            lost[lesson.name] = gone
    page.close()

    assert lost == {}


def test_without_scripts_a_citation_is_read_where_it_stands(
    chromium: Browser, site: BuiltCourse
) -> None:
    with served(site.out) as address:
        page = opened(chromium, address, java_script_enabled=False)

        expect(page.locator("p", has_text="perintah undang-undang")).to_contain_text(
            f"perintah undang-undang {CITED}."
        )
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.law span')).clipPath")
            == "none"
        )
        page.context.close()


def test_the_first_tap_says_a_citation_and_the_second_leads_to_the_sources(phone: Page) -> None:
    mark = phone.locator(".law").first
    said = mark.locator("span")
    assert said.evaluate("said => getComputedStyle(said).clipPath") != "none"

    mark.tap(position={"x": 4, "y": 8})
    assert said.evaluate("said => getComputedStyle(said).clipPath") == "none"
    expect(phone.get_by_role("status").filter(has_text=CITED)).to_have_count(1)

    mark.tap(position={"x": 4, "y": 8})
    expect(phone.get_by_role("heading", name="Sumber", exact=True)).to_be_in_viewport()


def test_in_steps_a_citation_leads_to_the_last_step_and_back(phone: Page) -> None:
    phone.get_by_role("button", name="Per bagian").tap()
    phone.get_by_role("link", name="Lanjut", exact=True).tap()
    phone.get_by_role("link", name="Lanjut", exact=True).tap()
    mark = phone.locator(".now .law").first
    mark.tap(position={"x": 4, "y": 8})

    mark.tap(position={"x": 4, "y": 8})
    expect(phone.get_by_role("heading", name="Sumber", exact=True)).to_be_in_viewport()

    phone.go_back()
    expect(mark).to_be_in_viewport()
