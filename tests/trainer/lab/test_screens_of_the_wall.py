"""A quiz and a long table on the wall, with its own style and script but without JupyterLab: what
the room sees at each press.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from psm_course.trainer.figures import tabel
from psm_course.trainer.live import kuis
from psm_course.trainer.shown import projector_style
from tests.conftest import ROOT
from tests.site.stage import served
from tests.trainer.lab.wall_page import open_wall_page, write_wall_page

# On the laptop the same quiz stands in a notebook, with the projector's style alone.
LAPTOP = """<!doctype html>
<html lang="id"><head><meta charset="utf-8"><title>Laptop</title>
<link rel="icon" href="data:,"></head>
<body style="width: 28rem"><div class="psm-shown"><style>{style}</style>{quiz}</div></body>
</html>"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("layar")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT / "modules" / "04-kolaborasi-rujukan")
        quiz = kuis("latihan-rujukan-3").html
    rows = [[f"Baris {number}", "kata " * 12, "lain " * 30] for number in range(13)]
    table = f"<h2>Judul</h2>{tabel('Tabel', ['Satu', 'Dua', 'Tiga'], rows, sumber='rekaan').html}"
    for name, shown in {"index": quiz, "table": table}.items():
        write_wall_page(folder, name, shown)
    (folder / "laptop.html").write_text(
        LAPTOP.format(style=projector_style(), quiz=quiz), encoding="utf-8"
    )
    with served(folder) as at:
        yield at


@pytest.fixture(params=[(1920, 1080), (1280, 800)], ids=str)
def wall(chromium: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = request.param
    page = chromium.new_page(viewport={"width": width, "height": height})
    open_wall_page(page, f"{address}/index.html")
    yield page
    page.close()


def seen(wall: Page) -> list[int]:
    """The numbers of the questions of which any word is on the wall."""
    found: list[int] = wall.evaluate(
        """() => [...document.querySelectorAll('.item')].flatMap((item, at) => {
      const isSeen = [...item.querySelectorAll('legend, label, .option, .end')].some(each => {
        const {top, bottom, height} = each.getBoundingClientRect();
        return height && bottom > 0 && top < innerHeight;
      });
      return isSeen ? [at + 1] : [];
    })"""
    )
    return found


def test_each_press_shows_the_next_question_whole_and_the_last_one_ends_the_step(
    wall: Page,
) -> None:
    shown = [seen(wall)]
    while wall.evaluate("window.wall.scroll(1)"):
        shown.append(seen(wall))

    assert shown == [[1], [2], [3], [4], [5]]


def test_no_screen_of_a_long_table_begins_within_a_row_and_every_row_is_seen_whole(
    wall: Page, address: str
) -> None:
    open_wall_page(wall, f"{address}/table.html")
    measure = """() => {
      const head = document.querySelector('thead th').getBoundingClientRect();
      const top = Math.max(0, head.bottom);
      const all = [...document.querySelectorAll('tbody tr')];
      const rows = all.map(row => row.getBoundingClientRect());
      const isWhole = row => row.top >= top - 1 && row.bottom <= innerHeight;
      return [rows.flatMap((row, at) => isWhole(row) ? [at] : []),
        rows.some(row => row.top < top - 1 && row.bottom > top + 1)];
    }"""
    screens = [wall.evaluate(measure)]
    while wall.evaluate("window.wall.scroll(1)"):
        screens.append(wall.evaluate(measure))

    assert sorted({row for rows, _ in screens for row in rows}) == list(range(13))
    assert [cut for _, cut in screens] == [False] * len(screens)
    assert len(screens) in (2, 3)
    assert (
        wall.evaluate(
            "parseFloat(getComputedStyle(document.querySelector('td')).fontSize) * 1920 /"
            " innerWidth"
        )
        >= 28
    )


def test_a_hall_reads_what_it_can_choose_by_letters(wall: Page) -> None:
    letters = "option => getComputedStyle(option, '::before').content"

    assert (
        wall.locator(".item").nth(1).locator(".option").first.evaluate(letters)
        == "counter(letter, upper-alpha)"
    )
    pairs = wall.locator(".item-match")
    assert pairs.locator(".paper li").all_inner_texts() != []
    assert pairs.locator(".paper").is_visible()
    left, right = (pairs.locator(name).first.bounding_box() for name in (".joined", ".paper"))
    assert left
    assert right
    assert abs(left["y"] - right["y"]) < 8
    assert wall.locator("select:visible, summary:visible").count() == 0


def test_an_opened_answer_takes_the_place_of_its_question_and_the_next_one_waits(
    wall: Page,
) -> None:
    wall.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    wall.evaluate("window.wall.fit()")
    choice, pairs = wall.locator(".item-choice").first, wall.locator(".item-match")

    assert choice.locator(".option:visible").count() == 0
    told = choice.locator(".verdicts li").first
    assert told.locator(".feedback").evaluate("words => getComputedStyle(words).display") == "block"
    assert pairs.locator(":is(.joined, .paper):visible").count() == 0
    assert pairs.locator(".key li:visible").count() > 1
    assert (
        wall.evaluate("""() => [...document.querySelectorAll('.item')].filter(item => {
      const boxes = [...item.querySelectorAll('*')].map(each => each.getBoundingClientRect());
      const end = Math.max(...boxes.map(({bottom}) => bottom));
      return end - item.getBoundingClientRect().top > innerHeight;
    }).length""")
        == 0
    )


def test_on_the_laptop_a_choice_stands_beside_its_letter_and_a_question_has_the_number_of_the_wall(
    wall: Page, address: str
) -> None:
    wall.set_viewport_size({"width": 760, "height": 800})
    wall.goto(f"{address}/laptop.html")

    assert (
        wall.evaluate("""() => [...document.querySelectorAll('.option')].filter(option => {
      const [field, words] = [...option.children].map(each => each.getBoundingClientRect());
      return words.left < field.right || words.top > field.bottom;
    }).length""")
        == 0
    )
    number = (
        "item => [getComputedStyle(item, '::before').content, getComputedStyle(item).listStyleType]"
    )
    assert wall.locator(".item").nth(1).evaluate(number) == ['"Soal " counter(soal)', "none"]


@pytest.mark.parametrize("later", [(1920, 1080), (1024, 768)], ids=str)
def test_a_projector_that_is_plugged_in_late_shows_the_question_that_was_there(
    wall: Page, later: tuple[int, int]
) -> None:
    for _ in range(2):
        wall.evaluate("window.wall.scroll(1)")
    assert seen(wall) == [3]

    wall.set_viewport_size({"width": later[0], "height": later[1]})
    wall.evaluate("window.wall.resized()")

    assert seen(wall) == [3]
