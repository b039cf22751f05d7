"""Handing in from the phone: the receipt, the roads a document can take, the attempts, and the
digests both sides compute.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext

from psm_course.domain.card import card_code, mac_key
from psm_course.grading.documents import documents_in
from psm_course.grading.draw import Draw, Sitting
from psm_course.grading.submission import canonical, card_mac
from psm_course.registrar.answers.hand_in import receipt_code
from tests.site.sitting.quiz import (
    a_sat_test,
    answer_all,
    begun,
    document,
    handed_in,
    handed_in_from_one_by_one,
)
from tests.site.stage import PAGE, put_on_stage, ready, served, waiting

CODE = card_code(b"rahasia kartu", "3276", "D26-017", 1)

# ---- receipt, roads, attempts --------------------------------------------------------------------


def test_only_the_offices_receipt_settles_a_hand_in(phone: BrowserContext, place: str) -> None:
    page = begun(phone.new_page(), place)
    made = handed_in_from_one_by_one(page)
    right = receipt_code(canonical(made))

    page.get_by_label("Kode tanda terima").fill("ABCD-2345")
    page.get_by_role("button", name="Cocokkan").click()
    said = page.locator(".handed [role=alert]:not(:empty)")
    assert "bukan untuk jawaban ini" in said.inner_text()
    page.get_by_label("Kode tanda terima").fill(right.lower().replace("-", " "))
    page.get_by_role("button", name="Cocokkan").click()
    page.get_by_text(f"Kode tanda terima: {right}").wait_for()

    ready(page)
    assert page.get_by_text(f"Kode tanda terima: {right}").count() == 1
    assert document(page) == made


def test_the_document_leaves_as_a_file_and_as_text(phone: BrowserContext, place: str) -> None:
    phone.grant_permissions(["clipboard-read", "clipboard-write"])
    page = begun(phone.new_page(), place)
    made = handed_in_from_one_by_one(page)

    with page.expect_download() as download:
        page.get_by_role("button", name="Simpan berkas").click()
    page.get_by_role("button", name="Salin teks").click()
    page.get_by_text("Teks tersalin").wait_for()

    assert download.value.suggested_filename == "jawaban-tes-akhir-D26-017-1.txt"
    assert json.loads(download.value.path().read_text(encoding="utf-8")) == made
    assert json.loads(page.evaluate("navigator.clipboard.readText()")) == made


def test_a_phone_that_cannot_share_writes_to_the_office_on_whatsapp(
    phone: BrowserContext, tmp_path: Path
) -> None:
    put_on_stage(tmp_path / "situs", a_sat_test())
    file = tmp_path / "situs" / "kuis.html"
    file.write_text(
        file.read_text(encoding="utf-8").replace(
            "data-quiz=", 'data-whatsapp="6281234567890" data-quiz=', 1
        ),
        encoding="utf-8",
    )
    phone.route("https://wa.me/**", lambda route: route.fulfill(body="WhatsApp"))
    with served(tmp_path / "situs") as address:
        page = begun(phone.new_page(), address)
        answer_all(page, {"kata": "Bu *Rini* 😀 bilang “ya”, _lalu_ 'pulang'"})
        made = handed_in(page)
        link = page.get_by_role("link", name="Kirim lewat WhatsApp")
        opened = urlsplit(str(link.get_attribute("href")))
        with phone.expect_page():
            link.click()
        page.get_by_text("Tekan kirim di WhatsApp").wait_for()

    (text,) = parse_qs(opened.query)["text"]
    assert (opened.netloc, opened.path) == ("wa.me", "/6281234567890")
    assert text.startswith("Jawaban tes-akhir D26-017 {")
    assert re.fullmatch("[!-~]+", text.split(" ", 3)[3])
    half = len(text) // 2
    chat = (
        f"[28/11 10.02] Siti: {text[:half].replace(chr(34), '“')}\n[28/11 10.02] Siti:"
        f" {text[half:]}\n[28/11 10.04] Bu Ani: terima kasih 🙏"
    )
    ((_, document),) = documents_in(chat.encode()).documents
    assert json.loads(document) == made
    assert receipt_code(canonical(json.loads(document))) == receipt_code(canonical(made))


def test_without_a_number_the_way_by_copying_is_said(phone: BrowserContext, place: str) -> None:
    page = begun(phone.new_page(), place)
    handed_in_from_one_by_one(page)

    assert page.get_by_role("link", name="Kirim lewat WhatsApp").count() == 0
    assert "buka WhatsApp, lalu tempelkan" in page.locator(".handed").inner_text()


def test_sharing_gives_the_same_file(phone: BrowserContext, place: str) -> None:
    phone.add_init_script(
        "navigator.canShare = () => true; navigator.share = async (what) => { window.shared = await"
        " what.files[0].text(); }"
    )
    page = begun(phone.new_page(), place)
    made = handed_in_from_one_by_one(page)

    page.get_by_role("button", name="Bagikan (WhatsApp)").click()
    page.get_by_text("Sudah dibagikan").wait_for()

    assert json.loads(page.evaluate("window.shared")) == made


@pytest.mark.journey
def test_a_card_that_was_opened_signs_the_document(phone: BrowserContext, place: str) -> None:
    page = phone.new_page()
    page.goto(f"{place}/kuis.html#kartu=D26-017.{CODE}")
    page.wait_for_selector(".quiz.ready")
    assert page.get_by_label("Nomor peserta").input_value() == "D26-017"
    assert CODE not in page.url
    page.get_by_role("button", name="Mulai").click()
    made = handed_in_from_one_by_one(page)

    assert made["mac"] == card_mac(mac_key(CODE), made)


def test_a_card_opened_on_the_first_page_is_known_on_all(
    phone: BrowserContext, place: str, tmp_path: Path
) -> None:
    """The printed code opens the site's address, not the page of a test."""
    first = PAGE.format(scripts='<script src="psm.js" defer></script>', parts=waiting(""), quiz="")
    (tmp_path / "situs" / "index.html").write_text(first, encoding="utf-8")
    page = phone.new_page()

    page.goto(f"{place}/#kartu=d26-017.{CODE}")
    page.get_by_text("Kartu D26-017 sudah dikenal.").wait_for()

    assert page.url == f"{place}/"
    assert CODE not in page.content()
    ready(page, place)
    assert page.get_by_label("Nomor peserta").input_value() == "D26-017"
    page.get_by_role("button", name="Mulai").click()
    made = handed_in_from_one_by_one(page)
    assert made["mac"] == card_mac(mac_key(CODE), made)


