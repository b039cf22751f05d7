"""Whose phone is this now? Named where it matters, left with one tap; a guest is asked once, and
another's running test stays hers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.axe import axe_findings_in_both_schemes
from tests.site.people.office import BUDI, CODES, SITI, WATI, begin, link, typed
from tests.site.stage import kept_of_all

SCREEN: ViewportSize = {"width": 360, "height": 640}
FRONT, PROGRESS, TEST = "index.html", "book/kemajuan.html", "book/tes-awal.html"
LESSON = "modules/01-dasar-peran-psm/01-peran-dan-batas"
QUESTION = "Siapa yang memakai"
# On how many lines the number of this person stands.
LINES_OF_NUMBER = """(place, number) => {
  const text = document.createTreeWalker(place, 4), range = document.createRange();
  while (text.nextNode() && !text.currentNode.data.includes(number));
  const at = text.currentNode.data.indexOf(number);
  range.setStart(text.currentNode, at);
  range.setEnd(text.currentNode, at + number.length);
  return new Set([...range.getClientRects()].map(({top}) => top)).size;
}"""


@contextmanager
def a_phone(chromium: Browser, **more: Any) -> Iterator[BrowserContext]:
    context = chromium.new_context(
        viewport=SCREEN, service_workers="block", timezone_id="Asia/Jakarta", **more
    )
    yield context
    context.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    with a_phone(chromium) as context:
        yield context


def opened(page: Page, address: str, path: str) -> Page:
    page.goto(f"{address}/{path}")
    return page


def met(page: Page, address: str, *numbers: str) -> Page:
    """Each opens her card's link on the front page, one after the other."""
    for number in numbers:
        page.goto("about:blank")
        page.goto(link(address, number, FRONT))
        page.get_by_text(f"Kartu {number} sudah dikenal.").wait_for()
    return page


# ---- who is known --------------------------------------------------------------------------------


@pytest.mark.journey
def test_the_front_page_greets_by_name_and_one_tap_takes_the_name_away(
    phone: BrowserContext, address: str
) -> None:
    page = opened(met(phone.new_page(), address, SITI), address, FRONT)
    expect(page.locator(".hello")).to_contain_text("Selamat datang, Siti N")
    page.evaluate("id => PSM.mine.update(`page/${id}`, () => ({begun: true}))", LESSON)
    page.reload()
    expect(page.locator("[data-go-on] span")).to_have_text("Lanjutkan")

    page.locator(".hello").get_by_role("button", name="Bukan Anda?").click()

    expect(page.locator(".hello")).to_contain_text(QUESTION)
    expect(page.locator("[data-go-on] span")).to_have_text("Mulai di sini")
    assert page.evaluate("PSM.mine.all('')") == []
    page.get_by_role("button", name="Siti N (D26-017)").click()
    expect(page.locator("[data-go-on] span")).to_have_text("Lanjutkan")


def test_name_and_number_stay_in_sight_on_the_page_of_progress(
    phone: BrowserContext, address: str
) -> None:
    page = opened(met(phone.new_page(), address, BUDI, SITI), address, PROGRESS)
    name = page.locator(".reader").get_by_text("Siti N (D26-017)")
    name.wait_for()

    page.get_by_role("heading", name="Yang disimpan di ponsel ini").scroll_into_view_if_needed()

    expect(name).to_be_in_viewport()
    page.locator(".reader").get_by_role("button", name="Bukan Anda?").click()
    expect(page.locator(".reader").get_by_role("button")).to_have_text(
        ["Budi S (D26-018)", "Siti N (D26-017)"]
    )


def test_name_and_number_stay_in_sight_while_a_test_is_sat(
    phone: BrowserContext, address: str
) -> None:
    page = opened(met(phone.new_page(), address, SITI), address, TEST)
    begin(page)
    page.get_by_role("button", name="Tampilkan semua soal").click()
    name = page.locator(".sitting-bar").get_by_text("Siti N (D26-017)")

    page.locator(".item:visible").last.scroll_into_view_if_needed()
    expect(name).to_be_in_viewport()

    page.locator(".sitting-bar").get_by_role("button", name="Bukan Anda?").click()
    expect(page.get_by_label("Nomor peserta")).to_have_value("")
    assert page.locator(".item:visible").count() == 0


@pytest.mark.parametrize("width", [320, 344, 360])
def test_a_number_does_not_break_at_its_hyphen(
    phone: BrowserContext, address: str, width: int
) -> None:
    page = met(phone.new_page(), address, SITI)
    page.evaluate(
        """number => PSM.load('people').then(({device}) =>
          device.join({number, name: 'Muhammad Rizky F'}))""",
        SITI,
    )
    page.set_viewport_size({"width": width, "height": 640})

    def lines(selector: str) -> int:
        name = page.locator(selector)
        expect(name).to_contain_text(SITI)
        found: int = name.evaluate(LINES_OF_NUMBER, SITI)
        return found

    opened(page, address, PROGRESS)
    progress = lines(".reader strong")
    opened(page, address, TEST)
    before = lines(".panel .sitter strong")
    begin(page)

    assert [progress, before, lines(".sitting-bar strong")] == [1, 1, 1]


# ---- a guest -------------------------------------------------------------------------------------


def test_a_phone_without_a_card_reads_as_a_guest_and_is_asked_once(
    phone: BrowserContext, address: str
) -> None:
    page = opened(phone.new_page(), address, FRONT)
    asked = page.locator(".notice")
    expect(asked).to_contain_text("Anda membaca sebagai tamu. Punya kartu peserta?")

    page.reload()
    page.wait_for_function("document.querySelector('.state:not(:empty)')")
    assert asked.count() == 0
    opened(page, address, PROGRESS)
    expect(page.locator(".reader")).to_contain_text("Anda membaca sebagai tamu.")
    assert page.locator(".hello button, .who").count() == 0


