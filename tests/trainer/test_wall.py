"""The words with the hall, in a real browser: by mouse, by keyboard, by a clicker, and for whoever
hears the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from dirty_equals import Contains
from playwright.sync_api import Browser, Page

from psm_course.trainer import jajak, kasus, kelompok, tampilkan
from psm_course.trainer.widget import Live
from tests.axe import axe_findings
from tests.conftest import ROOT
from tests.site.stage import served
from tests.trainer.wall import focused, press, put_on_wall, reply, rows, said, state_of, width

Open = Callable[[str], Page]
SLIDERS = {
    "key": "coba",
    "sliders": [
        {"name": "kunjungan", "label": "Kunjungan", "min": 0, "max": 9, "step": 1, "unit": "kali"}
    ],
    "values": {"kunjungan": 3},
    "first": {"kunjungan": 3},
    "html": "<p>tiga</p>",
}
# 09.33 in Depok, 13 minutes into a lesson from 09.20 to 09.55.
MORNING = datetime(2026, 11, 24, 2, 33, tzinfo=UTC)
CLOCK = {
    "zone": 420,
    "rows": [
        {"title": "Dasar", "starts": 540, "ends": 645},
        {"title": "Rehat kopi", "starts": 645, "ends": 660},
    ],
    "lesson": {"title": "Peran dan batas", "starts": 560, "ends": 595},
    "late": "Terlambat 8 menit: potong ini",
    "cuts": ["Renungan di rumah (hemat 9 menit)"],
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("dinding")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT / "modules" / "02-mengenali-ppks")
        words = {
            "tampilkan": tampilkan("latihan-ppks-1"),
            "kasus": kasus("nenek-halte").main(),
            "tenang": kasus("anak-grup").main(),
            "jajak": jajak("Mana lebih dulu?", ["Menelepon 112", "Menulis di grup"]),
            "kelompok": kelompok(
                jumlah=2, daftar=["Siti, Beji", "Ujang, Beji", "Ani, Cipayung", "Rini"]
            ),
            "waktu": Live("", script="waktu", state=CLOCK),
            "hasil": Live("", script="refresh", state={"html": "<p>satu</p>", "seconds": 30}),
            "simulasi": Live("", script="sliders", state=SLIDERS),
        }
    for name, live in words.items():
        assert isinstance(live, Live)
        put_on_wall(folder, name, live)
    with served(folder) as address:
        yield address


@pytest.fixture
def opened(chromium: Browser, place: str) -> Iterator[Open]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="id-ID")

    def open_word(name: str) -> Page:
        page = context.new_page()
        if name == "waktu":
            page.clock.install(time=MORNING)
        page.goto(f"{place}/{name}.html")
        page.wait_for_selector("#word.psm-shown")
        return page

    yield open_word
    context.close()


def test_a_quiz_is_shown_item_by_item_and_the_answer_only_when_it_is_opened(opened: Open) -> None:
    page = opened("tampilkan")
    assert page.locator(".place").inner_text() == "Soal 1 dari 5"
    assert "Bu Cartini" in page.locator(".word").inner_text()
    assert page.get_by_text("Tepat:").count() == 0

    press(page, "Tampilkan jawaban")

    assert page.locator(".told .right").inner_text().startswith("Tepat: Dugaan gelandangan")
    assert said(page) == Contains("Jawaban tampil")
    assert focused(page) == "tell"


def test_what_was_ticked_stays_and_the_next_item_begins_closed(opened: Open) -> None:
    page = opened("tampilkan")
    ticked = page.get_by_label("Dugaan gelandangan dan dugaan pemulung")
    ticked.check()
    press(page, "Tampilkan jawaban")

    press(page, "Berikutnya")
    assert (page.locator(".place").inner_text(), page.locator(".told").count(), focused(page)) == (
        "Soal 2 dari 5",
        0,
        "next",
    )
    assert said(page).startswith("Soal 2 dari 5.")
    press(page, "Sebelumnya")

    assert ticked.is_checked()
    assert focused(page) == "next"  # there is nothing before the first


def test_arrow_keys_move_the_choice_and_a_clicker_turns_the_page(opened: Open) -> None:
    page = opened("tampilkan")
    page.get_by_label("Dugaan pengemis").check()
    page.keyboard.press("ArrowDown")
    assert page.get_by_label("Dugaan gelandangan saja").is_checked()

    page.keyboard.press("PageDown")
    assert page.locator(".told").count() == 1
    for key in ("PageDown", "PageDown", "PageDown", "PageUp"):
        page.keyboard.press(key)

    assert page.locator(".place").inner_text() == "Soal 2 dari 5"


def test_hands_are_typed_or_tapped_and_the_bars_follow(opened: Open) -> None:
    page = opened("jajak")
    assert rows(page) == ["0", "0"]

    page.get_by_label("Banyaknya tangan untuk A").fill("30")
    for _ in range(10):
        press(page, "Tambah satu untuk B")

    assert rows(page) == ["30 (75 %)", "10 (25 %)"]
    assert [width(bar) for bar in page.locator(".filled").all()] == ["100%", "33.3333%"]
    assert (said(page), focused(page)) == ("B: 10", "more 1")
    press(page, "Kurangi satu untuk B")
    assert page.get_by_label("Banyaknya tangan untuk B").input_value() == "9"
    assert page.locator(".tools").inner_text().endswith("39 tangan")
    press(page, "Kosongkan")
    assert rows(page) == ["0", "0"]


def test_a_second_view_of_a_tally_shows_the_same_hands(opened: Open) -> None:
    page = opened("jajak")
    press(page, "Tambah satu untuk A")

    page.evaluate("""async () => {
      const {default: word} = await import('./jajak.js'), second = document.createElement('div');
      document.querySelector('main').append(second);
      word.render({model, el: second});
    }""")
    page.locator("#word").get_by_role("button", name="Tambah satu untuk A").click()

    assert rows(page) == ["2 (100 %)", "0 (0 %)", "2 (100 %)", "0 (0 %)"]


def test_a_case_goes_on_by_show_of_hands_and_ends_with_its_path(opened: Open) -> None:
    page = opened("kasus")
    assert page.locator(".heading .place").inner_text() == "Langkah 1"
    page.get_by_label("Banyaknya tangan untuk B").fill("21")
    page.get_by_label("Banyaknya tangan untuk A").fill("4")

    press(page, "Pilih B")
    consequence = page.locator(".follows").inner_text()
    assert len(consequence) > 20
    assert consequence in said(page)
    assert focused(page) == "on"
    for _ in range(20):
        page.get_by_role(
            "button",
            name=(
                "Lihat jalan"
                if page.get_by_role("button", name="Lihat jalan").count()
                else "Lanjut"
            ),
        ).click()
        if page.locator(".path").count():
            break
        press(page, "Pilih A")

    steps = page.locator(".path > li").all_inner_texts()
    assert len(steps) >= 3
    assert "21 dari 25 tangan" in steps[0]
    assert consequence in steps[0]
    assert page.locator(".told").inner_text()
    assert said(page) == Contains("Kasus selesai")
    assert focused(page) == "heading"
    press(page, "Ulangi dari awal")
    assert (state_of(page)["path"], rows(page)) == ([], ["0"] * 4)


def test_a_choice_can_be_taken_back(opened: Open) -> None:
    page = opened("kasus")
    press(page, "Pilih C")

    press(page, "Ganti pilihan")

    assert page.locator(".heading .place").inner_text() == "Langkah 1"
    assert state_of(page)["path"] == []


def test_a_case_of_a_quiet_module_counts_nobody_wherever_it_is_played(opened: Open) -> None:
    page = opened("tenang")

    assert page.locator("input, .bar, .share").count() == 0
    page.locator(".choice").first.click()

    assert page.locator(".follows").count() == 1


def test_groups_are_read_one_after_the_other(opened: Open) -> None:
    page, words = (
        opened("kelompok"),
        r"all => all.map(each => each.innerText.split(/\s+/).join(' '))",
    )
    first = page.locator(".group-members li").evaluate_all(words)

    page.keyboard.press("Tab")
    press(page, "Berikutnya")

    second = page.locator(".group-members li").evaluate_all(words)
    assert sorted(first + second) == ["1 Siti Beji", "2 Ujang Beji", "3 Ani Cipayung", "4 Rini"]
    assert page.locator(".heading").inner_text().split("\n") == [
        "Kelompok 2 · 2 orang",
        "Kelompok 2 dari 2",
    ]


def test_the_clock_runs_against_the_plan_and_says_what_to_cut(opened: Open) -> None:
    page = opened("waktu")
    assert page.locator(".clock").inner_text() == "09.33"
    assert page.locator(".running").inner_text() == Contains(
        "Peran dan batas 09.20–09.55", "sisa 22 menit"
    )
    assert page.locator(".next").inner_text() == "Sesudah itu, 10.45: Rehat kopi"
    assert page.locator(".late").inner_text() == "Terlambat 8 menit: potong ini"
    assert page.locator(".cuts li").all_inner_texts() == CLOCK["cuts"]

    page.clock.fast_forward("30:00")
    assert page.locator(".clock").inner_text() == "10.03"
    assert page.locator(".left.over").inner_text() == "lewat 8 menit"
    press(page, "Hitung lagi")
    reply(page, late="Sesuai rencana.", cuts=[])

    assert page.evaluate("asked") == [{"now": True}]
    page.clock.fast_forward("04:00:00")
    assert page.locator(".running").inner_text().strip() == "Peran dan batas 09.20–09.55"
    assert (page.locator(".late").inner_text(), page.locator(".cuts").count()) == (
        "Sesuai rencana.",
        0,
    )


def test_a_picture_of_results_asks_for_itself_until_it_is_stopped(opened: Open) -> None:
    page = opened("hasil")
    press(page, "Perbarui sekarang")
    reply(page, html="<p>dua</p>")
    assert "dua" in page.locator(".word").inner_text()

    press(page, "Berhenti memperbarui")
    reply(page, html="<p>dua</p>", trouble="Register sedang dipakai.")

    assert page.get_by_role("alert").inner_text() == "Register sedang dipakai."
    assert page.evaluate("asked") == [{"refresh": True}]


def test_a_slider_is_moved_by_keys_and_stays_under_the_hand(opened: Open) -> None:
    page = opened("simulasi")
    page.get_by_label("Kunjungan").focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    reply(page, html="<p>lima</p>")

    assert page.locator("output").inner_text() == "5 kali"
    assert (page.locator(".picture").inner_text(), focused(page)) == ("lima", "kunjungan")
    assert page.evaluate("asked")[-1] == {"values": {"kunjungan": 5}}
    press(page, "Kembali ke nilai awal")
    assert page.get_by_label("Kunjungan").input_value() == "3"


@pytest.mark.parametrize(
    "name", ["tampilkan", "kasus", "tenang", "jajak", "kelompok", "waktu", "hasil", "simulasi"]
)
def test_a_word_can_be_used_by_everybody_and_keeps_its_keys_in_jupyterlab(
    opened: Open, name: str
) -> None:
    page = opened(name)

    assert axe_findings(page) == []
    kept = page.locator("#word :is(a, button, input, select, summary, [tabindex])")
    assert kept.count() > 0
    assert (
        page.locator(
            "#word :is(a, button, input, select, summary,"
            " [tabindex]):not([data-lm-suppress-shortcuts])"
        ).count()
        == 0
    )


def test_the_scripts_of_all_words_together_are_small() -> None:
    folder: Path = ROOT / "psm_course/trainer/widgets"
    sizes = {path.name: path.stat().st_size for path in folder.glob("*.js")}

    assert {"base.js", "kasus.js", "jajak.js", "tampilkan.js", "waktu.js"} <= set(sizes)
    assert sum(sizes.values()) <= 40_000
