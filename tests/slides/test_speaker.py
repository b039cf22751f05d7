"""The trainer's window, opened from a file: notes, what comes next, a clock where there may be one;
and what shows on the wall.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from dirty_equals import Contains
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.slides.conftest import Deck


@pytest.fixture
def wall(decks: dict[str, Deck], chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1920, "height": 1080})
    opened(page, decks["01-dasar-peran-psm"])
    yield page
    page.close()


def opened(page: Page, deck: Deck) -> None:
    page.goto(deck.path.as_uri())
    page.wait_for_selector(".reveal.ready")


def speaker_of(page: Page) -> Page:
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    return popup.value


def shown_title(page: Page) -> str:
    return page.locator(".slides > section.present").locator("h1, h2").inner_text()


def test_notes_and_the_next_slide_are_on_the_laptop_only(
    wall: Page, decks: dict[str, Deck]
) -> None:
    speaker = speaker_of(wall)

    speaker.keyboard.press("ArrowRight")

    assert shown_title(wall) == decks["01-dasar-peran-psm"].slides[1].title
    expect(speaker.locator(".say")).to_contain_text("Catatan pelatih: 35 menit")
    expect(speaker.locator(".small-slide").nth(1)).to_contain_text("Nomor bantuan")
    assert "Catatan pelatih" not in wall.locator("body").inner_text()


def test_the_wall_moves_from_either_window(wall: Page, decks: dict[str, Deck]) -> None:
    speaker = speaker_of(wall)

    speaker.get_by_role("button", name="Maju").click()
    wall.keyboard.press("ArrowRight")
    speaker.keyboard.press("ArrowLeft")

    assert shown_title(wall) == decks["01-dasar-peran-psm"].slides[1].title
    assert speaker.locator(".place").inner_text().startswith("Slide 2 dari ")


def test_there_is_a_clock_but_not_in_a_module_that_is_taught_quietly(
    wall: Page, decks: dict[str, Deck]
) -> None:
    assert speaker_of(wall).locator(".clock").inner_text().count(".") == 1

    opened(wall, decks["03-perlindungan-anak"])
    speaker = speaker_of(wall)

    assert speaker.locator(".say").count() == 1
    assert speaker.locator(".clock, .passed").count() == 0


def test_after_the_wall_was_loaded_anew_it_is_where_it_was_and_has_one_window(wall: Page) -> None:
    before = speaker_of(wall)
    before.keyboard.press("ArrowRight")
    wall.wait_for_url("**#/1")
    wall.reload()
    wall.wait_for_selector(".reveal.ready")

    speaker = speaker_of(wall)
    speaker.keyboard.press("ArrowRight")

    assert before.is_closed()
    assert shown_title(wall) == "Nomor bantuan"
    expect(speaker.locator(".small-slide").first).to_contain_text("Nomor bantuan")


def test_an_answer_shows_on_the_next_press_only(wall: Page, decks: dict[str, Deck]) -> None:
    number = next(
        n
        for n, slide in enumerate(decks["01-dasar-peran-psm"].slides)
        if slide.title.endswith("1 dari 5")
    )
    wall.evaluate("number => { location.hash = `/${number}`; }", number)
    shown = wall.locator(".slides > section.present")
    expect(shown.locator("legend")).to_contain_text("Kelurahan hendak mencetak kartu nama")
    assert shown.locator(".verdicts").is_hidden()
    assert shown.locator(".option").count() == 4

    wall.keyboard.press("ArrowRight")

    expect(shown.locator(".verdicts .right")).to_contain_text("Pekerja Sosial Masyarakat (PSM)")
    assert shown.locator(".verdicts .feedback").count() == 4
    assert shown.locator(".option").first.is_hidden()


def test_a_window_that_the_browser_blocks_is_said_in_a_sentence(wall: Page) -> None:
    said: list[str] = []

    def read(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    wall.on("dialog", read)
    wall.evaluate("() => { window.open = () => null; }")

    wall.keyboard.press("s")

    assert said == [Contains("Peramban menutup jendela", "tekan S")]
