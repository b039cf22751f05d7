"""How far a person has come: from belum over sedang to selesai, on the device alone, and shown
without moving anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from psm_course.site.pages import navigation
from psm_course.site.pages.progress_facts import Practice
from tests.site.stage import MOVED, PHONE, kept, to_the_last_step, until, whole_page

FRONT = "book/index.html"
MODULE = "modules/01-dasar-peran-psm"
LESSON = f"{MODULE}/01-peran-dan-batas"
# The lesson's practice is answered without its own scripts: what counts is what is kept.
TRY_ALL = """async right => {
  const lessons = (await PSM.progress.read()).flatMap(module => module.lessons);
  const [[name, items]] = lessons.find(({id}) => id === PSM.page).practice;
  const asked = document.querySelectorAll(`[data-quiz="${name}"] .item:not([data-type=rating])`);
  const names = [...asked].map(item => item.dataset.item);
  const all = names.reduce((found, id) => Object.assign(found, {[id]: right ? true : 1}), {});
  const [done, tries] = right ? [all, {}] : [{}, all];
  await PSM.mine.update(`quiz/${name}`, () => ({responses: {}, right: done, tries}));
  await PSM.progress.refresh();
  return [names.length, Number(items)];
}"""


def test_the_menu_says_lessons_in_short_and_tells_one_from_another_that_its_name_begins() -> None:
    def page(name: str, facts: navigation.Facts) -> navigation.Page:
        return navigation.Page(f"modules/01-menyapa/{name}", "", facts, ())

    below = (
        page("salam", navigation.Facts("lesson", practices=(Practice("latihan", ("a", "b")),))),
        page("salam-lagi", navigation.Facts("lesson")),
        page("isi", navigation.Facts("lesson")),  # the module's own page begins so, too
        page("bacaan", navigation.Facts("page")),
    )
    module = navigation.Page("modules/01-menyapa/index", "", navigation.Facts("module"), below)

    assert module.in_short == "salam. latihan:2/salam-/is"


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=PHONE, service_workers="block")
    yield context
    context.close()


def opened(phone: BrowserContext, address: str, page: str) -> Page:
    fresh = phone.new_page()
    fresh.goto(f"{address}/{page}")
    fresh.wait_for_function("!document.querySelector('.menu .state:empty')")
    return fresh


def begin(page: Page) -> None:
    page.mouse.wheel(0, 300)
    until(page, "id => PSM.mine.get(`page/${id}`)", LESSON)


def read_to_the_end(page: Page) -> None:
    to_the_last_step(page)
    page.locator(".pager").scroll_into_view_if_needed()
    until(page, "id => PSM.mine.get(`page/${id}`).then(kept => kept && kept.read)", LESSON)


def state(page: Page, docname: str, within: str = ".menu") -> str | None:
    place = page.locator(f'{within} [data-state="{docname}"]')
    place.and_(page.locator(":not(:empty)")).wait_for(state="attached")
    return place.text_content()


def test_a_lesson_that_was_never_opened_is_belum_and_nothing_is_kept_of_it(
    phone: BrowserContext, address: str
) -> None:
    page = opened(phone, address, FRONT)

    assert {each.text_content() for each in page.locator(".state").all()} == {"belum"}
    assert kept(page) == {}


def test_a_lesson_is_not_judged_by_what_is_kept_of_one_that_had_another_name(
    phone: BrowserContext, address: str
) -> None:
    page = opened(phone, address, FRONT)

    page.evaluate(
        "id => PSM.mine.update(`page/${id}`, () => ({begun: true})).then(PSM.progress.refresh)",
        f"{MODULE}/01-lama",
    )

    assert state(page, LESSON) == "belum"


def test_a_state_that_stays_is_not_written_again(phone: BrowserContext, address: str) -> None:
    """Every answer asks how far the person has come; most often the menu says it already."""
    page = opened(phone, address, f"{LESSON}.html")

    written = page.evaluate("""async () => {
      let count = 0;
      const seen = new MutationObserver((changes) => { count += changes.length; });
      seen.observe(document.querySelector('.menu'),
        {subtree: true, childList: true, attributes: true});
      await PSM.progress.refresh();
      return count + seen.takeRecords().length;
    }""")

    assert written == 0


def test_opening_a_lesson_alone_is_not_yet_beginning_it(
    phone: BrowserContext, address: str
) -> None:
    page = opened(phone, address, f"{LESSON}.html")

    assert state(page, LESSON) == "belum"


def test_a_lesson_open_for_twenty_seconds_is_begun(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.clock.install()
    page.goto(f"{address}/{LESSON}.html")
    page.wait_for_function("window.PSM && PSM.progress")

    page.clock.fast_forward(20_000)

    expect(page.locator(f'.menu [data-state="{LESSON}"]')).to_have_text("sedang")


def test_a_lesson_that_was_scrolled_is_begun_and_so_is_its_module(
    phone: BrowserContext, address: str
) -> None:
    page = opened(phone, address, f"{LESSON}.html")

    begin(page)

    expect(page.locator(f'.menu [data-state="{LESSON}"]')).to_have_text("sedang")
    module = opened(phone, address, f"{MODULE}/index.html")
    assert state(module, LESSON, ".lessons") == "sedang"
    assert state(opened(phone, address, FRONT), f"{MODULE}/index", ".lessons") == "sedang"


def test_an_answer_alone_begins_a_lesson(phone: BrowserContext, address: str) -> None:
    page = opened(phone, address, f"{LESSON}.html")

    page.evaluate(TRY_ALL, True)

    assert state(page, LESSON) == "sedang"


def test_reading_to_the_end_is_not_enough_while_practice_is_open(
    phone: BrowserContext, address: str
) -> None:
    page = opened(phone, address, f"{LESSON}.html")

    read_to_the_end(page)

    expect(page.locator(f'.menu [data-state="{LESSON}"]')).to_have_text("sedang")


@pytest.mark.parametrize("right", [True, False], ids=["right", "tried"])
def test_a_lesson_read_with_every_item_right_or_tried_is_selesai(
    phone: BrowserContext, address: str, right: bool
) -> None:
    page = opened(phone, address, f"{LESSON}.html")
    read_to_the_end(page)

    on_page, in_menu = page.evaluate(TRY_ALL, right)

    assert on_page == in_menu > 0
    assert state(page, LESSON) == "selesai"


def test_a_refresh_that_another_overtakes_ends_with_the_newer_state_on_the_page(
    phone: BrowserContext, address: str
) -> None:
    page = opened(phone, address, f"{LESSON}.html")

    shown = page.evaluate(
        """async id => {
          await PSM.mine.update(`page/${id}`, () => ({begun: true}));
          const overtaken = PSM.progress.refresh();
          PSM.progress.refresh();
          await overtaken;
          return document.querySelector(`.menu [data-state="${id}"]`).textContent;
        }""",
        LESSON,
    )

    assert shown == "sedang"


def test_a_practice_answered_in_the_page_counts_at_once(
    phone: BrowserContext, address: str
) -> None:
    page = opened(phone, address, f"{LESSON}.html")
    page.wait_for_selector(".quiz.ready", state="attached")
    item = whole_page(page).locator(".item-choice").first

    item.locator("label").first.click()
    item.locator(".check").click()

    expect(page.locator(f'.menu [data-state="{LESSON}"]')).to_have_text("sedang")


def test_another_tab_shows_what_was_done_in_this_one(phone: BrowserContext, address: str) -> None:
    front = opened(phone, address, FRONT)

    begin(opened(phone, address, f"{LESSON}.html"))

    expect(front.locator(f'.lessons [data-state="{MODULE}/index"]')).to_have_text("sedang")


def test_the_front_page_leads_to_the_start_and_then_to_the_lesson_left_open(
    phone: BrowserContext, address: str
) -> None:
    start = opened(phone, address, FRONT).locator("[data-go-on]")
    assert "Mulai di sini" in start.inner_text()

    begin(opened(phone, address, f"{LESSON}.html"))

    front = opened(phone, address, FRONT)
    expect(front.locator("[data-go-on]")).to_contain_text("Lanjutkan")
    front.locator("[data-go-on]").click()
    front.wait_for_url(f"**/{LESSON}.html*")


def test_a_module_is_selesai_with_all_its_lessons_and_the_way_leads_on(
    phone: BrowserContext, address: str
) -> None:
    page = opened(phone, address, FRONT)
    page.evaluate(
        """async module => {
          const {lessons} = (await PSM.progress.read()).find(({id}) => id === module);
          for (const {id, practice} of lessons) {
            await PSM.mine.update(`page/${id}`, () => ({begun: true, read: true}));
            for (const [quiz, items] of practice) {
              const all = Array.from({length: items}, (_, at) => [`soal-${at}`, true]);
              const right = Object.fromEntries(all);
              await PSM.mine.update(`quiz/${quiz}`, () => ({responses: {}, right, tries: {}}));
            }
          }
        }""",
        f"{MODULE}/index",
    )

    page = opened(phone, address, FRONT)

    assert state(page, f"{MODULE}/index", ".lessons") == "selesai"
    expect(page.locator("[data-go-on]")).to_have_attribute("href", re.compile(r"^\.\./modules/02-"))


def test_no_state_is_shown_by_colour_alone(phone: BrowserContext, address: str) -> None:
    page = opened(phone, address, f"{LESSON}.html")
    begin(page)
    expect(page.locator(f'.menu [data-state="{LESSON}"]')).to_have_text("sedang")
    page.locator(".menu > summary").click()

    sign = """({content, backgroundImage, borderStyle}) =>
      [content, backgroundImage, borderStyle].join()"""
    drawn = f"element => ({sign})(getComputedStyle(element, '::before'))"
    signs = {
        each.text_content(): each.evaluate(drawn) for each in page.locator(".menu .state").all()
    }

    assert set(signs) == {"belum", "sedang"}
    assert len(set(signs.values())) == 2


@pytest.mark.parametrize("page", [FRONT, f"{MODULE}/index.html", "book/kemajuan.html"])
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_moves_when_states_appear(
    phone: BrowserContext, address: str, page: str, width: int
) -> None:
    begin(opened(phone, address, f"{LESSON}.html"))
    shown = phone.new_page()
    shown.set_viewport_size({"width": width, "height": 720})

    shown.goto(f"{address}/{page}")
    shown.locator("main .state.begun").first.wait_for(state="attached")

    assert shown.evaluate(MOVED) == 0
