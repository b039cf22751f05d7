"""A lesson in steps, cut by `content/steps.py`: one at a time, and a place for each person."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

import nbformat
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from psm_course.content.steps import steps_on_the_phone
from psm_course.site.output.tree import Tree
from tests.axe import axe_findings_in_both_schemes
from tests.conftest import BuiltCourse
from tests.scripts import bundled
from tests.site.pages.test_first_screen import lessons_of
from tests.site.stage import to_the_last_step, until, whole_page

PHONE: ViewportSize = {"width": 360, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 800}
LESSON = "modules/03-perlindungan-anak/01-mendengar-anak"
FIRST, THIRD, PRACTICE = (
    "Kursi terakhir di posyandu",
    "Tanda adalah alasan peduli, bukan bukti",
    "Latihan",
)
SHORT = "modules/03-perlindungan-anak/04-sore-di-teras"
SCRIPT = 1_000  # bytes compressed
STEPS = "main > section > section"
SHOWN = f"""[...document.querySelectorAll('{STEPS}')]
  .filter(step => step.offsetHeight).map(step => step.id)"""
# Everything of the practice is tried, without its own script: what counts is what is kept.
TRY_ALL = """async () => {
  for (const quiz of document.querySelectorAll('[data-use=practice]')) {
    const tries = {};
    quiz.querySelectorAll('.item').forEach(item => { tries[item.dataset.item] = 1; });
    await PSM.mine.update(`quiz/${quiz.dataset.quiz}`, () => ({responses: {}, right: {}, tries}));
  }
  await PSM.progress.refresh();
}"""


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=PHONE, service_workers="block")
    yield context
    context.close()


def opened(phone: BrowserContext, address: str, lesson: str = LESSON, anchor: str = "") -> Page:
    page = phone.new_page()
    page.goto(f"{address}/{lesson}.html{anchor}")
    page.locator("#bagian").wait_for(state="attached")
    return page


def onward(page: Page) -> None:
    page.get_by_role("link", name="Lanjut", exact=True).click()


def heading(page: Page, name: str) -> None:
    """Only this step is on the screen, and its heading is in sight."""
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_in_viewport()
    assert len(page.evaluate(SHOWN)) == 1


def place(page: Page) -> str:
    return page.locator("#bagian").inner_text()


# ---- where a step begins -------------------------------------------------------------------------


def test_the_page_is_cut_by_the_rule_of_the_slides_and_the_wall(site: BuiltCourse) -> None:
    on_page, by_rule = {}, {}
    for path in lessons_of(site):
        name = path.relative_to(site.out).with_suffix("").as_posix()
        steps = Tree(path.read_text(encoding="utf-8")).css(STEPS)
        on_page[name] = [
            step.attributes.get("aria-label") or " ".join(step.css("h2, h3")[0].text().split())
            for step in steps
        ]
        lesson = site.root / f"{name}.ipynb"
        notebook = nbformat.read(lesson, as_version=4)  # type: ignore[no-untyped-call]
        _, *found = steps_on_the_phone(notebook)
        by_rule[name] = [step.title for step in found]

    assert len(by_rule) == 20
    assert on_page == by_rule


def test_most_lessons_are_eight_to_fourteen_steps(site: BuiltCourse) -> None:
    counts = [len(Tree(path.read_text(encoding="utf-8")).css(STEPS)) for path in lessons_of(site)]

    assert (min(counts), max(counts)) == (6, 15)
    assert sum(8 <= count <= 14 for count in counts) == 17


def test_headings_keep_their_level_and_sources_stand_in_the_last_step(site: BuiltCourse) -> None:
    path = site.out / "modules/02-mengenali-ppks/01-dua-puluh-enam-jenis.html"
    steps = Tree(path.read_text(encoding="utf-8")).css(STEPS)

    headings = [step.css("h2, h3")[0] for step in steps]
    assert {each.text(): each.tag for each in headings}["1. Cocokkan satu per satu"] == "h3"
    has_sources = [step.css_first("#sumber > h2") is not None for step in steps]
    assert has_sources.index(True) == len(steps) - 1


def test_the_script_for_steps_weighs_at_most_a_kilobyte() -> None:
    with_steps = bundled("import './steps/steps.js';", "psm.js")

    assert 0 < len(gzip.compress(with_steps.encode(), 6)) <= SCRIPT


# ---- a step at a time ----------------------------------------------------------------------------


@pytest.mark.journey
def test_a_lesson_is_walked_step_by_step_and_the_browser_leads_back(
    phone: BrowserContext, address: str
) -> None:
    page = opened(phone, address)
    heading(page, FIRST)
    assert place(page) == "Bagian 1 dari 12"
    assert page.get_by_role("link", name="Bagian sebelumnya").count() == 0

    onward(page)
    expect(page.locator("#bagian")).to_have_text("Bagian 2 dari 12")
    onward(page)
    heading(page, THIRD)
    assert not page.locator("h1").is_visible()
    assert not page.locator(".pager").is_visible()

    page.go_back()
    expect(page.locator("#bagian")).to_have_text("Bagian 2 dari 12")
    page.go_back()
    heading(page, FIRST)
    page.go_forward()
    page.get_by_role("link", name="Bagian sebelumnya").click()
    heading(page, FIRST)


def test_the_keyboard_lands_on_the_heading_which_says_its_place(
    phone: BrowserContext, address: str
) -> None:
    page = opened(phone, address)
    page.get_by_role("link", name="Lanjut", exact=True).focus()

    page.keyboard.press("Enter")

    focused = page.locator(":focus")
    expect(focused).to_have_text("Siapa yang disebut anak?")
    expect(focused).to_have_accessible_description("Bagian 2 dari 12")


@pytest.mark.parametrize(
    "size", [PHONE, DESK, {"width": 320, "height": 640}], ids=["phone", "desk", "smallest"]
)
def test_the_buttons_are_large_and_stay_in_sight(
    chromium: Browser, address: str, size: ViewportSize
) -> None:
    context = chromium.new_context(viewport=size, service_workers="block")
    page = opened(context, address)
    onward(page)
    expect(page.locator("#bagian")).to_have_text("Bagian 2 dari 12")

    boxes = [
        page.get_by_role("link", name=name, exact=True).bounding_box()
        for name in ("Bagian sebelumnya", "Lanjut")
    ]

    assert all(
        box
        and box["height"] >= 48
        and box["width"] >= 48
        and box["y"] + box["height"] <= size["height"]
        for box in boxes
    )
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
    context.close()


def test_help_is_one_tap_away_in_every_step_and_leaves_the_reader_where_she_is(
    phone: BrowserContext, address: str
) -> None:
    page = opened(phone, address, anchor="#catat-kata-kata-anak")

    page.get_by_role("link", name="Bantuan", exact=True).click()
    expect(page.locator(".help-list")).to_be_in_viewport()
    page.get_by_role("link", name="Tutup daftar nomor").click()

    expect(page.locator(".help-list")).to_be_hidden()
    assert page.evaluate(SHOWN) == ["catat-kata-kata-anak"]
    expect(page.locator(".help-first")).to_be_visible()


def test_what_waits_for_confirmation_is_explained_where_it_is_marked(
    phone: BrowserContext, address: str
) -> None:
    page = opened(phone, address)
    line = page.locator(".waits")
    expect(line).to_be_hidden()

    onward(page)
    onward(page)

    heading(page, THIRD)
    expect(line).to_be_visible()


# ---- ways in -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("anchor", "step"),
    [("#tiga-kalimat-pertama", "tiga-kalimat-pertama"), ("#kuis-latihan-anak-1", "latihan")],
)
def test_a_link_to_a_place_opens_its_step(
    phone: BrowserContext, address: str, anchor: str, step: str
) -> None:
    page = opened(phone, address, anchor=anchor)

    assert page.evaluate(SHOWN) == [step]
    expect(page.locator(anchor)).to_be_in_viewport()


def test_a_result_of_the_search_opens_its_step(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.goto(f"{address}/book/cari.html#kata=tiga%20kalimat%20pertama")
    page.get_by_role("link", name="Tiga kalimat pertama", exact=True).first.click()
    page.locator("#bagian").wait_for()

    heading(page, "Tiga kalimat pertama")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_list_of_contents_leads_to_steps_and_marks_the_one_shown(
    phone: BrowserContext, address: str, size: ViewportSize
) -> None:
    page = opened(phone, address)
    page.set_viewport_size(size)
    if size == PHONE:  # a wide screen shows the list beside the text
        page.locator(".sections > summary").click()
    page.locator(".sections").get_by_role("link", name=PRACTICE, exact=True).click()

    heading(page, PRACTICE)
    marked = page.locator('.sections [aria-current="true"]')
    assert [each.text_content() for each in marked.all()] == [PRACTICE]
    page.locator(".sections").evaluate("list => { list.open = true; }")
    page.locator(".sections").get_by_role("link", name="Sumber", exact=True).click()
    expect(page.get_by_role("heading", name="Sumber", exact=True)).to_be_in_viewport()
    assert place(page) == "Bagian 12 dari 12"


# ---- her own place -------------------------------------------------------------------------------


@pytest.mark.journey
def test_a_lesson_goes_on_at_the_exact_step_and_at_the_first_once_it_is_done(
    phone: BrowserContext, address: str
) -> None:
    page = opened(phone, address, SHORT)
    onward(page)
    expect(page.locator("#bagian")).to_have_text("Bagian 2 dari 6")
    until(page, "id => PSM.mine.get(`page/${id}`).then(kept => kept && kept.step)", SHORT)
    page.close()

    page = opened(phone, address, SHORT)
    expect(page.locator("#bagian")).to_have_text("Bagian 2 dari 6")
    to_the_last_step(page)
    page.evaluate(TRY_ALL)
    page.locator(".pager").scroll_into_view_if_needed()
    expect(page.locator(".moment")).to_contain_text("Selesai.")
    until(page, "id => PSM.mine.get(`page/${id}`).then(kept => !kept.step)", SHORT)

    assert place(opened(phone, address, SHORT)) == "Bagian 1 dari 6"


def test_each_person_has_a_place_of_her_own_also_when_the_page_is_reloaded_for_another(
    phone: BrowserContext, address: str
) -> None:
    page = opened(phone, address)
    onward(page)
    onward(page)
    heading(page, THIRD)
    until(
        page,
        "id => PSM.mine.get(`page/${id}`).then(kept => kept && kept.step.startsWith('tanda'))",
        LESSON,
    )
    for number in ("D26-001", ""):
        page.evaluate(
            "number => PSM.store.update('device', () =>"
            " ({active: number, people: number ? [{number, name: 'Siti'}] : []}))",
            number,
        )
        page.reload()
        page.locator("#bagian").wait_for()
        if number:
            assert place(page) == "Bagian 1 dari 12"
            assert page.url.endswith("#kursi-terakhir-di-posyandu")

    assert place(page) == "Bagian 3 dari 12"  # the guest's


# ---- the whole page ------------------------------------------------------------------------------


@pytest.mark.journey
def test_the_whole_page_is_one_tap_away_and_the_choice_is_kept(
    phone: BrowserContext, address: str
) -> None:
    page = opened(phone, address)

    whole_page(page)
    assert len(page.evaluate(SHOWN)) == 12
    assert page.locator("h1").is_visible()
    assert not page.locator(".steps-bar").is_visible()
    until(page, "PSM.mine.get('whole')")

    page = opened(phone, address, SHORT)
    assert len(page.evaluate(SHOWN)) == 6
    page.get_by_role("button", name="Per bagian").click()
    assert len(page.evaluate(SHOWN)) == 1
    until(page, "PSM.mine.get('whole').then(kept => !kept)")


def test_without_a_script_and_on_paper_it_is_one_page(chromium: Browser, address: str) -> None:
    without = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    plain = without.new_page()
    plain.goto(f"{address}/{LESSON}.html")
    visible = [step.is_visible() for step in plain.locator(STEPS).all()]
    without.close()
    context = chromium.new_context(viewport=PHONE, service_workers="block")
    page = opened(context, address)
    onward(page)
    expect(page.locator("#bagian")).to_have_text("Bagian 2 dari 12")
    page.emulate_media(media="print")
    on_paper = page.evaluate(SHOWN)

    assert visible == [True] * 12
    assert len(on_paper) == 12
    assert page.locator("h1").is_visible()
    assert not page.locator(".steps-bar").is_visible()
    context.close()


# ---- the end -------------------------------------------------------------------------------------


def test_the_end_of_a_lesson_says_what_is_done_and_what_is_left(
    phone: BrowserContext, address: str
) -> None:
    page = opened(phone, address, SHORT)
    to_the_last_step(page)
    page.locator(".pager").scroll_into_view_if_needed()
    moment = page.locator(".moment")
    expect(moment).to_contain_text("coba semua soal")

    page.evaluate(TRY_ALL)
    expect(moment).to_have_text("Selesai. 1 pelajaran selesai, 19 lagi.")

    page.evaluate("""async () => {
          const modules = await PSM.progress.read();
          const {lessons} = modules.find((each) => each.lessons.some(({id}) => id === PSM.page));
          for (const {id, practice} of lessons) {
            await PSM.mine.update(`page/${id}`, () => ({begun: true, read: true}));
            for (const [quiz, items] of practice) {
              const all = Array.from({length: items}, (_, at) => [`soal-${at}`, true]);
              const right = Object.fromEntries(all);
              await PSM.mine.update(`quiz/${quiz}`, () => ({responses: {}, right, tries: {}}));
            }
          }
          await PSM.progress.refresh();
        }""")
    expect(moment).to_have_text(re.compile(r"^Modul selesai\. 4 pelajaran .*\b16 lagi"))


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_in_any_step(chromium: Browser, address: str, size: ViewportSize) -> None:
    context = chromium.new_context(viewport=size, service_workers="block")
    page, found = opened(context, address, SHORT), {}
    found["first"] = axe_findings_in_both_schemes(page)
    onward(page)
    expect(page.locator("#bagian")).to_have_text("Bagian 2 dari 6")
    page.locator(".sections").evaluate("list => { list.open = true; }")
    found["between"] = axe_findings_in_both_schemes(page)
    to_the_last_step(page)
    page.evaluate(TRY_ALL)
    page.locator(".pager").scroll_into_view_if_needed()
    expect(page.locator(".moment")).to_contain_text("Selesai.")
    page.evaluate("scrollTo(0, 0)")  # nothing lies half below a header that stays
    found["last"] = axe_findings_in_both_schemes(page)
    found["whole"] = axe_findings_in_both_schemes(whole_page(page))
    context.close()

    assert {state: problems for state, problems in found.items() if problems} == {}
