"""`Tampilkan`: the slides of a module from the desk, as the lessons stand now; in a real browser
with the trainer's window.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from dirty_equals import Contains
from playwright.sync_api import Browser, expect

from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.web.accounts.signing_in.page import COOKIE
from psm_course.web.app import make_app
from tests.conftest import ROOT, BuiltCourse
from tests.register_builders import a_card_secret
from tests.web.conftest import SignedIn, Visitor, a_cookie, served

DECK = "/tayangan/modul?nama=06-disabilitas-inklusif"


@pytest.fixture
def run_before(site: BuiltCourse, tmp_path: Path) -> None:
    """The lessons were run on this computer."""
    (tmp_path / "build/_build").mkdir(parents=True)
    (tmp_path / "build/_build/executed").symlink_to(site.work / "_build/executed")


def test_the_page_lists_the_modules(officer: Visitor) -> None:
    page = officer.get("/tayangan").text

    assert [f"{number}. " in page for number in (1, 7, 8)] == [True, True, False]
    assert f'<a href="{DECK}" target="_blank" rel="noopener">6. Disabilitas' in page


def test_a_trainer_opens_slides_that_run_only_their_own_scripts(
    signed_in: SignedIn, run_before: None
) -> None:
    answer = signed_in("pelatih", "D26").get(DECK)

    policy = answer.headers["content-security-policy"]
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert "<title>Disabilitas dan komunikasi" in answer.text
    assert policy.endswith("frame-ancestors 'none'")
    assert (policy.count("'sha256-"), "script-src 'sha256-" in policy, "connect-src" in policy) == (
        3,
        True,
        False,
    )


def test_lessons_that_were_never_run_here_are_not_run_by_the_desk(officer: Visitor) -> None:
    answer = officer.get(DECK)

    assert answer.status_code == 404
    assert answer.text == Contains("belum dijalankan", "psm slides")


@pytest.mark.parametrize("written", ["", "99-tiada", "../kuis", "<script>"])
def test_a_module_that_is_not_there_is_said_in_a_sentence(officer: Visitor, written: str) -> None:
    answer = officer.get("/tayangan/modul", params={"nama": written})

    assert (answer.status_code, "Modul ini tidak ada" in answer.text) == (
        404,
        True,
    )


def test_from_the_desk_to_the_wall_and_the_trainers_window(
    chromium: Browser, store: Store, run_before: None, tmp_path: Path
) -> None:
    a_card_secret(tmp_path)
    context = chromium.new_context(viewport={"width": 1920, "height": 1080})
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text))
    with served(make_app(Settings(root=ROOT, data=tmp_path), store)) as address:
        context.add_cookies(
            [{"name": COOKIE, "value": a_cookie(store, "petugas")[0], "url": address}]
        )
        desk = context.new_page()
        desk.goto(f"{address}/tayangan")
        with context.expect_page() as opened:
            desk.get_by_role("link", name="6. Disabilitas").click()
        wall = opened.value
        with wall.expect_popup() as popup:
            wall.get_by_role("button", name="Jendela pelatih").click()
        popup.value.get_by_role("button", name="Maju").click()

        expect(popup.value.locator(".say")).to_contain_text("Pelajaran ini")
        expect(wall.locator(".slides > section.present h2")).to_have_text("Bicara dengan orangnya")
    context.close()
    assert [
        text
        for text in said
        if "Content Security Policy" in text or "Content-Security-Policy" in text
    ] == []