def test_a_phone_that_cannot_keep_that_it_was_asked_is_not_asked(
    phone: BrowserContext, address: str
) -> None:
    phone.add_init_script(
        """Storage.prototype.setItem = () => {
          throw new DOMException('penuh', 'QuotaExceededError');
        }"""
    )
    page = opened(phone.new_page(), address, FRONT)

    page.wait_for_function("document.querySelector('.state:not(:empty)')")
    page.wait_for_load_state("networkidle")

    assert page.locator(".notice").count() == 0


def test_a_guest_types_her_card_and_keeps_what_she_read(
    phone: BrowserContext, address: str
) -> None:
    page = opened(phone.new_page(), address, PROGRESS)
    page.evaluate("id => PSM.mine.update(`page/${id}`, () => ({begun: true}))", LESSON)
    page.get_by_role("link", name="Punya kartu peserta?").click()
    page.get_by_label("Nomor peserta").fill("d26-017")
    page.get_by_label("Kode di kartu").fill(CODES[BUDI][:-1])
    page.get_by_role("button", name="Pasangkan", exact=True).click()
    expect(page.locator("[data-paired]")).to_contain_text("salah ketik")

    page.get_by_label("Kode di kartu").fill(CODES[SITI])
    page.get_by_role("button", name="Pasangkan", exact=True).click()
    page.get_by_role("button", name="Kemajuan tanpa nama di ponsel ini milik saya").click()

    expect(page.locator(".reader")).to_contain_text("D26-017")
    expect(page.locator("[data-card]")).to_be_hidden()
    page.wait_for_load_state("networkidle")  # the page comes anew once her progress is hers
    assert CODES[SITI] not in page.url
    assert f"p/{SITI}/page/{LESSON}" in kept_of_all(page)


def test_a_card_of_somebody_who_is_known_here_is_chosen_not_typed(
    phone: BrowserContext, address: str
) -> None:
    page = opened(met(phone.new_page(), address, SITI), address, PROGRESS)
    page.locator(".reader").get_by_role("button", name="Bukan Anda?").click()
    page.get_by_label("Nomor peserta").fill(SITI)
    page.get_by_label("Kode di kartu").fill(CODES[SITI])

    page.get_by_role("button", name="Pasangkan", exact=True).click()

    expect(page.locator("[data-paired]")).to_contain_text("Siti N (D26-017) sudah dikenal")
    expect(page.locator("[data-paired]")).to_contain_text("Pilih namanya di atas")


# ---- another's running test ----------------------------------------------------------------------


def test_anothers_running_test_is_named_everywhere_and_entered_by_her_alone(
    phone: BrowserContext, address: str
) -> None:
    page = opened(met(phone.new_page(), address, SITI), address, TEST)
    begin(page)
    hers = page.locator(".item:visible").get_attribute("data-item")
    page.close()
    page = met(phone.new_page(), address, BUDI)
    for path in (FRONT, PROGRESS, f"{LESSON}.html", TEST):
        opened(page, address, path)
        expect(page.locator(".reminder")).to_contain_text("Tes Siti N berjalan, sisa 29 menit")
        assert page.locator(".reminder a").count() == 0
    page.wait_for_selector(".quiz.ready")
    assert page.locator(".item:visible").count() == 0

    opened(page, address, FRONT).get_by_role("button", name="Saya Siti N").click()
    page.wait_for_url(f"{address}/{TEST}")
    page.get_by_role("heading", name="Tes sedang dikerjakan").wait_for()
    assert page.locator(".item:visible").count() == 0
    page.get_by_role("button", name="Lanjutkan sebagai Siti N (D26-017)").click()

    assert page.locator(".item:visible").get_attribute("data-item") == hers


# ---- every state ---------------------------------------------------------------------------------


def test_axe_finds_nothing_where_three_people_share_a_phone(
    chromium: Browser, address: str
) -> None:
    found: dict[str, list[str]] = {}
    wide: dict[str, int] = {}

    def look(state: str, seen: str) -> None:
        page.locator(seen).first.wait_for()
        found[state] = axe_findings_in_both_schemes(page)
        wide[state] = page.evaluate("document.documentElement.scrollWidth")

    with a_phone(chromium) as phone:
        page = opened(phone.new_page(), address, FRONT)
        look("a guest is asked", ".notice")
        opened(page, address, PROGRESS)
        look("a guest's progress", "[data-guest]:visible")
        met(page, address, WATI, BUDI, SITI)
        look("a card has come", ".quiz-note")
        opened(page, address, FRONT)
        look("greeted", ".hello .who")
        opened(page, address, PROGRESS)
        look("progress", ".reader .who")
        begin(opened(page, address, TEST))
        look("sitting", ".sitter strong:not(:empty)")
        opened(page, address, f"{LESSON}.html")
        look("a test runs", ".reminder")
        met(page, address, BUDI)
        opened(page, address, TEST)
        page.wait_for_selector(".quiz.ready")
        look("another's test runs", ".reminder")
        page.locator(".sitter").get_by_role("button", name="Bukan Anda?").click()
        look("who is it", ".panel .who")
        typed(page, SITI)
        look("a number that is known", ".trouble:not(:empty)")

    assert found == {state: [] for state in found}
    assert wide == dict.fromkeys(wide, SCREEN["width"])