def test_a_wrong_number_gets_a_sentence_and_a_limit_of_attempts_is_kept(
    phone: BrowserContext, tmp_path: Path
) -> None:
    put_on_stage(tmp_path / "situs", a_sat_test(attempts=1))
    with served(tmp_path / "situs") as address:
        page = ready(phone.new_page(), address)
        page.get_by_label("Nomor peserta").fill("Siti Nurhayati")
        page.get_by_role("button", name="Mulai").click()
        assert "misalnya D26-017" in page.locator("[role=alert]").inner_text()

        begun(page, address)
        handed_in_from_one_by_one(page)

        assert "sudah memakai 1 kesempatan" in page.locator(".panel").inner_text()
        assert not page.get_by_role("button", name="Mulai").count()


def test_a_second_attempt_is_numbered_and_drawn_anew(phone: BrowserContext, place: str) -> None:
    page = begun(phone.new_page(), place)
    handed_in_from_one_by_one(page)
    page.get_by_text("Kerjakan tes ini sekali lagi").click()
    page.get_by_role("button", name="Mulai lagi").click()
    page.wait_for_selector(".item:visible")
    page.get_by_role("button", name="Tampilkan semua soal").click()
    shown = page.eval_on_selector_all(
        ".item", "all => all.filter(one => one.offsetParent).map(one => one.dataset.item)"
    )

    assert shown == Draw(a_sat_test()).items(Sitting("D26-017", "tes-akhir", 2))


# ---- digests -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "abc", "é😀" * 40, "a" * 55, "a" * 56, "a" * 64, "a" * 1000])
def test_the_phones_sha_256_is_the_published_one(
    phone: BrowserContext, place: str, text: str
) -> None:
    page = ready(phone.new_page(), place)

    assert (
        page.evaluate("text => PSM.load('people').then(({digest}) => digest.sha256(text))", text)
        == hashlib.sha256(text.encode()).hexdigest()
    )


@pytest.mark.parametrize(
    "value",
    [
        {"b": 1, "a": [None, True, 'é"\\\n😀'], "c": {"z": "", "y": "\u007f"}},
        [],
        {},
        {"aé": 1, "az": 2},
    ],
)
def test_the_phones_canonical_form_is_the_offices(
    phone: BrowserContext, place: str, value: Any
) -> None:
    page = ready(phone.new_page(), place)

    assert page.evaluate(
        "value => PSM.load('people').then(({digest}) => digest.canonical(value))", value
    ).encode() == canonical(value)
