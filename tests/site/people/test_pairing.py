"""A card and a phone: by link or by number and code, checked on the phone and by the office, which
never hears the code.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from psm_course.domain.card import card_code, mac_key
from psm_course.grading.submission import canonical, card_mac
from psm_course.registrar.answers.hand_in import receipt_code
from tests.site.people.office import (
    BUDI,
    CODES,
    FOREIGN,
    SITI,
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
from tests.site.stage import kept_of_all, ready, until

CARDS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "domain/cards.json").read_text(encoding="utf-8")
)
OLDER = card_code(b"rahasia kartu", "3276", SITI, 0)  # a card of hers that has been replaced


def people(page: Page) -> dict[str, str]:
    device: Any = kept_of_all(page)["device"]
    return {one["number"]: one["code"] for one in device["people"]}


@pytest.mark.parametrize("card", CARDS, ids=lambda card: f"{card['number']}/{card['serial']}")
def test_the_phone_makes_of_a_card_what_the_office_makes(
    phone: BrowserContext, place: str, card: dict[str, Any]
) -> None:
    page = opened(phone, place)
    page.evaluate("PSM.load('people').then(people => { self.people = people; })")

    read = page.evaluate("text => people.readCard(text)", card["link"].partition("#kartu=")[2])
    typed_in = page.evaluate(
        "text => people.readCode(text)", card["shown"].lower().replace("1", "l").replace("0", "o")
    )
    mac = page.evaluate(
        "([code, document]) => people.digest.mac(code, document)", [card["code"], card["document"]]
    )
    proof = page.evaluate(
        "([code, number]) => people.digest.proof(code, number)", [card["code"], card["number"]]
    )

    assert read == {"number": card["number"], "code": card["code"], "name": card["short"]}
    assert (typed_in, mac, proof) == (card["code"], card["mac"], card["proof"])


def test_every_wrong_letter_and_every_swap_is_noticed_on_the_phone(
    phone: BrowserContext, place: str
) -> None:
    code = CODES[SITI]
    wrong = [
        code[:at] + letter + code[at + 1 :]
        for at in range(17)
        for letter in "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        if letter != code[at]
    ]
    swapped = [
        code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        for at in range(16)
        if code[at] != code[at + 1]
    ]
    page = opened(phone, place)
    page.evaluate("PSM.load('people').then(people => { self.people = people; })")

    assert (
        page.evaluate("codes => codes.filter(code => people.readCode(code))", wrong + swapped) == []
    )


def test_a_link_with_a_wrong_letter_is_said_and_changes_nothing(
    phone: BrowserContext, place: str
) -> None:
    page = phone.new_page()
    page.goto(f"{place}/kuis.html#kartu={SITI}.{CODES[SITI][:-2]}")
    expect(page.locator(".quiz-note[role=alert]")).to_contain_text("keliru atau terpotong")

    assert kept_of_all(page) == {}
    assert page.url == f"{place}/kuis.html"


def test_a_typed_code_with_a_wrong_letter_is_said_at_once(
    phone: BrowserContext, place: str
) -> None:
    page = opened(phone, place)

    typed(page, SITI, CODES[SITI][:-1] + ("2" if CODES[SITI][-1] != "2" else "3"))

    expect(page.locator("form.begin:visible [role=alert]")).to_contain_text("Kode kartu ini salah")
    assert kept_of_all(page) == {}
    assert not page.locator(".item:visible").count()


@pytest.mark.journey
def test_the_office_tells_name_and_next_attempt_and_never_hears_the_code(
    phone: BrowserContext, place: str, office: Office
) -> None:
    office.next = 2
    page = paired(phone.new_page(), place, SITI)
    page.get_by_role("link", name="Lihat kemajuan saya di register").wait_for()
    write(begin(page), "siti")
    hand_in(page)

    assert [each["attempt"] for each in documents(page, SITI)] == [2]
    assert office.asked != []
    assert [body for body in office.asked if CODES[SITI] in body] == []


def test_a_card_that_is_not_hers_is_told_by_the_office_and_the_old_one_believed_again(
    phone: BrowserContext, place: str, office: Office
) -> None:
    page = paired(phone.new_page(), place, SITI)
    page.get_by_role("link", name="Lihat kemajuan saya di register").wait_for()

    page.goto("about:blank")
    page.goto(f"{place}/kuis.html#kartu={SITI}.{OLDER}")
    expect(page.locator(".quiz-note[role=alert]")).to_have_text(FOREIGN["link"])

    assert people(page) == {SITI: CODES[SITI]}


def test_the_phones_hand_ins_are_not_counted_as_hers(phone: BrowserContext, place: str) -> None:
    page = begin(paired(phone.new_page(), place, SITI))
    hand_in(page)
    paired(page, place, BUDI)
    begin(page)
    hand_in(page)
    page.get_by_text("Kerjakan tes ini sekali lagi").click()
    page.get_by_role("button", name="Mulai lagi").click()
    page.wait_for_selector(".item:visible")
    hand_in(page)

    assert [each["attempt"] for each in documents(page, SITI)] == [1]
    assert sorted(each["attempt"] for each in documents(page, BUDI)) == [1, 2]


def test_what_the_office_turned_away_goes_again_signed_anew_after_pairing_the_right_card(
    phone: BrowserContext, place: str, office: Office
) -> None:
    office.is_there = False  # in the hall nobody listens
    page = phone.new_page()
    page.goto(f"{place}/kuis.html#kartu={SITI}.{OLDER}")
    page.wait_for_selector(".quiz.ready")
    write(begin(page), "siti")
    hand_in(page)
    office.is_there = True
    ready(page)
    page.get_by_role("button", name="Kirim ke laptop petugas").click()
    expect(page.locator(".told")).to_contain_text("Jawaban belum diterima")
    assert [key for key in kept_of_all(page) if "/receipt/" in key] == []

    page.get_by_label(f"Kode kartu {SITI}").fill(CODES[SITI])
    page.get_by_role("button", name="Pasangkan kartu").click()
    page.get_by_text("Diterima petugas. Kode tanda terima").wait_for()

    first, second = office.received
    assert (first["id"], is_signed(first), is_signed(second)) == (second["id"], False, True)
    assert {**first, "mac": None} == {**second, "mac": None}


def test_a_receipt_for_what_was_sent_before_the_card_was_paired_is_taken(
    phone: BrowserContext, place: str
) -> None:
    page = opened(phone, place)
    typed(page, SITI)
    write(page, "siti")
    hand_in(page)
    (sent,) = documents(page, SITI)
    page.get_by_label(f"Kode kartu {SITI}").fill(CODES[SITI])
    page.get_by_role("button", name="Pasangkan kartu").click()
    until(
        page,
        "number => PSM.mine.of(number).all('handin/').then(all => all[0][1].document.mac)",
        SITI,
    )

    page.get_by_label("Kode tanda terima").fill(receipt_code(canonical(sent)))
    page.get_by_role("button", name="Cocokkan").click()

    page.get_by_text("Diterima petugas. Kode tanda terima").wait_for()
    assert [each["mac"] for each in documents(page, SITI)] == [card_mac(mac_key(CODES[SITI]), sent)]
