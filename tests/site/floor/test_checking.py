"""A certificate is checked in browsers at the floor of checking, by our own arithmetic: the
browser's own knows no Ed25519 there.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from psm_course.site.bundles import PARTS
from tests.site.floor.browser import at_the_floor
from tests.site.stage import PHONE, served
from tests.site.verification.office import publications, published_site
from tests.site.verification.page import GENUINE


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(published_site(tmp_path_factory.mktemp("periksa"), publications())) as found:
        yield found


@pytest.mark.parametrize(
    ("part", "title", "is_loaded"),
    [("verifying", "Asli dan berlaku", True), ("", "Tidak dapat diperiksa", False)],
)
def test_the_floor_of_checking_is_enough_and_below_it_a_sentence_says_so(
    chromium: Browser, address: str, part: str, title: str, is_loaded: bool
) -> None:
    browser = at_the_floor(chromium, part)
    context = browser.new_context(viewport=PHONE, service_workers="block")
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto(f"{address}/v#{GENUINE}")

    expect(page.locator(".outcome h2")).to_have_text(title)
    assert (page.locator(f"script[src*='{PARTS['ed25519']}']").count() == 1) is is_loaded
    assert (
        page.locator(".advice").get_by_text("Peramban ini terlalu lama").is_visible()
        is not is_loaded
    )
    assert broken == []
    context.close()
