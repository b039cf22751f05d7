"""A browser older than the floor: its scripts stop at once; the page says so and is readable."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Route

from tests.conftest import ROOT, BuiltCourse
from tests.site.floor.compat import FLOOR_FILE
from tests.site.stage import MOVED, PHONE, served

IDLE = {
    "book/tes-awal.html": "Tes belum dapat dimulai di sini.",
    "book/cari.html": "Pencarian belum berjalan di sini.",
    "book/kemajuan.html": "Kemajuan belum dapat ditampilkan di sini.",
    "v.html": "Pemeriksaan belum berjalan.",
}
LESSON = "modules/02-mengenali-ppks/01-dua-puluh-enam-jenis.html"
DELAYED = (
    8_000  # milliseconds: the sentence waits for six seconds, because a script may only be slow
)


@pytest.fixture(scope="module")
def address(site: BuiltCourse) -> Iterator[str]:
    with served(site.out) as found:
        yield found


def stopped(route: Route) -> None:
    """What a browser makes of a script whose language it does not know."""
    route.fulfill(content_type="text/javascript", body="const = ;")


@pytest.fixture
def older(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=PHONE, service_workers="block")
    context.route("**/*.js*", stopped)
    yield context
    context.close()


def test_every_kind_of_page_that_needs_scripts_has_its_sentence(site: BuiltCourse) -> None:
    found = {page: (site.out / page).read_text(encoding="utf-8") for page in IDLE}

    assert {page: text in found[page] for page, text in IDLE.items()} == dict.fromkeys(IDLE, True)
    assert [
        path.name
        for path in site.out.rglob("*.html")
        if "<noscript" in path.read_text(encoding="utf-8")
    ] == []


def test_an_older_browser_reads_what_does_not_work_and_what_to_do(
    older: BrowserContext, address: str
) -> None:
    opened = {path: older.new_page() for path in IDLE}
    for path, page in opened.items():
        page.goto(f"{address}/{path}")
    opened["book/tes-awal.html"].wait_for_timeout(DELAYED)

    for path, page in opened.items():
        said = page.get_by_text(IDLE[path])
        assert said.is_visible()
        assert "Chrome terbaru" in said.inner_text()


def test_an_older_browser_still_reads_a_lesson_and_its_answers(
    older: BrowserContext, address: str
) -> None:
    page = older.new_page()
    page.goto(f"{address}/{LESSON}")

    assert page.locator("h1").is_visible()
    answer = page.locator(".quiz details.answer").first
    answer.locator("summary").click()
    assert answer.locator(".why, .basis").first.is_visible()


def test_where_scripts_run_the_sentence_never_comes_and_moves_nothing(
    chromium: Browser, address: str
) -> None:
    context = chromium.new_context(viewport=PHONE, service_workers="block")
    page = context.new_page()
    page.goto(f"{address}/book/tes-awal.html")
    moved = page.evaluate(MOVED)
    hidden = page.get_by_text(IDLE["book/tes-awal.html"]).is_hidden()
    context.close()

    assert hidden
    assert moved < 0.01


def test_the_guide_names_the_oldest_browsers_that_the_file_names() -> None:
    stated = json.loads(FLOOR_FILE.read_text(encoding="utf-8"))
    guide = (ROOT / "book/panduan-peserta.md").read_text(encoding="utf-8")

    assert f"Chrome {stated['chrome']} atau lebih baru" in guide
    assert f" Safari {stated['safari']} di iPhone" in guide
    assert f"sertifikat di iPhone: Safari {stated['verifying']['safari']}." in guide
