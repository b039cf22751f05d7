"""Results, discussed questions, groups and hands on the wall: whole screens, in letters that the
last row reads.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from psm_course.forms.figures import Bar, Dot, choice_bars, dots, paired_lines
from psm_course.forms.render import render
from psm_course.trainer.figures import tabel
from psm_course.trainer.live import kuis
from psm_course.trainer.teaching.mixing import Member
from tests.conftest import ROOT
from tests.site.stage import served
from tests.trainer.lab.wall_page import open_wall_page, smallest_letters, write_wall_page

COLUMNS = [
    {"from": 10 * at, "to": 10 * at + 9, "count": at, "height": 10 * at, "fails": at < 7}
    for at in range(10)
]
OBJECTIVE = (
    "Memberi pertolongan pertama, termasuk saat seseorang berkata bahwa ia tidak sanggup lagi"
)
SENTENCES = [
    "95 orang mengerjakan kedua tes: rata-rata naik dari 60 % ke 80 %.",
    "Ini bukan bukti sebab-akibat.",
    "Hati-hati.",
]
PAIRS = [(40.0 + each, 60.0 + each % 40) for each in range(50)]
CHOICES = [
    "Menemaninya di tempat aman",
    "Menelepon PSC 119",
    "Menjauh, lalu menelepon 112",
    "Mengantarnya ke rumah",
]
POLL = render(
    "teaching/poll.html", question="Mana lebih dulu?", choices=["Telepon", "Datang melihat"]
)


def results(pass_mark: int | None = 70) -> str:
    rows = [Dot(OBJECTIVE, 0.5, 0.4, 0.6, f"33 orang · butir-{number}") for number in range(5)]
    hardest = dots(
        "Lima soal yang paling perlu dibahas", rows, "Tujuan", "Titik: bagian yang benar. " * 5
    )
    told = {
        "count": 45,
        "enrolled": 50,
        "may_be_shown": True,
        "mean": 60,
        "columns": COLUMNS,
        "without_card": 0,
    }
    return render("results.html", title="Tes awal", hardest=hardest, pass_mark=pass_mark, **told)


def discussed() -> str:
    quiz = (
        '<ol class="items"><li class="item item-choice"><fieldset><legend>Apa langkah'
        " Anda?</legend>{}</fieldset>{}</li></ol>"
    )
    options = "".join(
        f'<label class="option"><input type="radio"><span>{each}</span></label>' for each in CHOICES
    )
    verdicts = "".join(
        f'<li class="wrong"><strong>Belum tepat</strong>: {each} <span'
        ' class="feedback">Sebab.</span></li>'
        for each in CHOICES
    )
    answer = (
        '<details class="answer"><summary>Jawaban</summary><ul'
        f' class="verdicts">{verdicts}</ul></details>'
    )
    bars = [Bar(each, 0.2, "wrong") for each in CHOICES]
    shares = choice_bars("Jawaban peserta", [*bars, Bar("Tidak dijawab", 0.2, "blank")], "33 orang")
    return render("teaching/discussed.html", whole=quiz.format(options, answer), shares=shares)


def a_group() -> str:
    members = [
        Member(f"D26-{number:03}", "Bambang Simanjuntak", "Curug (Bojongsari)")
        for number in range(13)
    ]
    return (
        '<div class="page'
        f' grouped">{render("teaching/group.html", group={"members": members})}</div>'
    )


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("layar")
    least = tabel(
        "Tujuan yang paling sedikit berubah", ["Tujuan", "Selisih"], [[OBJECTIVE, 1]] * 5
    ).html
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT / "modules" / "02-mengenali-ppks")
        pages = {
            "hasil": results(),
            "hasil-tanpa-batas": results(None),
            "berpasangan": paired_lines("Sebelum dan sesudah", PAIRS, SENTENCES) + least,
            "bahas": discussed(),
            "kelompok": a_group(),
            "jajak": POLL,
            "kuis": kuis("latihan-ppks-1").html,
        }
    for name, shown in pages.items():
        write_wall_page(folder, name, shown, "Judul")
    with served(folder) as at:
        yield at


@pytest.fixture(params=[(1920, 1080), (1280, 800)], ids=str)
def wall(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = request.param
    page = chromium.new_page(viewport={"width": width, "height": height})
    yield page
    page.close()


def screens(wall: Page) -> list[list[str]]:
    """What of figures each screen shows whole, by element; what is cut ends with "cut"."""
    figures = "figcaption, caption, figure > svg, .first-screen > svg, .said, tbody tr"
    measure = f"""() => [...document.querySelectorAll('{figures}')]
      .map(each => [each, each.getBoundingClientRect()])
      .filter(([, {{top, bottom}}]) => bottom > 1 && top < innerHeight - 1)
      .map(([each, {{top, bottom}}]) => {{
        const isCut = top < -1 || bottom > innerHeight + 1;
        return each.localName + (isCut ? ' cut' : '');
      }})"""
    shown = [wall.evaluate(measure)]
    while wall.evaluate("window.wall.scroll(1)"):
        shown.append(wall.evaluate(measure))
    return shown


def test_results_are_a_picture_and_then_what_is_to_be_discussed(wall: Page, address: str) -> None:
    open_wall_page(wall, f"{address}/hasil.html")

    assert screens(wall) == [["figcaption", "svg"], ["figcaption", *["tr"] * 5]]
    assert smallest_letters(wall) >= 28


def test_who_passes_is_told_by_a_line_and_nobody_fails_a_test_without_a_pass_mark(
    wall: Page, address: str
) -> None:
    open_wall_page(wall, f"{address}/hasil.html")
    assert wall.locator(".pass-mark").count() == 1
    assert wall.get_by_text("batas lulus 70 %").count() == 1

    open_wall_page(wall, f"{address}/hasil-tanpa-batas.html")

    assert wall.locator(".pass-mark").count() == 0
    assert wall.get_by_text("hijau").count() == 0


def test_before_and_after_is_told_beside_its_picture_and_the_table_follows_on_a_screen_of_its_own(
    wall: Page, address: str
) -> None:
    open_wall_page(wall, f"{address}/berpasangan.html")

    assert screens(wall) == [["figcaption", "svg", "p", "p", "p"], ["caption", *["tr"] * 5]]
    assert smallest_letters(wall) >= 28


def test_of_a_discussed_question_each_choice_is_read_once_before_and_after_its_answer_is_opened(
    wall: Page, address: str
) -> None:
    open_wall_page(wall, f"{address}/bahas.html")
    first = wall.get_by_text(CHOICES[0])
    letters = "each => getComputedStyle(each, '::before').content"

    assert first.locator("visible=true").count() == 1
    assert wall.locator(".choice-bars li").evaluate_all(f"all => all.map({letters})") == [
        "counter(letter, upper-alpha)"
    ] * 4 + ["none"]

    wall.evaluate("document.querySelector('details').open = true; window.wall.fit()")

    assert first.locator("visible=true").count() == 1
    assert wall.get_by_text("Tidak dijawab").is_visible()
    assert wall.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert smallest_letters(wall) >= 28


def test_the_home_of_somebody_in_a_group_is_never_broken_and_all_are_on_one_screen(
    wall: Page, address: str
) -> None:
    open_wall_page(wall, f"{address}/kelompok.html")

    assert (
        wall.locator(".home").evaluate_all("all => all.map(each => each.getClientRects().length)")
        == [1] * 13
    )
    assert wall.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_a_question_for_hands_is_as_large_as_the_wall_allows(wall: Page, address: str) -> None:
    open_wall_page(wall, f"{address}/jajak.html")

    assert float(wall.evaluate("document.documentElement.style.getPropertyValue('--size')")) > 1.2
    assert wall.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_what_nobody_ticked_is_a_letter_alone(wall: Page, address: str) -> None:
    open_wall_page(wall, f"{address}/kuis.html")
    wall.locator("input[type=radio]").first.evaluate("field => { field.checked = true; }")

    assert wall.locator("input:visible").count() == 1
