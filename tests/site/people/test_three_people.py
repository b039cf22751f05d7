"""People, not phones: three share one, each with her own running test, attempts, card and progress;
nothing is lost, nothing mixed.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.axe import axe_findings
from tests.site.people.office import (
    BUDI,
    CODES,
    SITI,
    WATI,
    Office,
    begin,
    documents,
    hand_in,
    is_signed,
    opened,
    paired,
    typed,
    write,
)
from tests.site.sitting.quiz import a_sat_test
from tests.site.stage import kept_of_all, put_on_stage, ready, served


@pytest.mark.journey
def test_three_people_sit_one_test_on_one_phone_each_under_her_own_card(
    phone: BrowserContext, place: str
) -> None:
    siti = begin(paired(phone.new_page(), place, SITI))
    write(siti, "siti")
    siti.close()

    page = opened(phone, place)
    page.get_by_role("button", name="Bukan saya").click()
    typed(page, BUDI, CODES[BUDI].lower())
    write(page, "budi")
    hand_in(page)
    paired(page, place, WATI)
    write(begin(page), "wati")
    hand_in(page)
    page.locator(".panel").get_by_role("button", name="Bukan Anda?").click()
    page.get_by_role("button", name="Siti N (D26-017)").click()
    page.get_by_role("button", name="Lanjutkan sebagai Siti N").click()
    page.wait_for_selector(".item:visible")
    page.get_by_role("button", name="Tampilkan semua soal").click()
    shown = page.locator('[data-item="kata"] input').input_value()
    hand_in(page)

    made = {number: documents(page, number) for number in (SITI, BUDI, WATI)}
    assert shown == "siti"
    assert {number: [each["responses"] for each in all_of] for number, all_of in made.items()} == {
        SITI: [{"kata": "siti"}],
        BUDI: [{"kata": "budi"}],
        WATI: [{"kata": "wati"}],
    }
    assert [
        (each["participant"], each["attempt"], is_signed(each))
        for all_of in made.values()
        for each in all_of
    ] == [
        (SITI, 1, True),
        (BUDI, 1, True),
        (WATI, 1, True),
    ]


def test_the_second_person_can_sit_a_test_that_may_be_sat_once(
    phone: BrowserContext, tmp_path: Path
) -> None:
    put_on_stage(tmp_path / "situs", a_sat_test(attempts=1))
    with served(tmp_path / "situs") as place:
        page = begin(paired(phone.new_page(), place, SITI))
        hand_in(page)
        assert "Anda sudah memakai 1 kesempatan." in page.locator(".panel").inner_text()
        page.get_by_text("Orang lain mengerjakan tes ini").click()
        typed(page, SITI.lower())
        expect(page.locator("details form.begin [role=alert]")).to_have_text(
            "Anda sudah memakai 1 kesempatan."
        )

        typed(page, BUDI)
        page.wait_for_selector(".item:visible")
        hand_in(page)

        assert [(each["participant"], each["attempt"]) for each in documents(page, BUDI)] == [
            (BUDI, 1)
        ]
        assert len(documents(page, SITI)) == 1


def test_a_running_test_is_not_entered_by_who_opens_the_page_next(
    phone: BrowserContext, place: str
) -> None:
    write(begin(paired(phone.new_page(), place, SITI)), "rahasia siti")

    other = opened(phone, place)

    expect(other.get_by_text("Tes ini sedang dikerjakan Siti N (D26-017).")).to_be_visible()
    assert not other.locator(".item:visible").count()
    assert axe_findings(other) == []
    other.get_by_role("button", name="Bukan saya").click()
    expect(other.get_by_label("Nomor peserta")).to_have_value("")
    assert not other.locator(".item:visible").count()


def test_a_slip_in_the_number_does_not_lead_into_anothers_test(
    phone: BrowserContext, place: str
) -> None:
    begin(paired(phone.new_page(), place, SITI))
    page = opened(phone, place)
    page.get_by_role("button", name="Bukan saya").click()

    typed(page, SITI)

    expect(page.locator("form.begin:visible [role=alert]")).to_contain_text(
        "Siti N (D26-017) sudah dikenal"
    )
    expect(page.get_by_role("button", name="Siti N (D26-017)")).to_be_visible()
    assert not page.locator(".item:visible").count()


def test_a_page_that_is_loaded_again_goes_on_without_a_question(
    phone: BrowserContext, place: str
) -> None:
    page = begin(paired(phone.new_page(), place, SITI))
    write(page, "siti")

    ready(page)

    page.wait_for_selector(".item:visible")
    page.get_by_role("button", name="Tampilkan semua soal").click()
    assert page.locator('[data-item="kata"] input').input_value() == "siti"


def test_a_switch_in_one_tab_while_another_answers_mixes_nothing(
    phone: BrowserContext, place: str
) -> None:
    siti = begin(paired(phone.new_page(), place, SITI))
    write(siti, "siti")
    budi = begin(paired(phone.new_page(), place, BUDI))

    siti.bring_to_front()
    note = siti.locator(".switched")
    expect(note).to_contain_text(
        re.compile(r"milik Siti N \(D26-017\);.* dipakai Budi S \(D26-018\)\.")
    )
    expect(note).to_contain_text("jawabannya aman")
    assert not siti.locator(".item:visible").count()
    assert axe_findings(siti) == []
    budi.bring_to_front()
    write(budi, "budi")
    siti.bring_to_front()
    note.get_by_role("button", name="Kembali ke Siti N").click()
    write(siti, "siti lagi")
    hand_in(siti)
    budi.bring_to_front()
    budi.locator(".switched").get_by_role("button", name="Kembali ke Budi S").click()
    hand_in(budi)

    assert [each["responses"] for each in documents(budi, SITI)] == [{"kata": "siti lagi"}]
    assert [each["responses"] for each in documents(budi, BUDI)] == [{"kata": "budi"}]
    assert all(is_signed(each) for number in (SITI, BUDI) for each in documents(budi, number))


def test_without_a_card_the_test_can_be_sat_and_carries_no_mac(
    phone: BrowserContext, place: str, office: Office
) -> None:
    page = opened(phone, place)
    typed(page, BUDI)
    write(page, "budi")
    hand_in(page)
    page.get_by_role("button", name="Kirim ke laptop petugas").click()
    page.locator(".handed", has_text="Menunggu keputusan petugas.").wait_for()

    (document,) = office.received
    assert "mac" not in document
    assert document["participant"] == BUDI
    assert [key for key in kept_of_all(page) if key.startswith("p/tamu/")] == []
