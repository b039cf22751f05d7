"""What the phone keeps: every tap, whatever happens to the tab, the storage or the quiz."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests.builders import a_choice, a_step, an_item, options
from tests.scripts import bundled
from tests.site.practice.quiz import practice
from tests.site.resume.form import (
    ITEMS,
    KEPT,
    kept_aside,
    on_the_form,
    place_first,
    responses,
    saved,
    tick,
    write,
)
from tests.site.stage import PHONE, fill_in, kept, kept_of_all, put_on_stage, ready, served, until


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("simpan")
    put_on_stage(folder, practice(ITEMS))
    with served(folder) as address:
        yield address


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=PHONE, locale="id-ID")
    yield context
    context.close()


# ---- every tap, and the tab killed ---------------------------------------------------------------


def test_every_tap_is_kept_and_said_and_found_again(phone: BrowserContext, place: str) -> None:
    page = ready(phone.new_page(), place)
    tick(page, "satu", "b")
    tick(page, "banyak", "a")
    tick(page, "banyak", "c")
    place_first(page, "Bagian b")
    fill_in(page.locator('[data-item="jodoh"]'), {"Kiri a": "Kanan b"})
    write(page, "relawan")
    page.locator('[data-item="cerita"]').get_by_role("button", name="Tindakan a").click()
    for item in ITEMS:
        saved(page, item.id)
    before = on_the_form(page, "satu", "banyak", "urut", "jodoh", "kata")

    ready(page)

    assert on_the_form(page, "satu", "banyak", "urut", "jodoh", "kata") == before
    assert (before["satu"], before["banyak"], before["kata"]) == ("b", ["a", "c"], "relawan")
    assert len(before["jodoh"]) == 1
    page.locator('[data-item="cerita"]').scroll_into_view_if_needed()
    expect(page.locator('[data-item="cerita"] .step:visible')).to_have_count(2)
    assert page.locator(".kept", has_text=KEPT).count() == len(ITEMS)
    assert not page.locator(".told:has(p)").count()


def close(page: Page) -> None:
    page.close(run_before_unload=False)


def crash(page: Page) -> None:
    with suppress(Error):  # it cannot answer any more
        page.goto("chrome://crash")


@pytest.mark.parametrize("die", [close, crash])
def test_a_tap_that_was_said_to_be_kept_outlives_the_tab(
    phone: BrowserContext, place: str, die: Callable[[Page], None]
) -> None:
    page = ready(phone.new_page(), place)
    tick(page, "satu", "c")
    saved(page, "satu")
    die(page)

    assert on_the_form(ready(phone.new_page(), place), "satu") == {"satu": "c"}


def test_nothing_is_said_to_be_kept_before_the_last_tap_is(
    phone: BrowserContext, place: str
) -> None:
    page = ready(phone.new_page(), place)
    page.evaluate(
        bundled(
            "import {showKept} from './core/kept.js'; window.showKept = showKept;", over="psm.js"
        )
    )

    said = page.evaluate("""async () => {
          const place = document.createElement('p'), said = [];
          let first, last;
          showKept(place, new Promise((resolve) => { first = resolve; }));
          const all = showKept(place, new Promise((resolve) => { last = resolve; }));
          first(); await null; await null; said.push(place.textContent);
          last(); await all; said.push(place.textContent);
          return said;
        }""")

    assert said == ["Menyimpan…", KEPT]


def test_many_taps_at_once_are_all_kept(phone: BrowserContext, place: str) -> None:
    page = ready(phone.new_page(), place)

    page.evaluate(
        """Promise.all([...Array(40).keys()].map(n =>
          PSM.store.update('jumlah', old => Object.assign({}, old, {[n]: true}))))"""
    )

    assert len(kept_of_all(page)["jumlah"]) == 40


def test_what_was_right_is_told_again_unless_it_was_changed_since(
    phone: BrowserContext, place: str
) -> None:
    page = ready(phone.new_page(), place)
    item = page.locator('[data-item="satu"]')
    tick(page, "satu", "a")
    item.get_by_role("button", name="Periksa jawaban").click()
    until(page, "PSM.mine.get('quiz/latihan').then(kept => kept && kept.right.satu)")
    ready(page)
    assert item.locator(".told").inner_text().startswith("Tepat.")

    tick(page, "satu", "b")
    saved(page, "satu")
    ready(page)

    assert on_the_form(page, "satu") == {"satu": "b"}
    assert item.locator(".told").inner_text() == ""


def test_a_tap_made_while_the_phone_is_reading_is_part_of_what_it_reads(
    phone: BrowserContext, place: str
) -> None:
    page = ready(phone.new_page(), place)

    read = page.evaluate("""async () => {
          await PSM.store.update('jawaban', () => 'dari tab lain');
          const reading = PSM.store.get('jawaban');
          PSM.store.update('jawaban', (old) => `${old}, lalu dari sini`);
          return reading;
        }""")

    assert read.split(", ") == ["dari tab lain", "lalu dari sini"]


# ---- two tabs ------------------------------------------------------------------------------------


def test_two_tabs_on_one_quiz_lose_no_answer_and_show_each_others(
    phone: BrowserContext, place: str
) -> None:
    one, other = (ready(phone.new_page(), place) for _ in "ab")
    tick(one, "satu", "b")
    write(other, "relawan")
    other.locator('[data-item="cerita"]').get_by_role("button", name="Tindakan b").click()

    one.wait_for_function("document.querySelector('[data-item=kata] input').value === 'relawan'")
    one.locator(
        '[data-item="cerita"]'
    ).scroll_into_view_if_needed()  # what plays a case is loaded when it comes near
    one.locator('[data-item="cerita"] .told', has_text="Cerita selesai").wait_for()
    other.wait_for_function("document.querySelector('[data-item=satu] :checked') !== null")
    assert (
        responses(one) == responses(other) == {"satu": "b", "kata": "relawan", "cerita": ["satu:b"]}
    )


def test_an_answer_changed_in_another_tab_takes_the_old_verdict_away(
    phone: BrowserContext, place: str
) -> None:
    one, other = (ready(phone.new_page(), place) for _ in "ab")
    tick(one, "satu", "a")
    one.locator('[data-item="satu"]').get_by_role("button", name="Periksa jawaban").click()
    other.locator('[data-item="satu"] .told', has_text="Tepat.").wait_for()

    tick(other, "satu", "d")

    one.wait_for_function("document.querySelector('[data-item=satu] :checked').value === 'd'")
    assert one.locator('[data-item="satu"] .told').inner_text() == ""


# ---- storage full, forbidden, silent, cleared ----------------------------------------------------

THROWS = "() => { throw new DOMException('penuh', 'QuotaExceededError'); };"
FULL = f"IDBObjectStore.prototype.put = {THROWS}"
FORBIDDEN = "indexedDB.open = () => { throw new DOMException('tidak boleh', 'SecurityError'); };"
NO_SPARE = f"Storage.prototype.setItem = {THROWS}"
UNHEARD = "indexedDB.open = () => ({});"


@pytest.mark.parametrize("broken", [FULL, FORBIDDEN])
def test_without_a_database_answers_are_kept_aside_and_come_home_later(
    phone: BrowserContext, place: str, broken: str
) -> None:
    whole = ready(phone.new_page(), place)
    tick(whole, "satu", "b")
    saved(whole, "satu")
    page = phone.new_page()
    page.add_init_script(broken)
    ready(page, place)
    write(page, "relawan")
    kept_aside(page, "kata")

    ready(page)
    assert on_the_form(page, "kata") == {"kata": "relawan"}
    page.close()

    again = ready(phone.new_page(), place)
    assert on_the_form(again, "kata") == {"kata": "relawan"}
    tick(again, "banyak", "a")
    saved(again, "banyak")
    assert again.evaluate("Object.keys(localStorage)") == ["psm-kept"]
    assert responses(again)["kata"] == "relawan"


def test_a_full_database_still_gives_what_another_tab_wrote(
    phone: BrowserContext, place: str
) -> None:
    page = phone.new_page()
    page.add_init_script(FULL + "window.BroadcastChannel = undefined;")
    ready(page, place)
    other = ready(phone.new_page(), place)
    tick(other, "satu", "b")
    saved(other, "satu")

    write(page, "relawan")
    kept_aside(page, "kata")

    assert responses(ready(phone.new_page(), place)) == {"satu": "b", "kata": "relawan"}


def test_what_was_deleted_while_the_database_was_full_stays_deleted(
    phone: BrowserContext, place: str
) -> None:
    page = ready(phone.new_page(), place)
    page.evaluate("PSM.mine.update('sitting/x', () => ({a: 1}))")
    page.evaluate(f"() => {{ IDBObjectStore.prototype.delete = {THROWS} }}")
    page.evaluate("PSM.mine.update('sitting/x', () => undefined)")

    ready(page)

    assert page.evaluate("PSM.mine.get('sitting/x')") is None
    assert kept(page, "sitting/") == {}


@pytest.mark.parametrize("broken", [FULL + NO_SPARE, FORBIDDEN + NO_SPARE])
def test_where_nothing_can_be_kept_it_is_said_and_the_page_goes_on(
    phone: BrowserContext, place: str, broken: str
) -> None:
    page = phone.new_page()
    page.add_init_script(broken)
    ready(page, place)
    tick(page, "satu", "a")
    trouble = page.locator('[data-item="satu"] .kept.trouble', has_text="Belum tersimpan")
    trouble.wait_for()
    page.locator("p.unseen[role=status]", has_text="Belum tersimpan").wait_for(state="attached")

    write(page, "relawan")
    page.locator('[data-item="satu"]').get_by_role("button", name="Periksa jawaban").click()

    assert page.locator('[data-item="satu"] .told').inner_text().startswith("Tepat.")
    assert responses(page) == {"satu": "a", "kata": "relawan"}


def test_space_made_in_between_keeps_everything_with_the_next_tap(
    phone: BrowserContext, place: str
) -> None:
    page = ready(phone.new_page(), place)
    page.evaluate(
        "() => { window.put = IDBObjectStore.prototype.put;"
        f" window.set = Storage.prototype.setItem; {FULL} {NO_SPARE} }}"
    )
    tick(page, "satu", "b")
    page.locator('[data-item="satu"] .kept.trouble').wait_for()

    page.evaluate(
        "() => { IDBObjectStore.prototype.put = window.put;"
        " Storage.prototype.setItem = window.set; }"
    )
    write(page, "relawan")
    saved(page, "kata")

    assert responses(ready(phone.new_page(), place)) == {"satu": "b", "kata": "relawan"}


def test_a_database_that_never_answers_does_not_hold_the_quiz_up(
    phone: BrowserContext, place: str
) -> None:
    page = phone.new_page()
    page.clock.install()
    page.add_init_script(UNHEARD)
    page.goto(f"{place}/kuis.html")
    page.clock.run_for(6000)
    page.wait_for_selector(".quiz.ready")

    write(page, "relawan")
    kept_aside(page, "kata")

    assert responses(ready(phone.new_page(), place)) == {"kata": "relawan"}


def test_a_cleared_storage_is_noticed_and_no_other_trouble_is_taken_for_it(
    phone: BrowserContext, place: str
) -> None:
    page = ready(phone.new_page(), place)
    assert page.evaluate("PSM.store.wasCleared()") is False
    tick(page, "satu", "b")
    saved(page, "satu")
    assert page.evaluate("PSM.store.wasCleared()") is False
    unreadable = phone.new_page()
    unreadable.add_init_script(FORBIDDEN)
    assert ready(unreadable, place).evaluate("PSM.store.wasCleared()") is False
    unreadable.close()
    page.evaluate(
        "new Promise(done => { indexedDB.deleteDatabase('psm').onsuccess = () => done(); })"
    )

    assert page.evaluate("PSM.store.wasCleared()") is True
    page.evaluate("PSM.store.forgetCleared()")
    assert page.evaluate("PSM.store.wasCleared()") is False


# ---- a newer version of the quiz -----------------------------------------------------------------


def test_a_newer_version_keeps_what_still_fits_and_forgets_nothing(
    phone: BrowserContext, tmp_path: Path
) -> None:
    put_on_stage(tmp_path, practice(ITEMS))
    with served(tmp_path) as address:
        page = ready(phone.new_page(), address)
        tick(page, "satu", "b")
        tick(page, "banyak", "d")
        write(page, "relawan")
        page.locator('[data-item="cerita"]').get_by_role("button", name="Tindakan a").click()
        page.locator('[data-item="cerita"] [data-step="dua"]').get_by_role(
            "button", name="Tindakan a"
        ).click()
        for name in ("satu", "banyak", "kata", "cerita"):
            saved(page, name)
        newer = [
            a_choice("baru"),
            an_item("choices", id="satu", choices=options("abc", correct="a")),  # was one choice
            an_item("choices", id="banyak", choices=options("abc", correct="ab")),  # "d" is gone
            an_item(
                "case",
                id="cerita",
                steps=[
                    a_step("satu", a=("1", "tiga"), b=("0", "end")),
                    a_step("tiga", a=("1", "end")),
                ],
            ),
        ]
        put_on_stage(tmp_path, practice(newer))

        ready(page)
        filled = on_the_form(page, "baru", "satu", "banyak")
        page.locator(
            '[data-item="cerita"]'
        ).scroll_into_view_if_needed()  # what plays a case is loaded when it comes near
        # The first step still fits, the second is another one now.
        expect(page.locator('[data-item="cerita"] .step:visible')).to_have_count(2)
        tick(page, "baru", "a")
        saved(page, "baru")
        after = responses(page)

    assert filled == {"baru": None, "satu": None, "banyak": None}
    assert after == {
        "baru": "a",
        "satu": "b",
        "banyak": ["d"],
        "kata": "relawan",
        "cerita": ["satu:a", "dua:a"],
    }
