"""What is seen only now and then: messages, the stored course, a new release, a dialog. Accessible
in both schemes, and with large text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.axe import axe_findings_in_both_schemes
from tests.conftest import BuiltCourse
from tests.site.offline.conftest import newer, office
from tests.site.offline.office import (
    FRONT,
    LESSON,
    READY,
    SAVES_DATA,
    Office,
    cut,
    opened,
    saved,
    says,
)
from tests.site.pages.test_in_app import WHATSAPP
from tests.site.stage import PHONE, until

__all__ = ["newer", "office"]

PROGRESS = "book/kemajuan.html"


@contextmanager
def a_phone(chromium: Browser, **more: Any) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=PHONE, **more)
    yield context
    context.close()


def test_the_offer_to_store_the_course_and_what_it_says_later(
    chromium: Browser, office: Office
) -> None:
    found = {}
    with a_phone(chromium) as phone:
        phone.add_init_script(SAVES_DATA)
        page = opened(phone, office.at(LESSON))
        says(page, "Simpan seluruh kursus")
        found["asked"] = axe_findings_in_both_schemes(page)
        page.get_by_role("button", name="Nanti").click()
        says(page, "Baru tersimpan")
        found["later"] = axe_findings_in_both_schemes(page)
        page.get_by_role("button", name="Simpan").click()
        says(page, "Bisa dibaca tanpa sinyal")
        found["stored"] = axe_findings_in_both_schemes(page)

    assert found == {"asked": [], "later": [], "stored": []}


def test_a_new_release_and_the_tab_that_missed_it(
    chromium: Browser, office: Office, newer: Callable[..., Path]
) -> None:
    found = {}
    with a_phone(chromium) as phone:
        page = saved(phone, office)
        office.folder = newer(**{"book/index.html": ("Anda relawan,", "Anda relawan;")})
        other = opened(phone, office.at(LESSON))
        page.reload()
        says(page, READY)
        found["ready"] = axe_findings_in_both_schemes(page)
        page.get_by_role("button", name="Pakai versi baru").click()
        says(other, "sudah dipakai di tab lain")
        found["other tab"] = axe_findings_in_both_schemes(other)

    assert found == {"ready": [], "other tab": []}


TWO_PAGES_KEPT = """(async () => {
  const names = await caches.keys();
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).matchAll()));
  const isPage = (each) => (each.headers.get('content-type') || '').includes('html');
  return kept.flat().filter(isPage).length >= 2;
})()"""


def test_a_page_that_is_not_stored(chromium: Browser, office: Office) -> None:
    with a_phone(chromium) as phone:
        phone.add_init_script(SAVES_DATA)
        page = opened(phone, office.at(FRONT))
        says(page, "Simpan seluruh kursus")
        # The sentence itself and the page that was read, which the worker keeps in its own time.
        until(page, TWO_PAGES_KEPT)
        cut(phone, office)
        page.goto(office.at(LESSON))
        page.get_by_role("heading", name="Yang sudah tersimpan").wait_for()

        assert page.get_by_role("heading", level=1).inner_text() == "Halaman ini belum tersimpan"
        assert axe_findings_in_both_schemes(page) == []
        office.open()


def test_messages_and_the_question_before_all_is_wiped(chromium: Browser, address: str) -> None:
    found = {}
    with a_phone(chromium, service_workers="block", user_agent=WHATSAPP) as phone:
        page = opened(phone, f"{address}/{PROGRESS}")
        page.locator(".notice").wait_for()
        found["in an app"] = axe_findings_in_both_schemes(page)
        page.evaluate("PSM.mine.update('page/x', () => ({begun: true}))")
        page.evaluate("PSM.mine.update('page/x', () => undefined)")  # as an eviction does
        page.reload()
        expect(page.locator(".notice")).to_contain_text("telah menghapus")
        found["cleared"] = axe_findings_in_both_schemes(page)
        page.locator(".notice").get_by_role("button", name="Tutup").click()
        page.evaluate("PSM.mine.update('page/x', () => ({begun: true}))")
        page.reload()
        page.get_by_role("button", name="Hapus semua dari ponsel ini").click()
        expect(page.get_by_role("group", name="Hapus semua?")).to_be_visible()
        found["wiping"] = axe_findings_in_both_schemes(page)
        page.locator(".menu > summary").click()
        found["menu"] = axe_findings_in_both_schemes(page)

    assert found == {"in an app": [], "cleared": [], "wiping": [], "menu": []}


def test_text_at_twice_its_size_fits_every_page_with_everything_opened(
    chromium: Browser, site: BuiltCourse
) -> None:
    wide = {}
    with a_phone(chromium) as phone:
        page = phone.new_page()
        for path in sorted(site.out.rglob("*.html")):
            page.goto(path.as_uri())
            page.add_style_tag(content="html { font-size: 200% }")
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            if (width := page.evaluate("document.documentElement.scrollWidth")) > PHONE["width"]:
                wide[path.relative_to(site.out).as_posix()] = width

    assert wide == {}


def slowed(phone: BrowserContext, address: str) -> Page:
    """A page on a phone whose processor is four times slower than this machine's."""
    page = phone.new_page()
    phone.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address)
    return page


def test_a_slow_phone_reads_answers_is_killed_and_finds_all_again(
    chromium: Browser, address: str
) -> None:
    with a_phone(chromium, service_workers="block") as phone:
        page = slowed(phone, f"{address}/{LESSON}#latihan")
        expect(page.get_by_role("heading", name="Latihan", exact=True)).to_be_in_viewport()
        item = page.locator(".quiz.ready .item-choice").first
        item.locator("label").first.click()
        item.get_by_role("button", name="Periksa jawaban").click()
        verdict = item.locator(".told .verdict").inner_text()
        expect(item.locator(".kept")).to_have_text("Tersimpan di ponsel ini")
        page.close()

        again = slowed(phone, f"{address}/{LESSON}").locator(".quiz.ready .item-choice").first
        again.locator(".check").click()

        assert verdict != ""
        assert again.locator("input").first.is_checked()
        assert again.locator(".told .verdict").inner_text() == verdict
