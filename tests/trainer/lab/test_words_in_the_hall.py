"""The words in the real JupyterLab: their keys are theirs, and the wall shows what they show,
without what is pressed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from dirty_equals import Contains
from playwright.sync_api import Browser, Locator, Page

from psm_course.content.lessons import without_trainer_cells
from tests.builders import a_notebook, code_cell, markdown_cell
from tests.trainer.lab.both_screens import both_screens

LESSON = [
    markdown_cell("judul", "# Menyapa warga"),
    code_cell("impor", "from psm_course.trainer import jajak, kuis, tampilkan"),
    code_cell("soal", 'tampilkan("latihan-salam")'),
    markdown_cell("tangan", "## Angkat tangan"),
    code_cell("jajak", 'jajak("Mana lebih dulu?", ["Salam", "Perintah"])'),
    code_cell(
        "bersama",
        "from psm_course.trainer import kelompok\n\nkelompok(2, daftar=4)",
        "trainer",
        "layar",
    ),
    markdown_cell("keliru", "## Keliru"),
    code_cell("salah", 'tampilkan("latihan-slam")'),
    markdown_cell("kuis", "## Kuis"),
    code_cell("lama", 'kuis("latihan-salam")'),
    code_cell("main", 'tampilkan("latihan-salam")', "trainer", "layar"),
    markdown_cell("pamit", "## Pamit"),
    code_cell("sendiri", 'kuis("latihan-pamit")'),
]


@pytest.fixture(scope="module")
def screens(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Page, Page]]:
    """The laptop and the wall, once all words are alive."""

    def is_ready(laptop: Page) -> None:
        laptop.get_by_text("Maksud Anda latihan-salam?").wait_for()
        laptop.get_by_role("button", name="Tambah satu untuk A").wait_for()

    with both_screens(chromium, tmp_path_factory.mktemp("kursus"), LESSON, is_ready) as both:
        yield both


def cells(laptop: Page) -> int:
    return laptop.locator(".jp-Notebook .jp-Cell").count()


def cell_with(laptop: Page, text: str) -> Locator:
    return laptop.locator(".jp-CodeCell", has_text=text)


def test_keys_pressed_in_a_word_delete_and_move_no_cell(screens: tuple[Page, Page]) -> None:
    laptop, _ = screens
    before = cells(laptop)
    laptop.get_by_role("button", name="Tambah satu untuk A").click()

    for key in ("d", "d", "ArrowDown", "x", "a", "m"):
        laptop.keyboard.press(key)

    assert cells(laptop) == before
    assert laptop.evaluate("document.activeElement.dataset.key") == "more 0"


@pytest.mark.parametrize("code", ["tampilkan(", 'kuis("latihan-pamit'])
def test_arrow_keys_move_the_choice_of_a_quiz(screens: tuple[Page, Page], code: str) -> None:
    laptop, _ = screens
    before, quiz = cells(laptop), cell_with(laptop, code).first
    quiz.get_by_label("Salam").check()

    for key in ("ArrowDown", "d", "d"):
        laptop.keyboard.press(key)

    assert quiz.get_by_label("Perintah").is_checked()
    assert cells(laptop) == before


def test_the_wall_shows_hands_as_they_are_counted_and_nothing_to_press(
    screens: tuple[Page, Page],
) -> None:
    laptop, wall = screens
    hands = laptop.get_by_label("Banyaknya tangan untuk B")
    laptop.get_by_label("Banyaknya tangan untuk A").fill("14")
    hands.fill("61")

    wall.get_by_text("61 (81 %)").wait_for()

    assert wall.locator(".tally .share").all_inner_texts() == ["14 (19 %)", "61 (81 %)"]
    assert wall.locator("button:visible, input:visible").count() == 0
    assert (
        wall.locator(".tally .text").first.evaluate(
            "text => parseFloat(getComputedStyle(text).fontSize) * 1920 / innerWidth"
        )
        >= 28
    )


def test_a_slip_is_one_sentence_on_the_wall(screens: tuple[Page, Page]) -> None:
    laptop, wall = screens
    cell_with(laptop, "latihan-slam").locator(".jp-OutputArea").click()

    wall.get_by_text("Maksud Anda latihan-salam?").wait_for()

    assert wall.locator("#langkah .notice").inner_text() == Contains(
        'Kuis "latihan-slam"', "Maksud Anda latihan-salam?"
    )


def test_work_with_the_hall_is_a_step_of_its_own_on_the_wall_and_nothing_on_the_site(
    screens: tuple[Page, Page],
) -> None:
    laptop, wall = screens
    cell_with(laptop, "Kelompok 1 dari 2").locator(".heading").click()

    wall.get_by_text("Kelompok 1 dari 2").wait_for()

    assert laptop.locator(".psm-now").inner_text() == "Bersama di layar"
    assert wall.get_by_text("Mana lebih dulu?").count() == 0
    kept = without_trainer_cells(json.loads(a_notebook(*LESSON)))
    assert "bersama" not in [cell["id"] for cell in kept["cells"]]


def test_a_quiz_that_is_shown_item_by_item_is_one_line_above_it(screens: tuple[Page, Page]) -> None:
    laptop, wall = screens
    laptop.locator(".jp-Notebook h2", has_text="Kuis").click()

    wall.get_by_text("Juga di ponsel: Latihan").wait_for()

    wall.get_by_text("Apa yang Anda ucapkan").wait_for()
    assert laptop.locator(".psm-now").inner_text() == "Kuis"


def test_a_clicker_goes_through_the_quiz_before_it_leaves_the_step(
    screens: tuple[Page, Page],
) -> None:
    laptop, wall = screens
    laptop.locator(".jp-Notebook h2", has_text="Kuis").click()
    wall.get_by_text("Juga di ponsel: Latihan").wait_for()

    wall.keyboard.press("PageDown")

    wall.get_by_text("Warga berhak tahu siapa yang datang.").wait_for()
    assert wall.get_by_text("Juga di ponsel").is_hidden()
    assert laptop.locator(".psm-now").inner_text() == "Kuis"
    laptop.get_by_role("button", name="Mundur").click()
    laptop.locator(".psm-now", has_text="Keliru").wait_for()
