"""Published tests, whose items follow the page: with a signal, without, and from a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.conftest import BuiltCourse
from tests.site.stage import PHONE, ready

ITEMS = re.compile(r"/soal-tes-awal\.js")


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    """Without a service worker, which would fetch the items past the test's obstacles."""
    context = chromium.new_context(viewport=PHONE, service_workers="block")
    yield context
    context.close()


def asked_to_begin(page: Page) -> Page:
    page.get_by_label("Nomor peserta").fill("D26-017")
    page.get_by_role("button", name="Mulai", exact=True).click()
    return page


def opened(phone: BrowserContext, address: str) -> Page:
    page = phone.new_page()
    page.goto(f"{address}/book/tes-awal.html")
    page.wait_for_selector(".quiz.ready")
    return page


def test_the_items_come_by_themselves_once_the_page_stands(
    phone: BrowserContext, address: str
) -> None:
    page = opened(phone, address)

    page.locator(".items > li").first.wait_for(state="attached")
    phone.set_offline(True)
    asked_to_begin(page).wait_for_selector(".item:visible")

    assert "Soal 1 dari 20" in page.locator(".sitting-bar").inner_text()


def test_no_items_yet_is_said_and_mended_by_another_tap(
    phone: BrowserContext, address: str
) -> None:
    phone.route(ITEMS, lambda route: route.abort())
    page = opened(phone, address)

    asked_to_begin(page).get_by_text(
        "Soal belum terunduh. Cari sinyal, lalu ketuk Mulai sekali lagi."
    ).wait_for()
    assert page.locator(".item").count() == 0
    phone.unroute(ITEMS)
    page.get_by_role("button", name="Mulai", exact=True).click()

    page.wait_for_selector(".item:visible")


def test_a_sitting_without_its_items_says_that_the_answers_are_safe(
    phone: BrowserContext, address: str
) -> None:
    page = opened(phone, address)
    asked_to_begin(page).wait_for_selector(".item:visible")
    shown = page.locator(".item:visible").get_attribute("data-item")
    phone.route(ITEMS, lambda route: route.abort())

    ready(page)
    page.get_by_text("Jawaban Anda aman di ponsel ini, tetapi soalnya belum terunduh.").wait_for()
    phone.unroute(ITEMS)
    page.get_by_role("button", name="Coba lagi").click()

    page.wait_for_selector(".item:visible")
    assert page.locator(".item:visible").get_attribute("data-item") == shown


def test_the_items_come_from_a_folder_too(phone: BrowserContext, site: BuiltCourse) -> None:
    page = phone.new_page()
    page.goto((site.out / "book" / "tes-awal.html").as_uri())
    page.wait_for_selector(".quiz.ready")

    asked_to_begin(page).wait_for_selector(".item:visible")

    assert "Soal 1 dari 20" in page.locator(".sitting-bar").inner_text()
