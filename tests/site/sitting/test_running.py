"""A test that runs, seen from everywhere else: every page says it with the time left; it opens on
its question, no slip leaves it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from dirty_equals import Contains
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.site.people.office import documents
from tests.site.stage import ready

SCREEN: ViewportSize = {"width": 360, "height": 640}
NUMBER = "D26-017"
FRONT, PROGRESS, TEST = "index.html", "book/kemajuan.html", "book/tes-awal.html"
LESSON = "modules/01-dasar-peran-psm/01-peran-dan-batas.html"
PAGES = (
    FRONT,
    PROGRESS,
    LESSON,
    "modules/03-perlindungan-anak/index.html",
    "book/cari.html",
    "belum-tersimpan.html",
)


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(
        viewport=SCREEN, service_workers="block", timezone_id="Asia/Jakarta"
    )
    yield context
    context.close()


def begun(page: Page, address: str) -> Page:
    page.goto(f"{address}/{TEST}")
    page.wait_for_selector(".quiz.ready")
    page.get_by_label("Nomor peserta").fill(NUMBER)
    page.get_by_role("button", name="Mulai", exact=True).click()
    page.wait_for_selector(".item:visible")
    return page


def question(page: Page) -> str:
    return page.locator(".item:visible").get_attribute("data-item") or ""


def on_the_third(page: Page) -> str:
    """The first was answered, the second left out."""
    page.locator(".item:visible label").first.click()
    page.locator(".kept", has_text="Tersimpan").wait_for()
    for _ in range(2):
        page.get_by_role("button", name="Berikutnya").click()
    page.wait_for_function(
        "on => PSM.mine.get('sitting/tes-awal').then(sitting => sitting.on === on)",
        arg=question(page),
    )
    return question(page)


def reminder(page: Page) -> str:
    return page.locator(".reminder").inner_text().partition("\n")[0]


@pytest.mark.journey
def test_after_a_call_the_page_opens_on_the_question_it_was_on(
    phone: BrowserContext, address: str
) -> None:
    page = begun(phone.new_page(), address)
    left = on_the_third(page)
    bottom = "item => item.querySelector('legend, label').getBoundingClientRect().bottom"

    ready(page)
    page.wait_for_selector(".item:visible")
    again = (question(page), page.locator(".item:visible").evaluate(bottom) <= SCREEN["height"])
    page.close(run_before_unload=False)
    page = phone.new_page()
    page.goto(f"{address}/{TEST}")
    go_on = page.get_by_role("button", name=f"Lanjutkan sebagai {NUMBER}")
    expect(go_on).to_be_in_viewport()
    go_on.click()
    page.wait_for_selector(".item:visible")

    assert again == (left, True)
    assert question(page) == left
    expect(page.locator(".item:visible").locator("legend, label").first).to_be_in_viewport()


@pytest.mark.journey
def test_every_page_says_that_a_test_runs_and_leads_back_to_it(
    phone: BrowserContext, address: str
) -> None:
    left = on_the_third(begun(phone.new_page(), address))
    page = phone.new_page()

    said = {}
    for path in PAGES:
        page.goto(f"{address}/{path}")
        page.locator(".reminder strong").wait_for()
        said[path] = reminder(page)
    moved = page.evaluate("document.documentElement.scrollTop")
    page.goto(f"{address}/{LESSON}")
    page.locator(".reminder strong").wait_for()
    bar, below = (page.locator(each).bounding_box() for each in (".steps-bar", ".reminder"))
    page.get_by_role("link", name="Kembali ke tes").click()
    page.get_by_role("button", name=f"Lanjutkan sebagai {NUMBER}").click()

    assert said == dict.fromkeys(PAGES, "Tes berjalan, sisa 29 menit")
    assert moved == 0
    assert bar
    assert below
    assert bar["y"] + bar["height"] <= below["y"] + 1
    assert question(page) == left
    assert page.locator(".reminder").count() == 0


def test_what_is_said_of_the_time_is_true_to_its_end(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.clock.install()
    on_the_third(begun(page, address))
    page.clock.run_for(11 * 60_000 + 1000)
    page.goto(f"{address}/{LESSON}")
    page.locator(".reminder").wait_for()

    said = [reminder(page)]
    for minutes in (17, 1.5, 1):
        page.clock.run_for(int(minutes * 60_000))
        said.append(reminder(page))
    page.get_by_role("link", name="Kembali ke tes").click()
    page.get_by_role("heading", name="Waktu habis").wait_for()

    assert said == [
        "Tes berjalan, sisa 18 menit",
        "Tes berjalan, sisa 1 menit",
        Contains("Tes berjalan", "kurang dari 1 menit"),
        Contains("tes habis", "Serahkan"),
    ]
    page.get_by_role("button", name="Serahkan").click()
    page.wait_for_selector(".handed")
    assert [len(each["responses"]) for each in documents(page, NUMBER)] == [1]


@pytest.mark.parametrize("jump", [timedelta(days=30), timedelta(days=-30), timedelta(minutes=-5)])
def test_no_time_is_told_by_a_clock_that_makes_no_sense(
    phone: BrowserContext, address: str, jump: timedelta
) -> None:
    on_the_third(begun(phone.new_page(), address))
    page = phone.new_page()
    page.clock.install(time=datetime.now(UTC) + jump)

    page.goto(f"{address}/{LESSON}")
    page.locator(".reminder").wait_for()

    assert reminder(page) == "Tes belum diserahkan"


def test_another_page_learns_that_a_test_begins_and_that_it_was_handed_in(
    phone: BrowserContext, address: str
) -> None:
    other, page = phone.new_page(), phone.new_page()
    other.goto(f"{address}/{LESSON}")
    begun(page, address)
    # It was opened by a guest, and stays the guest's.
    expect(other.locator(".reminder")).to_contain_text(f"Tes {NUMBER} berjalan")

    page.get_by_role("button", name="Tampilkan semua soal").click()
    page.get_by_role("button", name="Tinjau jawaban").click()
    page.get_by_role("button", name="Serahkan").click()
    page.wait_for_selector(".handed")

    expect(other.locator(".reminder")).to_have_count(0)


def test_nothing_leads_away_from_a_test_while_it_is_sat_and_its_receipt_leads_on(
    phone: BrowserContext, address: str
) -> None:
    page = begun(phone.new_page(), address)
    expect(page.locator(".pager")).to_be_hidden()
    page.get_by_role("button", name="Tampilkan semua soal").click()
    page.get_by_role("button", name="Tinjau jawaban").click()
    expect(page.locator(".pager")).to_be_hidden()
    page.get_by_role("button", name="Serahkan").click()
    page.wait_for_selector(".handed")
    assert page.get_by_role("link", name="Lanjut:").count() == 0  # it has not been received yet

    receipt = (
        "PSM.load('people').then(async ({digest}) => digest.receiptCode((await"
        " PSM.mine.all('handin/'))[0][1].document))"
    )
    page.get_by_label("Kode tanda terima").fill(page.evaluate(receipt))
    page.get_by_role("button", name="Cocokkan").click()
    onward = page.get_by_role("link", name="Lanjut: Dasar dan peran PSM")
    expect(onward).to_be_in_viewport()
    onward.click()

    page.wait_for_url("**/modules/01-dasar-peran-psm/index.html")
