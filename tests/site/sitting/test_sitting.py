"""A test on the phone: nothing answered is lost, whatever happens, and what is handed in is what
the office reads and grades.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from psm_course.grading.draw import Draw, Sitting
from psm_course.grading.grade import Grader
from psm_course.grading.submission import read_submission
from tests.axe import axe_findings_in_both_schemes
from tests.builders import a_choice, a_quiz
from tests.site.sitting.quiz import (
    ITEMS,
    KEY,
    a_sat_test,
    answer,
    answer_all,
    begun,
    document,
    gone_on,
    handed_in,
    handed_in_from_one_by_one,
)
from tests.site.stage import PHONE, kept, kept_of_all, put_on_stage, ready, served, until
from tests.sittings import seeded_order

_SHOWN = "all => all.filter(one => one.offsetParent).map(one => one.dataset.item)"


# ---- the document --------------------------------------------------------------------------------


@pytest.mark.journey
def test_what_is_handed_in_is_read_and_graded_in_the_office(
    phone: BrowserContext, place: str
) -> None:
    page = begun(phone.new_page(), place)
    answer_all(page, KEY)

    made = handed_in(page)

    assert set(made) == {
        "format",
        "quiz",
        "digest",
        "participant",
        "id",
        "attempt",
        "started_at",
        "finished_at",
        "responses",
    }
    assert made["digest"] == a_sat_test().digest
    assert (made["participant"], made["attempt"]) == ("D26-017", 1)
    assert made["started_at"].endswith("+07:00")
    outcome = Grader(a_sat_test()).grade(read_submission(json.dumps(made).encode(), "tes-akhir"))
    assert {name: mark.status for name, mark in outcome.marks.items()} == dict.fromkeys(
        KEY, "marked"
    )
    assert outcome.points == outcome.maximum == 7
    assert outcome.passed
    assert "sitting/tes-akhir" not in kept(page)


def test_items_and_choices_stand_in_the_order_the_office_knows(
    phone: BrowserContext, tmp_path: Path
) -> None:
    quiz = a_sat_test(draw=5)
    put_on_stage(tmp_path / "situs", quiz)
    with served(tmp_path / "situs") as address:
        page = begun(phone.new_page(), address)
        page.get_by_role("button", name="Tampilkan semua soal").click()
        shown = page.eval_on_selector_all(".item", _SHOWN)
        choices = page.eval_on_selector_all(
            '[data-item="satu"] input', "all => all.map(one => one.value)"
        )

    sitting = Sitting("D26-017", "tes-akhir", 1)
    assert shown == Draw(quiz).items(sitting)
    assert choices == seeded_order(sitting, list("abcd"), "satu")


def test_neighbours_are_asked_other_variants(chromium: Browser, tmp_path: Path) -> None:
    items = [
        a_choice("nama"),
        a_choice("pamit"),
        *(a_choice(f"salam-{number}", variants="salam") for number in (3, 1, 2)),
    ]
    quiz = a_quiz(items, id="tes-akhir", shuffle="both", pass_mark=70)
    put_on_stage(tmp_path / "situs", quiz)
    shown = {}
    with served(tmp_path / "situs") as address:
        for number in ("d26-017", "d26-018", "d26-019"):
            with chromium.new_context() as phone:
                page = begun(phone.new_page(), address, number)
                page.get_by_role("button", name="Tampilkan semua soal").click()
                shown[number.upper()] = page.eval_on_selector_all(".item", _SHOWN)

    assert shown == {number: Draw(quiz).items(Sitting(number, "tes-akhir", 1)) for number in shown}
    assert [[each for each in items if each.startswith("salam")] for items in shown.values()] == [
        ["salam-3"],
        ["salam-1"],
        ["salam-2"],
    ]


def test_a_half_done_sitting_says_what_is_missing_and_blanks_stay_blank(
    phone: BrowserContext, place: str
) -> None:
    page = begun(phone.new_page(), place)
    page.get_by_role("button", name="Tampilkan semua soal").click()
    answer(page, "urut", ["Bagian c", "Bagian a"])
    answer(page, "kata", "  ")
    page.get_by_role("button", name="Tinjau jawaban").click()

    assert "0 dari 8 soal sudah dijawab" in page.locator(".panel").inner_text()
    page.get_by_role("button", name="Serahkan dengan 8 soal kosong").click()
    page.wait_for_selector(".handed")
    responses = document(page)["responses"]
    assert set(responses) == {"urut"}
    assert len(responses["urut"]) == 2


def test_a_line_of_an_order_is_taken_back_and_the_others_close_up(
    phone: BrowserContext, place: str
) -> None:
    page = begun(phone.new_page(), place)
    answer_all(page, {"urut": KEY["urut"]})
    item = page.locator('[data-item="urut"]')

    item.get_by_label("Bagian b", exact=True).uncheck(force=True)

    assert item.locator(".placed").all_inner_texts() == [
        "Bagian a",
        "Bagian c",
        "Bagian d",
        "Bagian b",
    ]
    assert item.locator(".placed:has(:checked)").count() == 3


def test_no_verdict_shows_while_a_test_is_sat(phone: BrowserContext, place: str) -> None:
    page = begun(phone.new_page(), place)
    answer_all(page, KEY)

    assert page.locator(".item").count() == len(KEY)
    assert not page.locator(".item :is(.marked, .remark, .told, .verdict, .path)").count()


def test_each_screen_of_a_sitting_begins_at_its_top(phone: BrowserContext, place: str) -> None:
    page = phone.new_page()
    page.emulate_media(reduced_motion="reduce")
    begun(page, place)
    below_the_bar = (
        "part => part.getBoundingClientRect().top -"
        " document.querySelector('.sitting-bar').getBoundingClientRect().bottom"
    )

    page.get_by_role("button", name="Berikutnya").click()
    assert 0 <= page.locator(".item:visible").evaluate(below_the_bar) < PHONE["height"] / 4

    page.get_by_role("button", name="Tampilkan semua soal").click()
    assert 0 <= page.locator(".item:focus").evaluate(below_the_bar) < PHONE["height"] / 4

    page.get_by_role("button", name="Tinjau jawaban").click()
    assert (
        0
        <= page.get_by_role("heading", name="Tinjau jawaban").evaluate(below_the_bar)
        < PHONE["height"] / 4
    )


# ---- nothing is lost -----------------------------------------------------------------------------


@pytest.mark.journey
def test_a_killed_tab_finds_its_answers_again(phone: BrowserContext, place: str) -> None:
    page = begun(phone.new_page(), place)
    answer_all(page, KEY)
    page.close(run_before_unload=False)

    again = gone_on(phone.new_page(), place)

    again.get_by_role("button", name="Tampilkan semua soal").click()
    assert again.locator("input:checked").count() == 10  # and the lines of the order
    assert again.locator('[data-item="kata"] input').input_value() == "Relawan"
    assert handed_in(again)["responses"].keys() == KEY.keys()


def test_two_tabs_on_one_test_lose_no_answer_and_hand_in_once(
    phone: BrowserContext, place: str
) -> None:
    one = begun(phone.new_page(), place)
    other = gone_on(phone.new_page(), place)
    for page in (one, other):
        page.get_by_role("button", name="Tampilkan semua soal").click()
    answer(one, "kata", "relawan")
    answer(other, "angka", "12,5")
    answer(one, "satu", "c")

    other.wait_for_function("document.querySelector('[data-item=satu] :checked') !== null")
    assert other.locator('[data-item="kata"] input').input_value() == "relawan"
    made = handed_in(other)
    one.wait_for_selector(".handed")

    assert made["responses"] == {"kata": "relawan", "angka": "12,5", "satu": "c"}
    assert len(kept(one, "handin/")) == 1


def test_a_tab_that_missed_the_hand_in_of_another_brings_nothing_back(
    phone: BrowserContext, place: str
) -> None:
    phone.add_init_script("window.BroadcastChannel = undefined")  # as if the news had not come yet
    one = begun(phone.new_page(), place)
    other = gone_on(phone.new_page(), place)
    made = handed_in_from_one_by_one(one)

    other.get_by_role("button", name="Tampilkan semua soal").click()
    answer(other, "kata", "relawan")
    other.wait_for_selector(".sitting-bar .kept:has-text('Tersimpan')")
    assert "sitting/tes-akhir" not in kept(other)
    other.get_by_role("button", name="Tinjau jawaban").click()
    other.get_by_role("button", name="Serahkan").click()
    other.wait_for_selector(".handed")

    assert document(other) == made
    assert "sitting/tes-akhir" not in kept(other)


def test_a_tab_of_an_earlier_attempt_puts_nothing_into_the_next_and_takes_nothing_from_it(
    phone: BrowserContext, place: str
) -> None:
    phone.add_init_script("window.BroadcastChannel = undefined")
    one = begun(phone.new_page(), place)
    other = gone_on(phone.new_page(), place)
    handed_in_from_one_by_one(one)
    one.get_by_text("Kerjakan tes ini sekali lagi").click()
    one.get_by_role("button", name="Mulai lagi").click()
    one.wait_for_selector(".item:visible")
    until(
        one, "() => PSM.mine.get('sitting/tes-akhir').then(({attempt, on}) => attempt === 2 && on)"
    )
    begun_anew = kept(one, "sitting/")

    other.get_by_role("button", name="Tampilkan semua soal").click()
    answer(other, "kata", "relawan")
    other.wait_for_selector(".sitting-bar .kept:has-text('Tersimpan')")
    other.get_by_role("button", name="Tinjau jawaban").click()
    other.get_by_role("button", name="Serahkan").click()
    other.get_by_role("button", name="Lanjutkan sebagai D26-017").wait_for()

    assert kept(one, "sitting/") == begun_anew
    assert len(kept(one, "handin/")) == 1


BROKEN = {
    "database": "indexedDB.open = () => { throw new Error('tidak boleh'); }",
    "everything": (
        """indexedDB.open = () => { throw new Error('tidak boleh'); };
        Storage.prototype.setItem = () => {
          throw new DOMException('penuh', 'QuotaExceededError');
        }"""
    ),
}


def test_without_a_database_answers_are_kept_aside(phone: BrowserContext, place: str) -> None:
    phone.add_init_script(BROKEN["database"])
    page = begun(phone.new_page(), place)
    page.get_by_role("status").filter(has_text="tidak dapat menyimpan").wait_for()
    answer_all(page, KEY)
    page.locator(".sitting-bar .kept.trouble", has_text="Baru sementara tersimpan").wait_for()

    ready(page)

    page.get_by_role("button", name="Tampilkan semua soal").click()
    assert handed_in(page)["responses"].keys() == KEY.keys()


PROMISE, WARNING = "Jawaban tersimpan walaupun halaman tertutup", "Ponsel ini tidak dapat menyimpan"


@pytest.mark.parametrize(
    ("broken", "said", "unsaid"),
    [
        ("", PROMISE, WARNING),
        (BROKEN["database"], PROMISE, WARNING),
        (BROKEN["everything"], WARNING, PROMISE),
    ],
)
def test_before_a_test_begins_it_promises_only_what_this_phone_can_keep(
    phone: BrowserContext, place: str, broken: str, said: str, unsaid: str
) -> None:
    phone.add_init_script(broken)
    page = ready(phone.new_page(), place)
    page.evaluate("PSM.store.update('', () => undefined).catch(() => null)")

    expect(page.locator(".begin")).to_contain_text(said)
    expect(page.locator(".begin")).not_to_contain_text(unsaid)
    assert kept_of_all(page) == {}
    assert not page.evaluate("PSM.store.wasCleared()")


def test_where_nothing_can_be_kept_it_is_said_and_the_open_page_still_hands_in(
    phone: BrowserContext, place: str
) -> None:
    phone.add_init_script(BROKEN["everything"])
    page = begun(phone.new_page(), place)
    page.get_by_role("button", name="Tampilkan semua soal").click()
    answer(page, "kata", "relawan")
    page.wait_for_selector(".kept.trouble")

    assert "Belum tersimpan" in page.locator(".kept").inner_text()
    assert handed_in(page)["responses"] == {"kata": "relawan"}


def test_a_kill_between_hand_in_and_clearing_up_makes_no_second_document(
    phone: BrowserContext, place: str
) -> None:
    page = begun(phone.new_page(), place)
    sitting = kept(page, "sitting/")["sitting/tes-akhir"]
    made = handed_in_from_one_by_one(page)
    page.evaluate("sitting => PSM.mine.update('sitting/tes-akhir', () => sitting)", sitting)

    ready(page)
    page.wait_for_selector(".handed")

    assert list(kept(page, "handin/")) == [f"handin/{made['id']}"]
    assert "sitting/tes-akhir" not in kept(page)


def test_a_newer_version_of_the_quiz_keeps_every_answer(
    phone: BrowserContext, tmp_path: Path
) -> None:
    put_on_stage(tmp_path / "situs", a_sat_test())
    with served(tmp_path / "situs") as address:
        page = begun(phone.new_page(), address)
        answer_all(page, KEY)
        newer = a_quiz([*ITEMS[1:], a_choice("baru")], id="tes-akhir", shuffle="both", pass_mark=70)
        put_on_stage(tmp_path / "situs", newer)

        ready(page)
        said = page.locator(".quiz-note[role=status]").inner_text()
        made = handed_in_from_one_by_one(page)

    assert "Soal diperbarui" in said
    assert "1 soal yang tidak" in said
    assert made["responses"].keys() == KEY.keys()
    assert made["digest"] == a_sat_test().digest != newer.digest


# ---- every state, little room --------------------------------------------------------------------


def test_axe_finds_nothing_in_any_state_of_a_sitting(chromium: Browser, tmp_path: Path) -> None:
    put_on_stage(tmp_path / "situs", a_sat_test(time_limit=10))
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    found: dict[str, list[str]] = {}
    wide: dict[str, int] = {}

    def look(state: str) -> None:
        found[state] = axe_findings_in_both_schemes(page)
        wide[state] = page.evaluate("document.documentElement.scrollWidth")

    with served(tmp_path / "situs") as address:
        page = ready(context.new_page(), address)
        look("before")
        begun(page, address)
        look("one item")
        answer_all(page, KEY)
        look("all items, answered")
        page.get_by_role("button", name="Tinjau jawaban").click()
        look("overview")
        page.get_by_role("button", name="Serahkan").click()
        page.wait_for_selector(".handed")
        for each in page.locator("details summary:visible").all():
            each.click()
        look("handed in")
    context.close()

    assert found == {state: [] for state in found}
    assert wide == dict.fromkeys(wide, 320)
