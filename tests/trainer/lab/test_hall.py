"""`psm trainer` in the real JupyterLab and a real browser: what the wall shows, what the laptop
shows, and what keys do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from dirty_equals import Contains
from playwright.sync_api import Browser, Page

from tests.builders import code_cell, markdown_cell
from tests.trainer.lab.both_screens import both_screens

LESSON = [
    markdown_cell("judul", "# Menyapa warga\n\nSalam dulu."),
    code_cell("impor", "from psm_course.trainer import kuis, tabel", "remove-cell"),
    markdown_cell("catatan", "CATATAN-PELATIH: anggap ada penyintas di ruangan.", "trainer"),
    markdown_cell("sapaan", "## Tiga sapaan\n\nPilih satu.\n\n### Yang paling sopan\n\nSalam."),
    code_cell("tabel", 'tabel("Sapaan", ["Kata", "Kapan"], [["Salam", "Selalu"]])'),
    markdown_cell("latihan", "## Latihan"),
    code_cell("kuis", 'kuis("latihan-salam")'),
    markdown_cell("hitung", "## Hitung"),
    markdown_cell("catatan-hitung", "CATATAN-HITUNG: sebelum tampil, minta tebakan.", "trainer"),
    code_cell("salah", "jumlah = 1\njumlah / 0"),
]
STEPS = ["Menyapa warga", "Tiga sapaan", "Yang paling sopan", "Latihan", "Hitung"]


@pytest.fixture(scope="module")
def screens(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Page, Page]]:
    """The laptop and the wall, once the lesson has run to its end."""
    with both_screens(
        chromium,
        tmp_path_factory.mktemp("kursus"),
        LESSON,
        lambda laptop: laptop.get_by_text("Sel ini berhenti").wait_for(),
    ) as both:
        yield both


def go_to(laptop: Page, step: str) -> None:
    """As a trainer does: back to the beginning, then forward."""
    while laptop.locator(".psm-now").inner_text() != STEPS[0]:
        laptop.get_by_role("button", name="Mundur").click()
    while laptop.locator(".psm-now").inner_text() != step:
        laptop.get_by_role("button", name="Maju").click()


def test_the_file_tree_is_shut_and_nothing_pops_up(screens: tuple[Page, Page]) -> None:
    laptop, _ = screens

    assert not laptop.locator(".jp-FileBrowser").is_visible()
    assert laptop.locator(".Toastify__toast, .jp-Dialog").count() == 0


def test_the_wall_shows_every_step_without_code_and_without_notes(
    screens: tuple[Page, Page],
) -> None:
    laptop, wall = screens
    seen = []

    for step in STEPS:
        go_to(laptop, step)
        wall.locator("#langkah").get_by_text(
            {"Latihan": "Apa yang Anda ucapkan"}.get(step, step), exact=False
        ).first.wait_for()
        seen.append(wall.locator("body").inner_text())

    everything = "\n".join(seen)
    assert "CATATAN-" not in everything
    assert "penyintas" not in everything
    assert "psm_course" not in everything
    assert "tabel(" not in everything
    assert "jumlah" not in everything
    assert "Selalu" in seen[2]


def test_a_table_is_large_enough_for_the_hall(screens: tuple[Page, Page]) -> None:
    laptop, wall = screens

    go_to(laptop, "Yang paling sopan")
    wall.locator("td").first.wait_for()

    sizes = wall.evaluate(
        "[...document.querySelectorAll('th, td, caption')]"
        ".map(cell => parseFloat(getComputedStyle(cell).fontSize))"
    )
    assert min(sizes) >= 28
    assert wall.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_text_alone_grows_with_the_room_it_has_and_a_table_keeps_its_size(
    screens: tuple[Page, Page],
) -> None:
    laptop, wall = screens
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"

    go_to(laptop, "Tiga sapaan")
    wall.locator("h2", has_text="Tiga sapaan").wait_for()
    alone = wall.evaluate(size)
    go_to(laptop, "Yang paling sopan")
    wall.locator("td").first.wait_for()

    assert (alone, wall.evaluate(size)) == (pytest.approx(32 * 1.55), pytest.approx(32))


def test_the_panel_is_wide_enough_to_read_notes_in(screens: tuple[Page, Page]) -> None:
    laptop, _ = screens

    assert laptop.locator(".psm-panel").evaluate("panel => panel.clientWidth") >= 340


def test_the_laptop_shows_notes_the_time_and_what_comes_next(screens: tuple[Page, Page]) -> None:
    laptop, _ = screens

    go_to(laptop, "Menyapa warga")

    panel = " ".join(laptop.locator(".psm-panel").inner_text().split())
    assert "CATATAN-PELATIH" in panel
    assert "Sesudah ini Tiga sapaan" in panel
    assert "Pelajaran 1.1 Menyapa warga" in panel
    assert "Menit ke-" in panel
    assert "dari 45" in panel


def test_the_notes_of_the_next_step_can_be_read_before_the_room_sees_it(
    screens: tuple[Page, Page],
) -> None:
    laptop, wall = screens
    go_to(laptop, "Latihan")
    ahead = laptop.locator(".psm-panel details")
    assert ahead.locator(".psm-notes").is_hidden()

    ahead.locator("summary").click()

    assert "CATATAN-HITUNG" in ahead.locator(".psm-notes").inner_text()
    assert laptop.locator(".psm-now").inner_text() == "Latihan"
    go_to(laptop, "Hitung")
    assert ahead.is_hidden()
    assert "CATATAN-HITUNG" in laptop.locator(".psm-panel > .psm-notes").inner_text()
    assert "CATATAN-HITUNG" not in wall.locator("body").inner_text()


def test_arrows_move_the_choice_and_no_key_deletes_the_quiz(screens: tuple[Page, Page]) -> None:
    laptop, wall = screens
    go_to(laptop, "Latihan")
    choices = laptop.locator(".jp-Notebook section.quiz input[type=radio]")
    cells = laptop.locator(".jp-Notebook .jp-Cell").count()

    choices.first.click()
    laptop.keyboard.press("ArrowDown")
    laptop.keyboard.press("d")
    laptop.keyboard.press("d")

    assert [choice.is_checked() for choice in choices.all()] == [False, True, False]
    assert laptop.locator(".jp-Notebook .jp-Cell").count() == cells
    assert laptop.locator(".psm-now").inner_text() == "Latihan"
    wall.locator("#langkah input[type=radio]:checked").wait_for()
    assert wall.evaluate(
        "[...document.querySelectorAll('#langkah input')].map(choice => choice.checked)"
    ) == [False, True, False]


def test_two_slips_of_a_key_delete_no_cell_of_the_lesson(screens: tuple[Page, Page]) -> None:
    laptop, _ = screens
    cells = laptop.locator(".jp-Notebook .jp-Cell")
    before = cells.count()

    laptop.locator(".jp-Notebook h2", has_text="Latihan").click()
    laptop.keyboard.press("d")
    laptop.keyboard.press("d")
    laptop.keyboard.press("b")  # a new cell below, which may go again
    assert cells.count() == before + 1
    laptop.keyboard.press("d")
    laptop.keyboard.press("d")

    assert cells.count() == before
    assert laptop.locator(".jp-Notebook h2", has_text="Latihan").is_visible()


def test_a_cell_that_stops_is_one_sentence_on_both_screens(screens: tuple[Page, Page]) -> None:
    laptop, wall = screens
    sentence = Contains("berhenti di baris 2 (", "(ZeroDivisionError: division by zero).")

    go_to(laptop, "Hitung")
    wall.get_by_text("Sel ini berhenti").wait_for()

    assert laptop.locator(".jp-Notebook .jp-Cell").last.locator(
        ".jp-OutputArea-output"
    ).all_inner_texts() == [sentence]
    assert wall.locator("#langkah").inner_text().split("\n")[-1] == sentence


def test_a_clicker_moves_on_from_either_window_and_darkens_the_wall(
    screens: tuple[Page, Page],
) -> None:
    laptop, wall = screens
    go_to(laptop, "Menyapa warga")

    wall.keyboard.press("PageDown")
    laptop.locator(".psm-now", has_text="Tiga sapaan").wait_for()
    laptop.keyboard.press("PageDown")
    laptop.locator(".psm-now", has_text="Yang paling sopan").wait_for()
    wall.keyboard.press("b")
    wall.locator("#langkah").wait_for(state="hidden")
    wall.keyboard.press("b")
    wall.locator("#langkah").wait_for(state="visible")


def test_a_word_that_the_lesson_does_not_import_stays_on_the_wall_where_it_was_added(
    screens: tuple[Page, Page],
) -> None:
    laptop, wall = screens
    go_to(laptop, "Yang paling sopan")

    laptop.locator("[data-command='notebook:insert-cell-below'] >> visible=true").first.click()
    laptop.keyboard.press("Enter")
    laptop.keyboard.type('jajak("Mana dulu?", ["Telepon", "Tanya"])')
    laptop.keyboard.press("Control+Enter")

    wall.locator("#langkah").get_by_text("Mana dulu?").first.wait_for()
    assert laptop.locator(".psm-now").inner_text() == "Yang paling sopan"


def test_only_this_machine_is_asked_for_anything(screens: tuple[Page, Page]) -> None:
    laptop, wall = screens

    asked = [
        name
        for page in (laptop, wall)
        for name in json.loads(
            page.evaluate(
                "JSON.stringify(performance.getEntriesByType('resource').map(each => each.name))"
            )
        )
    ]

    assert len(asked) > 20
    assert [
        name for name in asked if not name.startswith(("http://127.0.0.1:", "data:", "blob:"))
    ] == []


def test_whichever_page_is_loaded_anew_the_wall_goes_on_by_itself_where_it_was(
    screens: tuple[Page, Page],
) -> None:
    laptop, wall = screens
    go_to(laptop, "Tiga sapaan")

    for page in (laptop, wall):
        page.reload()
        laptop.locator(".psm-now", has_text="Tiga sapaan").wait_for()
        wall.locator("#langkah").get_by_text("Pilih satu.").wait_for()
    for _ in range(3):  # a step that is not seen whole is scrolled first
        wall.keyboard.press("PageDown")
        wall.wait_for_timeout(500)
        if laptop.locator(".psm-now").inner_text() != "Tiga sapaan":
            break

    wall.locator("#langkah").get_by_text("Yang paling sopan").wait_for()
    assert laptop.locator(".psm-now").inner_text() == "Yang paling sopan"
