"""The whole road: a phone opens a test of `psm serve`, hands it in, and the register has it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from psm_course.content.course import Course
from psm_course.settings import Settings
from psm_course.store.answers import attempts, submissions
from psm_course.store.engine import Store
from psm_course.web.app import make_app
from tests.conftest import ROOT
from tests.register_builders import a_card_secret, arranging, card_of, enrols
from tests.site.stage import PHONE, kept, put_on_stage, ready
from tests.web.conftest import served


@pytest.fixture
def address(tmp_path: Path, course: Course, store: Store) -> Iterator[str]:
    """`psm serve`'s application on a free port, with the course's own post-test on its page and
    Siti in its register.
    """
    enrols(store, tmp_path, ("Siti", "Beji"))
    a_card_secret(tmp_path)
    put_on_stage(tmp_path / "site", course.quizzes["tes-akhir"])
    with served(make_app(Settings(root=ROOT, data=tmp_path), store)) as address:
        yield address


def test_a_phone_hands_in_and_gets_its_receipt(
    chromium: Browser, address: str, store: Store
) -> None:
    context = chromium.new_context(viewport=PHONE)
    page = ready(context.new_page(), address)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.get_by_label("Nomor peserta").fill("D26-001")
    page.get_by_role("button", name="Mulai").click()
    page.get_by_role("button", name="Tampilkan semua soal").click()
    page.locator(".item:visible input[type=radio]").first.check()
    page.get_by_role("button", name="Tinjau jawaban").click()
    page.get_by_role("button", name="Serahkan").click()
    page.get_by_role("button", name="Kirim ke laptop petugas").click()
    page.get_by_text("Diterima petugas. Kode tanda terima").wait_for()

    (record,) = kept(page, "handin/").values()
    (receipt,) = kept(page, "receipt/").values()
    with arranging(store) as tx:
        assert attempts.taken_by(tx, {"D26-001"}) == {}  # no card, so an officer decides
        assert submissions.find_submission(tx, record["document"]["id"]) is not None
    assert receipt["code"] in page.locator(".handed").inner_text()
    assert (receipt["checked"], receipt["signed"]["standing"]) == (True, "held")
    assert said == []  # nothing was stopped by the Content-Security-Policy
    context.close()


def test_one_card_serves_for_handing_in_and_for_its_owners_page(
    chromium: Browser, address: str, store: Store
) -> None:
    token = card_of(store, "D26-001")
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/kuis.html#kartu=D26-001.{token}")
    page.get_by_role("link", name="Lihat kemajuan saya di register").click()
    page.get_by_role("heading", name="Siti").wait_for()
    shown = page.url
    context.close()

    assert shown == f"{address}/saya"
    assert [url for url in asked if token in url.partition("#")[0]] == []
