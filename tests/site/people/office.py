"""An office's laptop as a phone sees it: it knows each card's code, and answers as `psm serve`
does. And what a person does at a test.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route

from psm_course.credentials.log.receipt import Received, Standing, digest_of, sign_receipt
from psm_course.credentials.signing.keys import SigningKey
from psm_course.domain.card import card_code, card_link, mac_key, pairing_proof
from psm_course.grading.submission import canonical, card_mac
from psm_course.registrar.answers.hand_in import receipt_code
from tests.site.stage import ready

SITI, BUDI, WATI = "D26-017", "D26-018", "D26-019"
NAMES = {SITI: "Siti Nurhayati", BUDI: "Budi Santoso", WATI: "Wati"}
SHORT = {SITI: "Siti N", BUDI: "Budi S", WATI: "Wati"}
CODES = {number: card_code(b"rahasia kartu", "3276", number, 1) for number in NAMES}
FOREIGN = {"link": "Kartu ini bukan kartu peserta itu. Minta kartu baru kepada petugas."}


class Office:
    """Answers every request of this phone to `/api`; `received` holds the documents that came,
    `asked` every body.

    `key` signs receipts (None: it gives the code alone), and `listed` are the keys that its site
    lists for them (None: there is no list). `changed` is put into a receipt after it was signed.
    """

    def __init__(self, phone: BrowserContext) -> None:
        self.received: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.next = 1
        self.is_there = True
        self.key: SigningKey | None = None
        self.listed: list[SigningKey] | None = None
        self.changed: dict[str, Any] = {}
        phone.route("**/api/**", self._answer)
        phone.route("**/keys.json", self._list_keys)

    def _list_keys(self, route: Route) -> None:
        if self.listed is None:
            route.fulfill(status=404, body="")
        else:
            created = "2026-11-01T00:00:00Z"
            route.fulfill(
                json={
                    "log_keys": [
                        {"multikey": key.multikey, "created": created} for key in self.listed
                    ]
                }
            )

    def receipt(
        self, document: dict[str, Any], standing: Standing = "recorded"
    ) -> dict[str, Any] | None:
        """As the office signs it for this document."""
        if self.key is None:
            return None
        digest, at = digest_of(canonical(document)), datetime(2026, 11, 28, 2, tzinfo=UTC)
        said = Received(
            "3276",
            document["quiz"],
            document["participant"],
            digest,
            standing,
            at,
            "kantor-3276/log/1",
            17,
        )
        return sign_receipt(said, self.key) | self.changed

    def _answer(self, route: Route) -> None:
        asked = route.request
        if not self.is_there:
            route.fulfill(status=404, body="")
            return
        if asked.url.endswith("/api/desk"):
            route.fulfill(json={"desk": True})
            return
        self.asked.append(asked.post_data or "")
        said = json.loads(asked.post_data or "{}")
        answer = self._card(said) if asked.url.endswith("/api/kartu") else self._submission(said)
        route.fulfill(status=answer.pop("status", 200), json=answer)

    def _card(self, said: dict[str, Any]) -> dict[str, Any]:
        number = said["number"]
        if pairing_proof(mac_key(CODES.get(number, "")), number) != said["proof"]:
            return {"status": 403, "error": FOREIGN["link"]}
        return {"name": SHORT[number], "next_attempts": {"tes-akhir": self.next}}

    def _submission(self, document: dict[str, Any]) -> dict[str, Any]:
        self.received.append(document)
        receipt = receipt_code(canonical(document))
        if "mac" not in document:
            message, signed = "Jawaban menunggu keputusan petugas.", self.receipt(document, "held")
            return {
                "receipt": receipt,
                "standing": "held",
                "message": message,
                "next_attempt": 1,
                "signed": signed,
            }
        if not is_signed(document):
            message = "Jawaban belum diterima: pasangkan kartu Anda."
            return {
                "receipt": None,
                "standing": "quarantined",
                "message": message,
                "next_attempt": None,
                "signed": None,
            }
        told = {
            "standing": "recorded",
            "message": "Jawaban sudah masuk ke register.",
            "next_attempt": document["attempt"] + 1,
        }
        return {"receipt": receipt, **told, "signed": self.receipt(document)}


def is_signed(document: dict[str, Any]) -> bool:
    """By the card of the number that it names."""
    return bool(card_mac(mac_key(CODES[document["participant"]]), document) == document.get("mac"))


def link(place: str, number: str, page: str = "kuis.html") -> str:
    return card_link("", number, CODES[number], NAMES[number]).replace("/#", f"{place}/{page}#")


def paired(page: Page, place: str, number: str) -> Page:
    """The page after her card's link was opened on it."""
    page.goto("about:blank")
    page.goto(link(place, number))
    page.get_by_text(f"Kartu {number} sudah dikenal.").wait_for()
    page.wait_for_selector(".quiz.ready")
    return page


def begin(page: Page) -> Page:
    page.get_by_role("button", name="Mulai", exact=True).click()
    page.wait_for_selector(".item:visible")
    return page


def typed(page: Page, number: str, code: str = "") -> Page:
    """Number and code typed into the form that is open."""
    form = page.locator("form.begin:visible", has=page.get_by_label("Nomor peserta"))
    form.get_by_label("Nomor peserta").fill(number)
    if code:
        form.get_by_label("Kode di kartu").fill(code)
    form.get_by_role("button", name="Mulai").click()
    return page


def show_all(page: Page) -> None:
    page.wait_for_selector(".item:visible")
    show = page.get_by_role("button", name="Tampilkan semua soal")
    if show.is_visible():
        show.click()


def write(page: Page, word: str) -> None:
    """Answer one item of the running test, and wait until it is kept."""
    show_all(page)
    page.locator('.item[data-item="kata"] input').fill(word)
    page.locator(".sitting-bar .kept", has_text="Tersimpan").wait_for()


def hand_in(page: Page) -> None:
    show_all(page)
    page.get_by_role("button", name="Tinjau jawaban").click()
    page.get_by_role("button", name="Serahkan").click()
    page.wait_for_selector(".handed")


def documents(page: Page, number: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(
        """number => PSM.mine.of(number).all('handin/')
          .then(all => all.map(([, one]) => one.document))""",
        number,
    )
    return found


def opened(phone: BrowserContext, place: str) -> Page:
    return ready(phone.new_page(), place)
