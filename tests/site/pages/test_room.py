"""What is shown has room: no button touches what stands above or below it, and in large letters
each can still be read and reached.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, FloatRect, Page, ViewportSize, expect

from tests.site.people.office import BUDI, SITI, Office, begin, link
from tests.site.stage import until, whole_page

PHONE: ViewportSize = {"width": 360, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 800}
LYING: ViewportSize = {"width": 640, "height": 360}
FRONT, PROGRESS, TEST = "index.html", "book/kemajuan.html", "book/tes-awal.html"
LESSON = "modules/03-perlindungan-anak/01-mendengar-anak.html"
TWICE = "document.head.insertAdjacentHTML('beforeend', '<style>html { font-size: 200% }</style>')"
# Pairs of which one is a button, less than three pixels apart. What sticks to an edge of the screen
# lies over the rest.
TOUCHING = """() => {
  const buttons = 'button, a.check, a.plain', found = [];
  const others = 'summary, .quiz-note, .sum, h1, h2, p:not(.actions)';
  const seen = [...document.querySelectorAll(`main :is(${buttons}, ${others})`)]
    .filter(each => each.checkVisibility() && each.innerText)
    .filter(each => !each.closest('.steps-bar, .sitting-bar, .item'));
  for (const one of seen) for (const other of seen) {
    if (!one.matches(buttons) && !other.matches(buttons)) continue;
    if (one.contains(other) || other.contains(one)) continue;
    const upper = one.getBoundingClientRect(), lower = other.getBoundingClientRect();
    const apart = lower.left >= upper.right || upper.left >= lower.right;
    const isClose = lower.top >= upper.top && lower.top - upper.bottom < 3;
    if (!apart && isClose) found.push([one, other].map(({innerText}) => innerText.slice(0, 40)));
  }
  return found;
}"""
CUT = (
    "all => all.filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.innerText)"
)


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=PHONE, service_workers="block")
    yield context
    context.close()


def met(page: Page, address: str, number: str, path: str = FRONT) -> Page:
    page.goto("about:blank")
    page.goto(link(address, number, path))
    page.get_by_text(f"Kartu {number} sudah dikenal.").wait_for()
    return page


def box(page: Page, selector: str) -> FloatRect:
    found = page.locator(selector).bounding_box()
    assert found is not None, selector
    return found


def guest_again(page: Page) -> None:
    page.get_by_role("button", name="Bukan Anda?").first.click()
    page.get_by_text("Siapa yang memakai ponsel ini?").wait_for()


@pytest.mark.journey
@pytest.mark.parametrize("size", [PHONE, DESK])
def test_no_button_touches_what_stands_above_or_below_it(
    chromium: Browser, address: str, size: ViewportSize
) -> None:
    phone, touching = chromium.new_context(viewport=size, service_workers="block"), {}
    Office(phone)
    page = phone.new_page()
    page.goto(f"{address}/{LESSON}")
    page.get_by_role("link", name="Lanjut", exact=True).click()  # read as a guest: it may be hers
    until(page, "async () => Object.keys(await PSM.mine.all('')).length > 0")

    met(page, address, SITI).get_by_role("button", name="Kemajuan tanpa nama").wait_for()
    touching["just known"] = page.evaluate(TOUCHING)
    met(page, address, BUDI, TEST)
    touching["before a test"] = page.evaluate(TOUCHING)
    begin(page)
    guest_again(page)
    touching["not me"] = page.evaluate(TOUCHING)
    page.goto(f"{address}/{PROGRESS}")
    page.get_by_text("Siapa yang memakai ponsel ini?").wait_for()
    touching["whose progress"] = page.evaluate(TOUCHING)
    page.get_by_role("button", name="Budi S").first.click()
    expect(page.locator(".reader strong")).to_have_text(f"Budi S ({BUDI})")
    touching["progress"] = page.evaluate(TOUCHING)
    tab = phone.new_page()
    tab.goto(f"{address}/{TEST}")
    tab.get_by_role("button", name="Lanjutkan sebagai").wait_for()
    touching["whose test"] = tab.evaluate(TOUCHING)
    tab.get_by_role("button", name="Lanjutkan sebagai").click()
    tab.get_by_role("button", name="Tampilkan semua soal").click()
    tab.get_by_role("button", name="Tinjau jawaban").click()
    touching["looked over"] = tab.evaluate(TOUCHING)
    tab.get_by_role("button", name="Serahkan").click()
    tab.locator(".handed").wait_for()
    touching["handed in"] = tab.evaluate(TOUCHING)
    phone.close()

    assert {state: found for state, found in touching.items() if found} == {}


def test_the_danger_card_begins_with_its_words(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.goto(f"{address}/book/ke-mana-merujuk.html")

    card, title = box(page, ".danger"), box(page, ".danger h2")

    assert title["y"] - card["y"] <= 20


def test_a_greeting_stands_free_of_the_header_and_moves_nothing(
    phone: BrowserContext, address: str
) -> None:
    page = phone.new_page()
    page.goto(f"{address}/{FRONT}")
    page.locator(".notice").wait_for()
    title = box(page, "h1")["y"]

    met(page, address, SITI)
    page.reload()
    page.locator(".hello .who").wait_for()
    header, greeting = box(page, ".top"), box(page, ".hello .who")

    assert greeting["y"] - (header["y"] + header["height"]) >= 16
    assert box(page, "h1")["y"] == title


def test_the_outline_of_a_whole_page_marks_no_part_as_the_one_that_is_read(
    chromium: Browser, address: str
) -> None:
    page = chromium.new_context(viewport=DESK, service_workers="block").new_page()
    page.goto(f"{address}/{LESSON}")
    marked = page.locator('.sections [aria-current="true"]')
    expect(marked).to_have_count(1)

    whole_page(page)

    expect(marked).to_have_count(0)
    page.context.close()


def test_a_notices_words_end_above_its_buttons(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.goto(f"{address}/{FRONT}")

    words, buttons = box(page, ".notice p:not(.actions)"), box(page, ".notice .actions")

    assert buttons["y"] - (words["y"] + words["height"]) >= 8


# ---- letters twice as large ----------------------------------------------------------------------


def test_in_large_letters_a_guest_sees_what_she_can_do_about_the_question(
    phone: BrowserContext, address: str
) -> None:
    page = phone.new_page()
    page.goto(f"{address}/{FRONT}")
    page.locator(".notice").wait_for()
    page.evaluate(TWICE)

    for button in page.locator(".notice button, .notice a").all():
        expect(button).to_be_in_viewport(ratio=0.9)


def test_in_large_letters_a_running_test_is_named_in_words_and_its_button_is_whole(
    phone: BrowserContext, address: str
) -> None:
    page = met(phone.new_page(), address, SITI, TEST)
    begin(page)
    page.evaluate(TWICE)
    name = box(page, ".sitter strong")
    cut = page.locator(".sitting-bar button").evaluate_all(CUT)
    page.goto(f"{address}/{LESSON}")
    page.locator(".reminder strong").wait_for()
    page.evaluate(TWICE)
    line, bar = box(page, ".reminder strong"), box(page, ".reminder")

    assert name["height"] <= 2 * 45  # two lines, not a letter each
    assert line["width"] >= 9 * 32
    assert bar["height"] <= 0.45 * PHONE["height"]
    assert [*cut, *page.locator(".reminder :is(a, button)").evaluate_all(CUT)] == []


def test_where_the_screen_is_low_the_bar_of_a_test_gives_its_room_to_the_question(
    phone: BrowserContext, address: str
) -> None:
    page = met(phone.new_page(), address, SITI, TEST)
    begin(page)
    bar = page.locator(".sitting-bar")
    expect(bar).to_have_css("position", "sticky")

    page.set_viewport_size(LYING)

    expect(bar).to_have_css("position", "static")
