"""A test is sat and handed in without a pointer."""

from __future__ import annotations

from playwright.sync_api import BrowserContext

from tests.site.sitting.quiz import ITEMS, document
from tests.site.stage import ready


def test_a_test_is_sat_and_handed_in_with_the_keyboard_alone(
    phone: BrowserContext, place: str
) -> None:
    page = ready(phone.new_page(), place)

    def tab_to(name: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate(
                "name => document.activeElement.offsetParent &&"
                " document.activeElement.matches(name)",
                name,
            ):
                return
        raise AssertionError(f"no way with Tab to {name}")

    tab_to(".begin input")
    page.keyboard.type("d26-017")
    page.keyboard.press("Enter")
    page.wait_for_selector(".item:visible")
    for _ in ITEMS:
        tab_to(".item :is(input, summary)")
        match page.evaluate("document.activeElement.type || null"):
            case "text":
                page.keyboard.type("12")
            case None:  # what opens the right sides of a pair
                page.keyboard.press("Enter")
                tab_to(".rights button")
                page.keyboard.press("Enter")
            case _:
                page.keyboard.press("Space")
        tab_to("button.check")
        page.keyboard.press("Enter")
    page.wait_for_selector(".overview")
    tab_to(".panel button.check")
    page.keyboard.press("Enter")
    page.wait_for_selector(".handed")

    assert {"satu", "banyak", "urut", "jodoh", "angka", "kata", "nilai"} <= set(
        document(page)["responses"]
    )
