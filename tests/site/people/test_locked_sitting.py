"""No phone on the day: one person's test on the office's laptop. Nothing of others is shown, and
nothing of hers stays.
"""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from tests.axe import axe_findings
from tests.site.people.office import BUDI, CODES, SITI, Office, hand_in, is_signed, paired, write
from tests.site.stage import kept_of_all, ready


def seat(page: Page, place: str, number: str, code: str = "", quiz: str = "tes-akhir") -> Page:
    page.goto("about:blank")
    page.goto(f"{place}/kuis.html#duduk={number}.{code or CODES[number]}.{quiz}")
    return page


def begun(page: Page) -> Page:
    page.wait_for_selector(".quiz.ready")
    page.get_by_role("button", name="Mulai").click()
    page.wait_for_selector(".item:visible")
    return page


def test_a_sitting_for_one_number_is_handed_in_and_leaves_nothing(
    phone: BrowserContext, place: str, office: Office
) -> None:
    page = paired(phone.new_page(), place, BUDI)
    before = {key: value for key, value in kept_of_all(page).items() if "/next/" not in key}

    seat(page, place, SITI)
    expect(page.locator("form.begin")).to_contain_text("Tes ini untuk Siti N (D26-017)")
    shown = page.locator("body").inner_text()
    found = axe_findings(page)
    write(begun(page), "siti")
    page.get_by_role("button", name="Tinjau jawaban").click()
    page.get_by_role("button", name="Serahkan").click()
    page.get_by_role("heading", name="Selesai").wait_for()

    (document,) = office.received
    assert "Budi" not in shown
    assert CODES[SITI] not in page.url
    assert found == axe_findings(page) == []
    assert (document["participant"], document["responses"], is_signed(document)) == (
        SITI,
        {"kata": "siti"},
        True,
    )
    assert {key: value for key, value in kept_of_all(page).items() if "/next/" not in key} == before
    assert [key for key in kept_of_all(page) if SITI in key] == []
    ready(page)
    assert "Siti" not in page.locator("body").inner_text()


def test_a_locked_sitting_goes_on_after_a_reload_and_after_its_tab_was_killed(
    phone: BrowserContext, place: str
) -> None:
    page = seat(phone.new_page(), place, SITI)
    write(begun(page), "siti")
    ready(page)
    page.get_by_role("button", name="Tampilkan semua soal").click()
    assert page.locator('[data-item="kata"] input').input_value() == "siti"
    page.close(run_before_unload=False)

    again = seat(phone.new_page(), place, SITI)
    again.wait_for_selector(".item:visible")
    again.get_by_role("button", name="Tampilkan semua soal").click()

    assert again.locator('[data-item="kata"] input').input_value() == "siti"
    # The site itself knows nothing of her.
    assert ready(phone.new_page(), place).get_by_label("Nomor peserta").input_value() == ""


def test_a_locked_sitting_killed_between_receipt_and_clearing_up_is_cleared_by_the_link(
    phone: BrowserContext, place: str, office: Office
) -> None:
    office.is_there = False
    page = seat(phone.new_page(), place, SITI)
    write(begun(page), "siti")
    hand_in(page)
    office.is_there = True
    page.evaluate(
        """PSM.load('people').then(people => {
          people.finish = () => new Promise(() => {});
          self.people = people;
        })"""
    )
    page.evaluate(
        """number => PSM.mine.of(number).all('handin/')
          .then(all => people.sending.send(all[0][1].document))""",
        SITI,
    )
    page.close()

    again = seat(phone.new_page(), place, SITI)
    again.get_by_role("heading", name="Selesai").wait_for()

    assert [key for key in kept_of_all(again) if SITI in key] == []


def test_a_link_that_was_cut_off_opens_no_sitting(phone: BrowserContext, place: str) -> None:
    page = phone.new_page()
    for code, quiz in ((CODES[SITI][:-1], "tes-akhir"), (CODES[SITI], "tes-lain")):
        seat(page, place, SITI, code, quiz)
        page.get_by_role("heading", name="Tautan ini tidak dapat dibuka").wait_for()

    assert kept_of_all(page) == {}


def test_a_card_that_the_office_does_not_know_opens_no_sitting(
    phone: BrowserContext, place: str, office: Office
) -> None:
    page = seat(phone.new_page(), place, SITI, CODES[BUDI])

    page.get_by_role("heading", name="Kartu tidak cocok").wait_for()

    assert office.received == []
