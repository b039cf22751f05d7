"""A newer release of the site: fetched in part, never mixed, never under a test being sat."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.site.offline.office import (
    FRONT,
    LESSON,
    PRACTICE,
    READY,
    SAVES_DATA,
    STORED,
    TEST,
    Office,
    opened,
    put,
    release_of,
    saved,
    says,
)

# ---- a new release -------------------------------------------------------------------------------


NEW = {LESSON: ("</h1>", " (baru)</h1>")}


@pytest.mark.journey
def test_a_new_release_fetches_what_changed_and_waits_for_a_word(
    context: BrowserContext, office: Office, newer: Callable[..., Path]
) -> None:
    errors: list[str] = []
    context.on("console", lambda message: errors.append(message.text))
    page = saved(context, office, LESSON)
    old = release_of(office.folder)["files"]
    office.folder = newer(**NEW)
    changed = {
        path for path, file in release_of(office.folder)["files"].items() if file != old.get(path)
    }
    assert LESSON in changed
    assert len(changed) <= 3
    office.asked.clear()

    page.reload()
    says(page, READY)
    expect(page.locator("h1")).not_to_contain_text("(baru)")
    assert set(office.asked) - {"sw.js"} == changed
    page.goto(office.at(FRONT))
    page.goto(office.at(LESSON))
    expect(page.locator("h1")).not_to_contain_text("(baru)")

    says(page, READY)
    page.get_by_role("button", name="Pakai versi baru").click()
    expect(page.locator("h1")).to_contain_text("(baru)")
    says(page, STORED)
    assert errors == []


@pytest.mark.parametrize("sitting", [{"items": [], "responses": {}}, {"finished_at": None}])
def test_no_update_reaches_a_test_in_progress(
    context: BrowserContext, office: Office, newer: Callable[..., Path], sitting: object
) -> None:
    page = saved(context, office, LESSON)
    put(page, "p/tamu/sitting/tes-akhir", sitting)
    office.folder = newer(**NEW)

    page.reload()
    says(page, "Versi baru menunggu sampai tes Anda diserahkan")
    expect(page.get_by_role("button", name="Pakai versi baru")).to_have_count(0)
    # As a button from before would.
    page.evaluate(
        "navigator.serviceWorker.ready.then(({active}) => active.postMessage({ask: 'use'}))"
    )
    page.close()
    # The tab was killed: not even a fresh start brings the new release.
    page = opened(context, office.at(LESSON))
    expect(page.locator("h1")).not_to_contain_text("(baru)")
    says(page, "menunggu")

    put(page, "p/tamu/sitting/tes-akhir", None)
    page.close()
    page = opened(context, office.at(LESSON))
    expect(page.locator("h1")).to_contain_text("(baru)")


def test_a_page_with_a_test_offers_no_update(
    context: BrowserContext, office: Office, newer: Callable[..., Path]
) -> None:
    page, other = saved(context, office, TEST), opened(context, office.at(LESSON))
    office.folder = newer(**NEW)
    other.reload()
    says(other, READY)

    page.reload()
    says(page, STORED)
    expect(page.get_by_role("button", name="Pakai versi baru")).to_have_count(0)


def test_another_tab_is_told_and_left_as_it_is(
    context: BrowserContext, office: Office, newer: Callable[..., Path]
) -> None:
    page, other = saved(context, office, LESSON), saved(context, office, LESSON)
    other.evaluate("window.typed = 'belum hilang'")
    office.folder = newer(**NEW)
    page.reload()
    says(page, READY)
    page.get_by_role("button", name="Pakai versi baru").click()
    expect(page.locator("h1")).to_contain_text("(baru)")

    says(other, "Versi baru sudah dipakai di tab lain")
    assert other.evaluate("window.typed") == "belum hilang"
    other.get_by_role("button", name="Muat ulang halaman ini").click()
    expect(other.locator("h1")).to_contain_text("(baru)")


def test_half_an_update_changes_nothing_and_is_finished_later(
    context: BrowserContext, office: Office, newer: Callable[..., Path]
) -> None:
    page = saved(context, office, LESSON)
    office.folder = newer(
        **dict.fromkeys((LESSON, PRACTICE, TEST, "book/tes-awal.html"), ("</h1>", " (baru)</h1>"))
    )
    office.answers_left = 2

    page.reload()
    says(page, "versi barunya belum lengkap")
    for path in (LESSON, PRACTICE, TEST):
        page.goto(office.at(path))
        expect(page.locator("h1")).not_to_contain_text("(baru)")
    office.answers_left = -1
    page.goto(office.at(FRONT))
    says(page, READY)
    page.close()

    page = opened(context, office.at(TEST))
    expect(page.locator("h1")).to_contain_text("(baru)")


def test_no_page_mixes_files_of_two_releases(
    context: BrowserContext, office: Office, newer: Callable[..., Path]
) -> None:
    """Only half of the old release is stored, and the next one's worker has not arrived."""
    context.add_init_script(SAVES_DATA)
    page = opened(context, office.at(LESSON))
    says(page, "Simpan seluruh kursus")
    mark = ".top{outline:7px solid;"
    updated = newer(**{"_static/psm.css": (".top{", mark), PRACTICE: ("</h1>", " (baru)</h1>")})
    shutil.copy(office.folder / "sw.js", updated / "sw.js")
    office.folder = updated
    outline = "getComputedStyle(document.querySelector('.top')).outlineWidth"

    page.goto(office.at(PRACTICE))
    expect(page.locator("h1")).to_contain_text("(baru)")
    assert page.evaluate(outline) == "7px"
    page.goto(office.at(LESSON))
    assert page.evaluate(outline) != "7px"


def test_a_worker_from_before_this_design_is_replaced(
    context: BrowserContext, office: Office, tmp_path: Path
) -> None:
    new, old = office.folder, tmp_path / "lama"
    old.mkdir()
    (old / "index.html").write_text(
        "<!doctype html><title>Lama</title><h1>Lama</h1><script src=a.js></script>",
        encoding="utf-8",
    )
    (old / "a.js").write_text("navigator.serviceWorker.register('sw.js')", encoding="utf-8")
    (old / "sw.js").write_text(
        """
        const keep = (cache) => cache.addAll(['index.html', 'a.js']);
        addEventListener('install', (e) => e.waitUntil(caches.open('lama').then(keep)));
        addEventListener('activate', (e) => e.waitUntil(clients.claim()));
        const answer = (e) => caches.match(e.request).then((found) => found || fetch(e.request));
        addEventListener('fetch', (e) => e.respondWith(answer(e)));
        """,
        encoding="utf-8",
    )
    office.folder = old
    page = opened(context, office.at("index.html"))
    taken_over = """async (before) => {
        const changed = new Promise((done) => {
          navigator.serviceWorker.addEventListener('controllerchange', done);
        });
        if (before && navigator.serviceWorker.controller) return;
        if (!before) await navigator.serviceWorker.ready.then((found) => found.update());
        await Promise.race([changed, new Promise((_, failed) => {
          setTimeout(failed, 20000, new Error('never taken over'));
        })]);
    }"""
    page.evaluate(taken_over, True)
    office.folder = new

    page.evaluate(taken_over, False)
    page.goto(office.at("index.html"))

    expect(page.locator("h1")).not_to_have_text("Lama")
    says(page, STORED)
