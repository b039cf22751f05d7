"""Untidy days: a phone given back and forth, a full store, a clock that jumps, a newer site in the
middle. Nothing is lost or mixed.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.builders import a_choice, a_quiz
from tests.site.people.office import (
    BUDI,
    CODES,
    SITI,
    begin,
    documents,
    hand_in,
    is_signed,
    link,
    opened,
    paired,
    show_all,
    typed,
    write,
)
from tests.site.sitting.quiz import ITEMS, a_sat_test, answer
from tests.site.sitting.test_sitting import BROKEN
from tests.site.stage import kept_of_all, put_on_stage, ready, served, until

# A sitting as it was kept until pages said that a test runs.
AS_BEFORE = """number => PSM.mine.of(number).update('sitting/tes-akhir', sitting => {
  for (const name of ['on', 'page', 'minutes']) delete sitting[name];
  return sitting;
})"""
SHORT = {SITI: "Siti N (D26-017)", BUDI: "Budi S (D26-018)"}


def taken_by(page: Page, number: str) -> Page:
    """The phone is given to her in the middle of the other's test: she says who she is, and goes on
    with her own.
    """
    page.locator(".sitting-bar").get_by_role("button", name="Bukan Anda?").click()
    page.get_by_role("button", name=SHORT[number], exact=True).click()
    page.get_by_role("button", name=f"Lanjutkan sebagai {SHORT[number]}").click()
    page.locator(".sitting-bar", has_text=SHORT[number]).wait_for()
    show_all(page)
    return page


def answered(page: Page, name: str, response: Any) -> None:
    answer(page, name, response)
    until(
        page,
        "name => PSM.mine.get('sitting/tes-akhir').then(sitting => name in sitting.responses)",
        name,
    )


@pytest.mark.journey
def test_a_phone_given_back_and_forth_five_times_keeps_two_tests_apart(
    phone: BrowserContext, place: str
) -> None:
    begin(paired(phone.new_page(), place, SITI)).close()
    page = begin(paired(phone.new_page(), place, BUDI))
    steps = [
        ("kata", "siti", "budi"),
        ("angka", "1", "2"),
        ("satu", "a", "b"),
        ("cerita", ["satu:a"], ["satu:a", "dua:a"]),
        ("banyak", "a", "be"),
    ]

    for name, hers, his in steps:
        answered(taken_by(page, SITI), name, hers)
        answered(taken_by(page, BUDI), name, his)
    hand_in(page)
    page.locator(".panel > .sitter").get_by_role("button", name="Bukan Anda?").click()
    page.get_by_role("button", name=SHORT[SITI], exact=True).click()
    page.get_by_role("button", name=f"Lanjutkan sebagai {SHORT[SITI]}").click()
    hand_in(page)

    made = {number: documents(page, number) for number in (SITI, BUDI)}
    assert {number: [each["responses"] for each in all_of] for number, all_of in made.items()} == {
        SITI: [{"kata": "siti", "angka": "1", "satu": "a", "cerita": ["satu:a"], "banyak": ["a"]}],
        BUDI: [
            {
                "kata": "budi",
                "angka": "2",
                "satu": "b",
                "cerita": ["satu:a", "dua:a"],
                "banyak": ["b", "e"],
            }
        ],
    }
    assert all(is_signed(each) for all_of in made.values() for each in all_of)


def test_where_nothing_can_be_kept_the_phone_is_not_given_on_before_the_answers_are_out(
    phone: BrowserContext, place: str
) -> None:
    phone.add_init_script(BROKEN["everything"])
    page = typed(opened(phone, place), SITI, CODES[SITI])
    show_all(page)
    answer(page, "kata", "siti")
    page.wait_for_selector(".kept.trouble")

    page.locator(".sitting-bar").get_by_role("button", name="Bukan Anda?").click()

    expect(page.locator("main > .quiz-note[role=alert]")).to_contain_text("Serahkan dan kirim dulu")
    assert page.locator('[data-item="kata"] input').input_value() == "siti"
    hand_in(page)
    (document,) = documents(page, SITI)
    assert (document["participant"], document["responses"], is_signed(document)) == (
        SITI,
        {"kata": "siti"},
        True,
    )


def test_two_people_on_a_phone_whose_database_is_forbidden_are_kept_apart(
    phone: BrowserContext, place: str
) -> None:
    phone.add_init_script(BROKEN["database"])
    page = begin(paired(phone.new_page(), place, SITI))
    write(page, "siti")
    page.goto("about:blank")
    page.goto(link(place, BUDI))
    page.wait_for_selector(".quiz.ready")
    write(begin(page), "budi")
    hand_in(page)
    page.locator(".panel > .sitter").get_by_role("button", name="Bukan Anda?").click()
    page.get_by_role("button", name=SHORT[SITI], exact=True).click()
    page.get_by_role("button", name=f"Lanjutkan sebagai {SHORT[SITI]}").click()
    hand_in(page)

    assert [each["responses"] for number in (SITI, BUDI) for each in documents(page, number)] == [
        {"kata": "siti"},
        {"kata": "budi"},
    ]


@pytest.mark.parametrize("jump", [timedelta(hours=2), timedelta(minutes=-10), timedelta(days=-400)])
def test_a_clock_that_jumps_in_the_middle_costs_no_answer(
    phone: BrowserContext, tmp_path: Path, jump: timedelta
) -> None:
    put_on_stage(tmp_path / "situs", a_sat_test(time_limit=10))
    with served(tmp_path / "situs") as place:
        write(begin(paired(phone.new_page(), place, SITI)), "siti")
        page = phone.new_page()
        page.clock.install(time=datetime.now(UTC) + jump)
        ready(page, place)
        page.get_by_role("button", name=f"Lanjutkan sebagai {SHORT[SITI]}").click()
        page.locator(".sitting-bar:visible").wait_for()
        if jump < timedelta(0):
            show_all(page)
            page.get_by_role("button", name="Tinjau jawaban").click()
        else:
            page.get_by_role("heading", name="Waktu habis").wait_for()
        page.get_by_role("button", name="Serahkan").click()
        page.wait_for_selector(".handed")

        (document,) = documents(page, SITI)

    assert (document["participant"], document["responses"], is_signed(document)) == (
        SITI,
        {"kata": "siti"},
        True,
    )


def test_a_newer_site_in_the_middle_of_two_tests_keeps_both(
    phone: BrowserContext, tmp_path: Path
) -> None:
    """The site asks something newer; the tests were begun before pages said that one runs."""
    put_on_stage(tmp_path / "situs", a_sat_test())
    with served(tmp_path / "situs") as place:
        write(begin(paired(phone.new_page(), place, SITI)), "siti")
        page = begin(paired(phone.new_page(), place, BUDI))
        write(page, "budi")
        for number in (SITI, BUDI):
            page.evaluate(AS_BEFORE, number)
        page.close(run_before_unload=False)
        put_on_stage(
            tmp_path / "situs",
            a_quiz([*ITEMS[1:], a_choice("baru")], id="tes-akhir", shuffle="both", pass_mark=70),
        )

        page = opened(phone, place)
        expect(page.locator(".panel")).to_contain_text("Budi S")
        page.get_by_role("button", name=f"Lanjutkan sebagai {SHORT[BUDI]}").click()
        expect(page.locator(".quiz-note[role=status]").first).to_contain_text(
            "Soal diperbarui sesudah Anda mulai."
        )
        hand_in(page)
        expect(page.locator(".reminder")).to_contain_text("Tes Siti N berjalan")
        page.locator(".panel > .sitter").get_by_role("button", name="Bukan Anda?").click()
        page.get_by_role("button", name=SHORT[SITI], exact=True).click()
        page.get_by_role("button", name=f"Lanjutkan sebagai {SHORT[SITI]}").click()
        hand_in(page)
        made = [documents(page, number) for number in (SITI, BUDI)]

    assert [[each["responses"] for each in all_of] for all_of in made] == [
        [{"kata": "siti"}],
        [{"kata": "budi"}],
    ]
    assert [key for key in kept_of_all(page) if "/sitting/" in key] == []
