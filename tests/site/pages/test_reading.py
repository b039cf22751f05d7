"""The published site in a real browser, as a phone opens it: from files, without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from dirty_equals import Contains
from playwright.sync_api import Browser, Page, ViewportSize

from psm_course.site.output.tree import Tree
from tests.axe import axe_findings_in_both_schemes
from tests.conftest import BuiltCourse

PHONE: ViewportSize = {"width": 360, "height": 720}
SMALLEST: ViewportSize = {"width": 320, "height": 640}
QUIZ_PAGE = "modules/02-mengenali-ppks/01-dua-puluh-enam-jenis.html"
CASE_PAGE = "modules/02-mengenali-ppks/03-data-orang-titipan.html"
# Words of tools that speak English when nobody tells them not to.
ENGLISH = re.compile(
    r"\b(the|and|next|previous|search|contents|skip to|show|hide|copy|toggle|navigation|table"
    r" of|powered by|question|answer)\b",
    re.I,
)
# Words of code in running text, each with on how many lines it stands.
WORDS_OF_CODE = """() => [...document.querySelectorAll('main :not(pre) > code')].flatMap(code => {
  const words = [], text = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  while (text.nextNode()) for (const {0: word, index} of text.currentNode.data.matchAll(/\\S+/g)) {
    const range = document.createRange();
    range.setStart(text.currentNode, index);
    range.setEnd(text.currentNode, index + word.length);
    const lines = [...range.getClientRects()].filter(each => each.width).map(({top}) => top);
    words.push([word, new Set(lines).size]);
  }
  return words;
})"""


def pages_of(site: BuiltCourse) -> list[Path]:
    """Without the page for a wrong address, whose links begin at the root (`test_course_site`)."""
    return sorted(path for path in site.out.rglob("*.html") if path.name != "404.html")


def opened(browser: Browser, path: Path, **context: object) -> Iterator[Page]:
    place = browser.new_context(**context)  # type: ignore[arg-type]
    page = place.new_page()
    page.goto(path.as_uri())
    yield page
    place.close()


@pytest.fixture
def page(chromium: Browser, site: BuiltCourse) -> Iterator[Page]:
    """The lesson with its quiz, scripts off."""
    yield from opened(chromium, site.out / QUIZ_PAGE, viewport=PHONE, java_script_enabled=False)


def test_no_page_loads_anything_from_outside_or_holds_an_inline_script(
    chromium: Browser, site: BuiltCourse
) -> None:
    context = chromium.new_context(viewport=PHONE)
    asked: list[str] = []
    said: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda message: said.append(message.text))
    page = context.new_page()
    for path in pages_of(site):
        if (
            path.name != "404.html"
        ):  # only a server shows it: its addresses begin at the site's root
            page.goto(path.as_uri())

    assert {url.split(":")[0] for url in asked} == {"file"}
    assert said == []
    inline = 'script:not([src]):not([type="application/json"])'
    assert not [
        path for path in pages_of(site) if Tree(path.read_text(encoding="utf-8")).css(inline)
    ]
    context.close()


def test_a_scale_brings_its_style_and_no_other_page_pays_for_it(site: BuiltCourse) -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in pages_of(site)}
    scaled = {name for name, text in texts.items() if re.search(r'class="?grade\b', text)}

    assert scaled
    assert scaled == {name for name, text in texts.items() if "rating.css" in text}


def test_no_page_scrolls_sideways_on_the_smallest_phone(
    chromium: Browser, site: BuiltCourse
) -> None:
    context = chromium.new_context(viewport=SMALLEST)
    page = context.new_page()
    wide = {}
    for path in pages_of(site):
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > SMALLEST["width"]:
            wide[path.relative_to(site.out).as_posix()] = width

    assert wide == {}
    context.close()


def test_a_command_breaks_at_its_spaces_alone(chromium: Browser, site: BuiltCourse) -> None:
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    words: list[tuple[str, int]] = []
    for path in (site.out / "book").glob("panduan-*.html"):
        page.goto(path.as_uri())
        words += page.evaluate(WORDS_OF_CODE)

    assert {lines for word, lines in words if word == "--reason"} == {1}
    assert [word for word, lines in words if len(word) <= 14 and lines != 1] == []
    assert [word for word, lines in words if lines > 1]  # a longer one may have no other way
    context.close()


@pytest.mark.long
def test_axe_finds_nothing_on_any_page_with_everything_opened(
    chromium: Browser, site: BuiltCourse
) -> None:
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    found = {}
    for path in pages_of(site):
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        found[path.relative_to(site.out).as_posix()] = axe_findings_in_both_schemes(page)

    assert {path: findings for path, findings in found.items() if findings} == {}
    context.close()


def test_every_page_is_in_indonesian(chromium: Browser, site: BuiltCourse) -> None:
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    english = {}
    for path in pages_of(site):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.lang") == "id"
        page.evaluate("document.querySelectorAll('code, pre').forEach(each => each.remove())")
        labels = page.evaluate(
            "[...document.querySelectorAll('[aria-label], [title]')].map(e => e.ariaLabel + ' ' +"
            " e.title).join(' ')"
        )
        found = ENGLISH.findall(page.inner_text("body") + " " + labels)
        if found:
            english[path.name] = sorted(set(found))

    assert english == {}
    context.close()


def test_an_answer_is_looked_up_by_keyboard_alone(page: Page) -> None:
    item = page.locator(".item-choice").first
    item.locator("input").first.focus()
    page.keyboard.press("ArrowDown")

    assert item.locator("input").nth(1).is_checked()
    assert not item.locator(
        ".verdicts"
    ).is_visible()  # an arrow key chooses; it never hands in or reveals

    item.locator("summary").focus()
    page.keyboard.press("Enter")

    assert item.locator(".verdicts li.right").is_visible()


def test_a_case_is_played_by_opening_a_choice_and_going_on(
    chromium: Browser, site: BuiltCourse
) -> None:
    for page in opened(chromium, site.out / CASE_PAGE, viewport=PHONE, java_script_enabled=False):
        play_a_step(page)


def play_a_step(page: Page) -> None:
    case = page.locator(".item-case")
    branch = case.locator(".step").first.locator("details.branch").first

    branch.locator("summary").click()
    assert branch.locator(".consequence").is_visible()
    onward = branch.locator(".onward a")
    target = onward.get_attribute("href")
    onward.click()

    assert target is not None
    assert page.url.endswith(target)


def test_each_help_number_is_a_tap_away_on_every_page_about_child_protection(
    chromium: Browser, site: BuiltCourse
) -> None:
    pages = sorted((site.out / "modules/03-perlindungan-anak").glob("*.html"))
    assert len(pages) == 5
    for path in pages:
        for page in opened(chromium, path, viewport=PHONE, java_script_enabled=False):
            page.get_by_role("link", name="Bantuan", exact=True).click()
            box = page.locator(".help-list")
            assert [link.is_visible() for link in box.locator("a[href^='tel:']").all()] == [
                True
            ] * 7
            assert box.locator(".checked").inner_text() == Contains(
                "Belum dikonfirmasi", "6 Oktober 2022 dan 18 Maret 2026"
            )


def test_previous_and_next_lead_through_what_is_learned_and_past_what_is_looked_up(
    chromium: Browser, site: BuiltCourse
) -> None:
    seen: list[str] = []
    for page in opened(
        chromium, site.out / "index.html", viewport=PHONE, java_script_enabled=False
    ):
        while True:
            seen.append(Path(page.url).relative_to(site.out.as_uri()).with_suffix("").as_posix())
            onward = page.locator("a[rel='next']")
            if not onward.count():
                break
            with page.expect_navigation():
                onward.first.click()
        back = [page.locator("a[rel='prev']").count()]
        page.goto((site.out / "book/istilah.html").as_uri())
        back.append(page.locator(".pager").count())

    modules = [
        path.relative_to(site.out).with_suffix("").as_posix()
        for path in site.out.glob("modules/*/*.html")
    ]
    # A module comes before its lessons.
    learned = sorted(modules, key=lambda path: path.replace("/index", "/"))
    assert seen == [
        "index",
        "book/panduan-peserta",
        "book/tes-awal",
        *learned,
        "book/tes-akhir",
        "book/kemajuan",
    ]
    assert back == [1, 0]
