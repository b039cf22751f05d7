"""What a small phone shows before anybody scrolls: numbers on one line, the story of a lesson, the
button that begins a test.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from psm_course.site.output.tree import Tree
from tests.conftest import BuiltCourse

SCREEN: ViewportSize = {"width": 360, "height": 640}
STRIP = 56
TESTS = ("tes-awal", "tes-akhir", "tes-akhir-pengganti")
# Where the second line of text below the first subsection's heading ends.
TWO_LINES = """() => {
  const [heading, ...rest] = document.querySelector('main section section').children;
  const range = document.createRange(), bottoms = [];
  for (const each of rest) {
    range.selectNodeContents(each);
    for (const {height, bottom} of range.getClientRects()) {
      if (height && !bottoms.some(seen => Math.abs(seen - bottom) < 8)) bottoms.push(bottom);
    }
    if (bottoms.length > 1) break;
  }
  const bar = document.querySelector('.steps-bar');
  return {
    end: bar ? bar.getBoundingClientRect().top : innerHeight,
    heading: heading.getBoundingClientRect().bottom,
    second: bottoms.sort((a, b) => a - b)[1],
  };
}"""
STORY = "modules/03-perlindungan-anak/04-sore-di-teras.html"
TOP = "each => each.getBoundingClientRect().top"
SHORT_NAMES = "strip => [...strip.querySelectorAll('small')].map(each => each.textContent)"


def lessons_of(site: BuiltCourse) -> list[Path]:
    return sorted(path for path in site.out.glob("modules/*/*.html") if path.name != "index.html")


def pages_with_strip(site: BuiltCourse) -> list[Path]:
    """But the front page, which shows all numbers at once, and the one for a wrong address, which
    has no style without a server.
    """
    pages = [
        (path, Tree(path.read_text(encoding="utf-8")))
        for path in site.out.rglob("*.html")
        if path.name != "404.html"
    ]
    return sorted(
        path for path, page in pages if page.css_first(".strip") and not page.css_first("body.home")
    )


def a_phone(chromium: Browser, *, scripts: bool = False) -> Page:
    return chromium.new_context(viewport=SCREEN, java_script_enabled=scripts).new_page()


@pytest.mark.parametrize("scripts", [False, True])
def test_every_lesson_shows_its_first_heading_and_two_lines_of_the_story(
    chromium: Browser, site: BuiltCourse, scripts: bool
) -> None:
    page, below = a_phone(chromium, scripts=scripts), {}
    lessons = lessons_of(site)
    for path in lessons:
        page.goto(path.as_uri())
        if scripts:
            page.wait_for_selector(".steps-bar")
        found = page.evaluate(TWO_LINES)
        if not 0 < found["heading"] < found["second"] <= found["end"]:
            below[path.stem] = found

    assert len(lessons) == 20
    assert below == {}
    page.context.close()


@pytest.mark.parametrize("name", TESTS)
def test_every_test_shows_the_button_that_begins_it(
    chromium: Browser, site: BuiltCourse, name: str
) -> None:
    page = a_phone(chromium, scripts=True)
    page.goto((site.out / f"book/{name}.html").as_uri())
    button = page.get_by_role("button", name="Mulai", exact=True)
    button.wait_for()

    box = button.bounding_box()

    assert box is not None
    assert box["y"] + box["height"] <= SCREEN["height"]
    page.context.close()


def test_the_fields_of_a_card_show_its_number_and_its_code_whole(
    chromium: Browser, site: BuiltCourse
) -> None:
    page = a_phone(chromium, scripts=True)
    page.goto((site.out / "book/tes-awal.html").as_uri())
    fields = page.locator(".card-fields input")
    written = "each => [each.scrollWidth, each.clientWidth]"

    fields.first.fill("D26-017")
    fields.last.fill("WWWW-WWWW-WWWW-WWWW-W")  # the widest letter, where they are not all equal
    whole = [wide <= room for wide, room in fields.evaluate_all(f"all => all.map({written})")]
    fields.last.fill("WWWW-" * 9)
    wide, room = fields.last.evaluate(written)

    assert whole == [True, True]
    assert wide > room  # what does not fit is seen
    page.context.close()


def test_the_numbers_take_one_line(chromium: Browser, site: BuiltCourse) -> None:
    page, high = a_phone(chromium), {}
    pages = pages_with_strip(site)
    for path in pages:
        page.goto(path.as_uri())
        height = page.locator(".strip").first.evaluate("strip => strip.offsetHeight")
        if not 44 <= height <= STRIP:
            high[path.relative_to(site.out).as_posix()] = height

    assert len(pages) > 25
    assert high == {}
    page.context.close()


def test_all_numbers_are_one_tap_away_without_a_script_and_can_be_put_away(
    chromium: Browser, site: BuiltCourse
) -> None:
    page = a_phone(chromium)
    page.goto(lessons_of(site)[0].as_uri())
    numbers = page.locator(".help-list")
    expect(numbers).to_be_hidden()

    page.get_by_role("link", name="Semua nomor bantuan").first.click()

    expect(numbers).to_be_visible()
    expect(numbers).to_be_in_viewport()
    assert numbers.locator("a[href^='tel:']").count() == 7

    page.get_by_role("link", name="Tutup daftar nomor").click()

    expect(numbers).to_be_hidden()
    page.locator("main").evaluate("main => scrollTo(0, main.scrollHeight)")
    page.get_by_role(
        "link", name="Bantuan", exact=True
    ).click()  # at the top of every page, wherever its reader is

    expect(numbers).to_be_visible()
    page.context.close()


def test_a_page_without_numbers_leads_to_the_list_on_the_front_page(
    chromium: Browser, site: BuiltCourse
) -> None:
    page = a_phone(chromium)
    page.goto((site.out / "book/istilah.html").as_uri())

    page.get_by_role("link", name="Bantuan", exact=True).click()

    expect(page.locator(".help-list")).to_be_in_viewport()
    page.context.close()


def test_an_open_menu_does_not_lie_over_the_numbers(chromium: Browser, site: BuiltCourse) -> None:
    page = a_phone(chromium, scripts=True)
    page.goto((site.out / "index.html").as_uri())
    number = page.locator(".help-list a[href^='tel:'] strong").first

    for _ in range(2):  # also where the address does not change any more
        page.locator(".menu > summary").click()
        page.get_by_role("link", name="Bantuan", exact=True).click()

        expect(page.locator(".menu nav")).to_be_hidden()
        expect(number).to_be_in_viewport()
    page.context.close()


@pytest.mark.parametrize("size", [SCREEN, {"width": 1280, "height": 800}])
def test_a_choice_in_a_story_stays_where_it_was_tapped_with_what_it_leads_to(
    chromium: Browser, site: BuiltCourse, size: ViewportSize
) -> None:
    page = chromium.new_context(viewport=size).new_page()
    page.goto((site.out / STORY).as_uri())
    page.get_by_role("button", name="Seluruh halaman").click()
    page.locator(".item-case").first.scroll_into_view_if_needed()
    undecided = page.locator(".item-case .step:visible").filter(
        has=page.locator(".act[aria-pressed=false]:visible")
    )
    moved = []
    for _ in range(2):
        name = undecided.first.get_attribute("data-step")
        branch = page.locator(f'.step[data-step="{name}"] .branch').last
        branch.evaluate("each => scrollBy(0, each.getBoundingClientRect().top - 250)")
        before = branch.evaluate(TOP)
        branch.locator(".act").click()
        page.wait_for_function("() => new Promise(done => setTimeout(() => done(true), 200))")
        moved.append(abs(branch.evaluate(TOP) - before) <= 2)
        expect(branch.locator(".consequence")).to_be_in_viewport()

    assert moved == [True, True]
    page.context.close()


def test_a_module_chooses_its_numbers_and_each_has_its_full_name(
    chromium: Browser, site: BuiltCourse
) -> None:
    page, shown = a_phone(chromium), {}
    for name in (
        "modules/03-perlindungan-anak/01-mendengar-anak",
        "modules/05-kesehatan-jiwa/index",
        "book/tes-awal",
    ):
        page.goto((site.out / f"{name}.html").as_uri())
        shown[name] = page.get_by_role("group", name="Nomor bantuan").first.evaluate(SHORT_NAMES)

    page.goto((site.out / "modules/03-perlindungan-anak/index.html").as_uri())
    named = page.get_by_role("link", name="UPTD PPA 0811-1186-598: UPTD PPA Kota Depok").first

    assert list(shown.values()) == [
        ["UPTD PPA", "SAPA", "Healing119"],
        ["Ambulans", "Healing119", "Darurat"],
        ["Darurat", "Polisi"],
    ]
    assert named.get_attribute("href") == "tel:08111186598"
    page.context.close()


def test_the_whole_list_is_printed_and_says_once_what_was_checked(
    chromium: Browser, site: BuiltCourse
) -> None:
    page = a_phone(chromium)
    page.emulate_media(media="print")
    for path in lessons_of(site):
        page.goto(path.as_uri())
        assert page.locator(".help-list").count() == 1, path
        assert page.locator(".help-list a[href^='tel:']").last.is_visible()
        assert not page.locator(".help-first").first.is_visible()
        assert page.inner_text("main").lower().count("belum dikonfirmasi") == 1, path
    page.context.close()
