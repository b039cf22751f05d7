"""A receipt is checked as a certificate is: genuine, changed, or of nobody known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.axe import axe_findings
from tests.credentials.signed import as_bytes
from tests.credentials.tampered_receipts import OTHER_LOG_KEY, RECEIVED, a_receipt
from tests.site.verification.page import facts, shown

GENUINE_RECEIPT, CHANGED_RECEIPT = a_receipt(), a_receipt() | {"participant": "D25-018"}
RECEIPTS = {
    "recorded": (
        GENUINE_RECEIPT,
        "right",
        "Tanda terima asli: jawaban tercatat",
        "Cocokkan nomor, kuis, dan waktunya",
        7,
    ),
    "held": (
        a_receipt(standing="held"),
        "right",
        "Tanda terima asli: jawaban ditahan",
        "Cocokkan nomor, kuis, dan waktunya",
        7,
    ),
    "tampered": (
        CHANGED_RECEIPT,
        "forged",
        "Palsu atau sudah diubah",
        "Ini bukan bukti bahwa jawaban diterima.",
        0,
    ),
    "unknown": (
        a_receipt(OTHER_LOG_KEY),
        "stranger",
        "Penerbit tidak dikenal",
        "Ini bukan bukti bahwa kantor ini menerima jawaban.",
        0,
    ),
}


def pasted(page: Page, receipt: Any) -> Page:
    page.locator("[data-text]").fill(as_bytes(receipt).decode())
    page.get_by_role("button", name="Periksa teks").click()
    return page


@pytest.mark.parametrize("kind", RECEIPTS)
def test_a_receipt_is_said_to_be_genuine_changed_or_of_nobody_known(page: Page, kind: str) -> None:
    receipt, look, title, advice, count = RECEIPTS[kind]

    pasted(page, receipt)

    assert shown(page) == (look, title, [], count)
    assert page.locator(".outcome .advice").inner_text().startswith(advice)
    assert axe_findings(page) == []


def test_a_genuine_receipt_says_for_whom_about_which_quiz_and_when(page: Page) -> None:
    pasted(page, GENUINE_RECEIPT)
    shown(page)

    assert facts(page) == {
        "Nomor peserta": "D25-017",
        "Kuis": "tes-akhir",
        "Diterima": "6 Januari 2025 pukul 08.00 WIB",
        "Keadaan waktu itu": "tercatat",
        "Kode tanda terima": RECEIVED.code,
        "Tempat di catatan register": "dinsos.depok.go.id/log/1, nomor 4711",
        "Kode kantor": "3276",
    }


def test_a_receipt_s_file_is_checked_without_a_signal_and_sent_nowhere(
    phone: BrowserContext, page: Page, tmp_path: Path
) -> None:
    path = tmp_path / "tanda-terima-tes-akhir-D25-017-1.txt"
    path.write_bytes(as_bytes(GENUINE_RECEIPT) + b"\n")
    page.evaluate(
        "Promise.all(['ways', 'documents', 'files', 'ed25519'].map(name => PSM.load(name)))"
    )
    phone.set_offline(True)

    page.locator("[data-file]").set_input_files(path)

    assert shown(page) == ("right", "Tanda terima asli: jawaban tercatat", [], 7)
