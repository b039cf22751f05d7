"""A test with a time limit: no tap wins time, none is lost with it, and more can be given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.site.sitting.quiz import (
    KEY,
    a_sat_test,
    answer,
    answer_all,
    begun,
    document,
    gone_on,
    handed_in,
)
from tests.site.stage import put_on_stage, ready, served, until


@pytest.fixture
def timed(tmp_path: Path) -> Iterator[str]:
    put_on_stage(tmp_path / "situs", a_sat_test(time_limit=10))
    with served(tmp_path / "situs") as address:
        yield address


def seconds_left(page: Page) -> int:
    minutes, seconds = page.locator(".left").inner_text().removeprefix("Sisa ").split(".")
    return int(minutes) * 60 + int(seconds)


def test_reloading_does_not_give_time_back(phone: BrowserContext, timed: str) -> None:
    page = phone.new_page()
    page.clock.install()
    begun(page, timed)
    page.clock.run_for(120_000)
    answer(page, page.locator(".item:visible").get_attribute("data-item") or "", next_answer(page))
    page.wait_for_selector(".kept:has-text('Tersimpan')")

    ready(page)

    assert 470 <= seconds_left(page) <= 481


def next_answer(page: Page) -> Any:
    return KEY[page.locator(".item:visible").get_attribute("data-item") or ""]


def test_who_needs_more_time_takes_it_and_still_has_it_after_a_call(
    phone: BrowserContext, timed: str
) -> None:
    """A screen reader, large print, somebody reading aloud: the office sees the time taken."""
    page = phone.new_page()
    page.clock.install()
    begun(page, timed)
    answer_all(page, {"kata": "relawan"})
    page.clock.run_for(601_000)
    page.get_by_role("button", name="Saya perlu waktu lebih").click()
    until(page, "() => PSM.mine.get('sitting/tes-akhir').then(sitting => sitting.minutes === 0)")

    ready(page)

    page.locator(".item:visible").wait_for()
    assert page.get_by_role("heading", name="Waktu habis").count() == 0
    another = next(name for name in KEY if name != "kata")
    answer_all(page, {another: KEY[another]})
    made = handed_in(page)
    assert made["responses"].keys() == {"kata", another}
    assert moment(made["finished_at"]) - moment(made["started_at"]) > timedelta(minutes=10)


def test_more_time_taken_in_one_tab_holds_in_the_other(phone: BrowserContext, timed: str) -> None:
    one, other = phone.new_page(), phone.new_page()
    for page in (one, other):
        page.clock.install()
    begun(one, timed)
    gone_on(other, timed)
    one.clock.run_for(601_000)
    one.get_by_role("button", name="Saya perlu waktu lebih").click()
    other.wait_for_selector(".left:has-text('Lewat waktu')")

    answer(
        other, other.locator(".item:visible").get_attribute("data-item") or "", next_answer(other)
    )
    other.clock.run_for(601_000)

    other.wait_for_selector(".kept:has-text('Tersimpan')")
    assert other.get_by_role("heading", name="Waktu habis").count() == 0
    assert other.evaluate("PSM.mine.get('sitting/tes-akhir').then(({minutes}) => minutes)") == 0


def test_a_tab_that_only_asks_who_it_is_gives_no_time_back_and_shows_no_question(
    phone: BrowserContext, timed: str
) -> None:
    one, other = phone.new_page(), phone.new_page()
    one.clock.install()
    begun(one, timed)
    ready(other, timed)
    other.get_by_role("button", name="Lanjutkan sebagai D26-017").wait_for()
    one.clock.run_for(120_000)
    seen = "PSM.mine.get('sitting/tes-akhir').then(({seen, on}) => [seen, on])"
    before = other.evaluate(seen)

    other.evaluate("""async () => {
      Object.defineProperty(document, 'hidden', {value: true});
      document.dispatchEvent(new Event('visibilitychange'));
      await PSM.mine.update('whole', () => undefined);
    }""")

    assert other.evaluate(seen) == before
    one.clock.run_for(600_000)
    one.get_by_role("button", name="Saya perlu waktu lebih").click()
    until(other, "() => PSM.mine.get('sitting/tes-akhir').then(sitting => sitting.minutes === 0)")
    assert other.locator(".item:visible").count() == 0


def test_a_test_that_is_opened_twice_has_one_clock(phone: BrowserContext, timed: str) -> None:
    one, page = phone.new_page(), phone.new_page()
    one.clock.install()
    begun(one, timed)
    one.close()
    ready(page, timed)

    page.get_by_role("button", name="Lanjutkan sebagai D26-017").evaluate(
        "button => { button.click(); button.click(); }"
    )
    page.locator(".item:visible").wait_for()
    page.clock.run_for(601_000)
    page.get_by_role("button", name="Saya perlu waktu lebih").click()
    page.clock.run_for(3_000)

    assert page.locator(".left").inner_text() == "Lewat waktu"


def test_a_test_begun_without_a_limit_is_kept_as_one(phone: BrowserContext, place: str) -> None:
    page = begun(phone.new_page(), place)

    assert page.evaluate("PSM.mine.get('sitting/tes-akhir').then(({minutes}) => minutes)") == 0


def test_a_test_that_goes_on_tells_of_no_minutes_that_are_gone(
    phone: BrowserContext, timed: str
) -> None:
    page = phone.new_page()
    page.clock.install()
    begun(page, timed)
    page.clock.run_for(420_000)
    until(page, "() => PSM.mine.get('sitting/tes-akhir').then(sitting => sitting.spent >= 0)")

    ready(page)
    page.locator(".item:visible").wait_for()
    page.clock.run_for(1_000)

    assert 170 <= seconds_left(page) <= 181
    assert "menit" not in page.locator(".unseen[role=status]").inner_text()
    page.clock.run_for(125_000)
    assert page.locator(".unseen[role=status]").inner_text() == "Sisa waktu 1 menit."


def moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


def test_when_time_is_over_answers_are_kept_and_wait_to_be_handed_in(
    phone: BrowserContext, timed: str
) -> None:
    page = phone.new_page()
    page.clock.install()
    begun(page, timed)
    answer_all(page, {"kata": "relawan"})
    page.clock.run_for(601_000)
    page.get_by_role("heading", name="Waktu habis").wait_for()

    assert not page.locator(".item:visible").count()
    assert page.locator(".overview button:enabled").count() == 0
    page.get_by_role("button", name="Serahkan").click()
    page.wait_for_selector(".handed")
    assert document(page)["responses"] == {"kata": "relawan"}


@pytest.mark.parametrize("jump_days", [365, -365])
def test_a_clock_wrong_by_a_year_loses_nothing_and_is_said(
    phone: BrowserContext, timed: str, jump_days: int
) -> None:
    before = phone.new_page()
    before.clock.install()
    begun(before, timed)
    before.clock.run_for(60_000)
    answer_all(before, {"kata": "relawan"})
    before.close()
    page = phone.new_page()
    page.clock.install(time=datetime.now(UTC) + timedelta(days=jump_days))

    gone_on(page, timed)

    assert "Jam ponsel ini berubah" in page.locator(".quiz-note[role=status]").inner_text()
    assert 470 <= seconds_left(page) <= 540
    page.get_by_role("button", name="Tampilkan semua soal").click()
    assert page.locator('[data-item="kata"] input').input_value() == "relawan"
