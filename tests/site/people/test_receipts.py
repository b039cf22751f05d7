"""The office's promise on the phone: taken where it is for this hand-in and signed by the office;
else the hand-in waits.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from psm_course.credentials.log.receipt import read_receipt
from tests.axe import axe_findings
from tests.credentials.tampered_receipts import LOG_KEY, OTHER_LOG_KEY
from tests.site.people.office import BUDI, SITI, Office, begin, documents, hand_in, paired, write
from tests.site.people.test_locked_sitting import begun, seat
from tests.site.stage import kept_of_all, ready

NOT_OURS = "dari laptop ini bukan"
CHECKED = "terima ini sudah dicocokkan"
OTHERS = {"document": f"sha256:{'0' * 64}", "participant": BUDI, "quiz": "tes-awal"}


@pytest.fixture
def office(office: Office) -> Office:
    office.key, office.listed = LOG_KEY, [LOG_KEY]
    return office


def handed_in(phone: BrowserContext, place: str, number: str = SITI) -> Page:
    page = paired(phone.new_page(), place, number)
    write(begin(page), "siti")
    hand_in(page)
    return page


def send(page: Page) -> None:
    page.get_by_role("button", name="Kirim ke laptop petugas").click()


def receipts(page: Page) -> dict[str, Any]:
    return {key: value for key, value in kept_of_all(page).items() if "/receipt/" in key}


def is_waiting(page: Page) -> bool:
    return ready(page).get_by_role("heading", name="Jawaban siap dikirim").is_visible()


def test_the_phone_keeps_the_receipt_and_says_that_it_checked_it(
    phone: BrowserContext, place: str, office: Office
) -> None:
    page = handed_in(phone, place)

    send(page)
    expect(page.locator(".handed .verdict")).to_contain_text("Diterima petugas. Kode tanda terima:")

    (document,) = documents(page, SITI)
    ((key, kept),) = receipts(page).items()
    assert key == f"p/{SITI}/receipt/{document['id']}"
    assert (kept["signed"], kept["standing"], kept["checked"]) == (
        office.receipt(document),
        "recorded",
        True,
    )
    assert kept["code"] == read_receipt(kept["signed"]).code
    assert CHECKED in page.locator(".handed").inner_text()
    assert axe_findings(page) == []
    assert CHECKED in ready(page).locator(".handed").inner_text()


def test_the_receipt_leaves_the_phone_as_a_file_and_as_text(
    phone: BrowserContext, place: str, office: Office
) -> None:
    phone.grant_permissions(["clipboard-read", "clipboard-write"])
    page = handed_in(phone, place)
    send(page)
    page.get_by_text(CHECKED).wait_for()

    with page.expect_download() as download:
        page.get_by_role("button", name="Simpan berkas").click()
    page.get_by_role("button", name="Salin teks").click()
    page.get_by_text("Teks tersalin.").wait_for()

    (document,) = documents(page, SITI)
    assert download.value.suggested_filename == f"tanda-terima-tes-akhir-{SITI}-1.txt"
    assert json.loads(download.value.path().read_text(encoding="utf-8")) == office.receipt(document)
    assert json.loads(page.evaluate("navigator.clipboard.readText()")) == office.receipt(document)


@pytest.mark.parametrize(
    "changed",
    [
        *({name: value} for name, value in OTHERS.items()),
        {"standing": "held"},
        {"signature": "z1"},
        {"format": "x"},
    ],
    ids=str,
)
def test_a_receipt_of_something_else_is_none_and_the_hand_in_waits(
    phone: BrowserContext, place: str, office: Office, changed: dict[str, Any]
) -> None:
    office.changed = changed
    page = handed_in(phone, place)

    send(page)
    expect(page.locator(".told")).to_contain_text(NOT_OURS)

    assert receipts(page) == {}
    assert is_waiting(page)
    office.changed = {}
    send(page)
    page.get_by_text(CHECKED).wait_for()


def test_a_receipt_of_another_office_is_none(
    phone: BrowserContext, place: str, office: Office
) -> None:
    office.key = OTHER_LOG_KEY
    page = handed_in(phone, place)

    send(page)
    expect(page.locator(".told")).to_contain_text(NOT_OURS)

    assert receipts(page) == {}
    assert is_waiting(page)


def test_where_no_keys_are_at_hand_a_receipt_for_this_hand_in_is_taken_and_not_called_checked(
    phone: BrowserContext, place: str, office: Office
) -> None:
    office.listed = None
    page = handed_in(phone, place)

    send(page)
    expect(page.locator(".handed .verdict")).to_contain_text("Diterima petugas.")

    (kept,) = receipts(page).values()
    assert (kept["checked"], CHECKED in page.locator(".handed").inner_text()) == (False, False)


def test_what_could_not_be_checked_when_it_came_is_checked_when_it_is_shown(
    phone: BrowserContext, place: str, office: Office
) -> None:
    office.listed = None
    page = handed_in(phone, place)
    send(page)
    expect(page.locator(".handed .verdict")).to_contain_text("Diterima petugas.")

    office.listed = [LOG_KEY]

    assert CHECKED in ready(page).locator(".handed").inner_text()
    assert [each["checked"] for each in receipts(page).values()] == [True]


def test_what_should_not_have_been_taken_is_no_receipt_once_the_keys_are_known(
    phone: BrowserContext, place: str, office: Office
) -> None:
    office.listed, office.key = None, OTHER_LOG_KEY
    page = handed_in(phone, place)
    send(page)
    expect(page.locator(".handed .verdict")).to_contain_text("Diterima petugas.")

    office.listed = [LOG_KEY]

    assert is_waiting(page)
    assert receipts(page) == {}


@pytest.mark.parametrize("marks", ['""', "“”", "„“"])
def test_a_receipt_that_was_sent_as_text_is_pasted_in_the_place_of_the_code(
    phone: BrowserContext, place: str, office: Office, marks: str
) -> None:
    office.is_there = False
    page = handed_in(phone, place)
    (document,) = documents(page, SITI)
    field = page.get_by_label("Kode tanda terima")

    for wrong in (
        json.dumps(office.receipt(document | {"attempt": 7})),
        json.dumps(office.receipt(document))[:-30] + "}",
    ):
        field.fill(wrong)
        page.get_by_role("button", name="Cocokkan").click()
        expect(page.locator(".handed [role=alert]:not(:empty)")).to_contain_text(
            "untuk jawaban ini, terpotong"
        )
    written = json.dumps(office.receipt(document, "held"))
    # As a messenger bends them.
    bent = re.sub('"([^"]*)"', lambda found: marks[0] + found[1] + marks[1], written)
    field.fill(f"Tanda terima Ibu: {bent} terima kasih")
    page.get_by_role("button", name="Cocokkan").click()
    page.get_by_text(CHECKED).wait_for()

    assert "Menunggu keputusan petugas" in page.locator(".handed").inner_text()


def test_a_locked_sitting_ends_with_the_receipt_to_take_along(
    phone: BrowserContext, place: str, office: Office
) -> None:
    page = seat(phone.new_page(), place, SITI)
    write(begun(page), "siti")
    page.get_by_role("button", name="Tinjau jawaban").click()
    page.get_by_role("button", name="Serahkan").click()
    page.get_by_role("heading", name="Selesai").wait_for()

    with page.expect_download() as download:
        page.get_by_role("button", name="Simpan berkas").click()

    (document,) = office.received
    assert json.loads(download.value.path().read_text(encoding="utf-8")) == office.receipt(document)
    assert [key for key in kept_of_all(page) if SITI in key] == []
    assert axe_findings(page) == []


def test_a_locked_sitting_keeps_the_answers_where_the_receipt_is_none(
    phone: BrowserContext, place: str, office: Office
) -> None:
    office.key = OTHER_LOG_KEY
    page = seat(phone.new_page(), place, SITI)
    write(begun(page), "siti")
    hand_in(page)

    expect(page.locator(".told")).to_contain_text(NOT_OURS)

    assert len(documents(page, SITI)) == 1
    assert page.get_by_role("heading", name="Selesai").count() == 0
