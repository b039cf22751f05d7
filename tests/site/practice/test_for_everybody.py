"""Practice with the keyboard, a screen reader, little room, no script, and on paper."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from psm_course.items.base import label
from psm_course.site.bundles import GENERATED
from tests.axe import axe_findings_in_both_schemes
from tests.builders import an_item
from tests.site.practice.quiz import RIGHT, answer, case_of, check, item_of, practice, take
from tests.site.stage import PHONE, put_on_stage, ready, served, until

# ---- keyboard ------------------------------------------------------------------------------------


def test_arrow_keys_choose_and_never_judge(page: Page) -> None:
    item = item_of(page, "choice")
    item.get_by_label("Mendengarkan sampai selesai").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")

    assert item.get_by_label("Memanggil orang tuanya").is_checked()
    assert item.locator(".told").inner_text() == ""
    until(page, "PSM.mine.get('quiz/latihan').then(kept => kept && kept.responses.choice === 'c')")
    assert page.evaluate("PSM.mine.get('quiz/latihan').then(kept => kept.tries)") == {}


def placed(item: Locator) -> list[str]:
    return item.locator(".placed:has(:checked)").all_inner_texts()


def test_the_line_tapped_next_moves_up_keeps_the_focus_and_its_place_is_said(page: Page) -> None:
    item = item_of(page, "order")
    for text in ("Izin", "Salam"):
        item.get_by_label(text, exact=True).focus()
        page.keyboard.press("Space")

    assert placed(item) == ["Izin", "Salam"]
    assert page.evaluate("document.activeElement.labels[0].textContent") == "Salam"
    page.locator("p.unseen[role=status]", has_text="Urutan ke-2 dari 3.").wait_for(state="attached")


def test_a_placed_line_is_taken_back_and_the_others_close_up(page: Page) -> None:
    item = answer(page, "order", RIGHT["order"])

    item.get_by_label("Salam", exact=True).uncheck(force=True)

    assert placed(item) == ["Izin", "Pamit"]
    assert item.locator(".placed").all_inner_texts() == ["Izin", "Pamit", "Salam"]
    page.locator("p.unseen[role=status]", has_text="Diambil kembali.").wait_for(state="attached")


def test_what_may_be_joined_is_written_out_under_its_line(page: Page) -> None:
    item = answer(page, "match", {"Kebakaran": "113"})
    row = item.locator(".joined", has_text="Kejahatan")
    row.locator("summary").press("Enter")

    buttons = row.get_by_role("button")
    assert sorted(buttons.all_inner_texts()) == ["110", "113", "119"]
    row.get_by_role("button", name="110").press("Enter")
    assert not buttons.first.is_visible()
    assert row.locator("summary").inner_text() == "Kejahatan\n110"
    assert page.evaluate("document.activeElement.textContent") == "Kejahatan110"


def test_a_joined_side_pressed_again_is_free(page: Page) -> None:
    item = answer(page, "match", {"Kebakaran": "113"})
    row = item.locator(".joined", has_text="Kebakaran")
    row.locator("summary").click()
    row.get_by_role("button", name="113").click()

    assert row.locator(".said").inner_text() == ""
    until(page, "PSM.mine.get('quiz/latihan').then(kept => kept && kept.responses.match === null)")


def test_the_focus_moves_once_all_that_joining_changes_has_changed(page: Page) -> None:
    """Moving it makes the browser lay the page out: what changes later is laid out again."""
    row = item_of(page, "match").locator(".joined").first
    row.locator("summary").click()
    row.get_by_role("button").first.focus()
    page.evaluate("""window.happened = [];
      ['change', 'focusin'].forEach((type) => addEventListener(type, () => happened.push(type)))""")

    page.keyboard.press("Enter")

    assert page.evaluate("happened") == ["change", "focusin"]
    expect(row.locator("summary")).to_be_focused()


def place_and_join(page: Page, tab_to: Callable[[str], None]) -> None:
    """Lines into their order, and pairs, by Tab, Space and Enter."""
    for text in RIGHT["order"]:
        tab_to('[data-item="order"] input:not(:checked)')
        while page.evaluate("document.activeElement.labels[0].textContent") != text:
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
    tab_to('[data-item="order"] .check')
    page.keyboard.press("Enter")
    for number in ("113", "119", "110"):
        tab_to('[data-item="match"] summary')
        page.keyboard.press("Enter")
        tab_to(f'[data-item="match"] [open] [value="{label(number)}"]')
        page.keyboard.press("Enter")
    tab_to('[data-item="match"] .check')
    page.keyboard.press("Enter")


def test_the_whole_quiz_is_done_with_the_keyboard_alone(page: Page) -> None:
    def tab_to(selector: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"no way with Tab to {selector}")

    def press(*keys: str) -> None:
        for key in keys:
            page.keyboard.press(key)

    tab_to('[data-item="choice"] input')
    press("Space")
    tab_to('[data-item="choice"] .check')
    press("Enter")
    for _ in "ab":
        tab_to('[data-item="choices"] input')
        press("Space")
    tab_to('[data-item="choices"] .check')
    press("Space")
    place_and_join(page, tab_to)
    tab_to('[data-item="number"] input')
    page.keyboard.type("12,5")
    press("Enter")
    tab_to('[data-item="text"] input')
    page.keyboard.type("relawan")
    press("Enter")
    for step in ("satu", "tiga"):
        tab_to(f'[data-step="{step}"] .act')
        press("Enter")
    tab_to('[data-item="rating"] input')
    press("Space", "ArrowRight")

    expect(page.locator(".told .verdict")).to_have_text(
        [*["Tepat."] * 6, re.compile("Semua langkah Anda tepat")]
    )
    assert item_of(page, "rating").get_by_label("2", exact=True).is_checked()


# ---- what a screen reader is told ----------------------------------------------------------------


def test_what_is_told_goes_into_a_live_region_that_was_there_before(page: Page) -> None:
    for kind, response in RIGHT.items():
        item = answer(page, kind, response)
        region = item.get_by_role("status").element_handle()

        check(item)

        assert region is not None
        assert region.is_visible()  # no longer so, had it been replaced
        assert region.inner_text().startswith("Tepat.")


def test_what_was_right_before_is_not_read_out_on_the_next_visit(
    phone: BrowserContext, page: Page
) -> None:
    check(answer(page, "choice", RIGHT["choice"]))
    until(page, "PSM.mine.get('quiz/latihan').then(kept => kept.right.choice)")
    page.add_init_script("""new MutationObserver(found => found.forEach(({target, addedNodes}) => {
          if (!addedNodes.length || !target.closest || !target.closest('[role=status]')) return;
          window.readOut = target.textContent;
        })).observe(document, {childList: true, subtree: true})""")

    ready(page)

    expect(item_of(page, "choice").locator(".told")).to_contain_text("Tepat.")
    assert page.evaluate("window.readOut") is None
    assert item_of(page, "choice").locator(".told[role=status]").count() == 1


def test_a_screen_reader_hears_named_groups_and_sensible_names(page: Page) -> None:
    case_of(page).get_by_role("button").first.wait_for()
    heard = page.locator(".quiz").aria_snapshot()

    for expected in (
        '- region "Latihan"',
        '- heading "Latihan" [level=2]',
        (
            '- group "Seorang anak berbisik bahwa ia dipukul di rumah. Apa yang Anda lakukan lebih'
            ' dulu?"'
        ),
        '- radio "Memanggil orang tuanya"',
        '- group "Mana yang dicatat? Pilih semua yang tepat."',
        '- checkbox "Dugaan tetangga"',
        '- group "Urutkan dari yang paling awal."',
        '- checkbox "Salam"',
        "Kebakaran",
        '- textbox "Berapa kelurahan di Depok?"',
        '- textbox "Orang yang bekerja tanpa upah disebut apa?"',
        '- group "Langkah 1 Nenek A duduk sendiri di halte. Apa yang Anda lakukan?"',
        '- button "Memotretnya untuk grup"',
        '- group "Seberapa yakin Anda sekarang?"',
        '- radio "5"',
    ):
        assert expected in heard
    assert heard.count('- button "Periksa jawaban"') == len(RIGHT)
    assert (
        page.get_by_label("Berapa kelurahan").evaluate(
            "field => document.getElementById(field.getAttribute('aria-describedby')).textContent"
        )
        == "km"
    )


# ---- every state, little room --------------------------------------------------------------------

SMALLER_THAN_A_FINGER = """() => [
  ...document.querySelectorAll('.quiz :is(button, input, summary, a)'),
].filter(each => each.offsetParent)
  .map(each => /radio|checkbox/.test(each.type) ? each.labels[0] : each)
  .filter(each => {
    const {width, height} = each.getBoundingClientRect();
    return width < 44 || height < 44;
  })
  .map(each => each.outerHTML)"""
WRONG: dict[str, Any] = {
    "choice": ["Memanggil orang tuanya"],
    "choices": ["Dugaan tetangga", "Yang Anda lihat", "Foto wajah anak di grup"],
    "order": ["Pamit", "Izin", "Salam"],
    "match": {"Kebakaran": "113", "Sakit mendadak": "110", "Kejahatan": "119"},
    "number": "tujuh",
    "text": "relawam",
}


def through_all_states(page: Page) -> Iterator[str]:
    """Before, wrong, with the answers shown, right, and the case with danger."""
    yield "before"
    for kind in RIGHT:
        check(item_of(page, kind))
    yield "not answered"
    for kind, response in WRONG.items():
        check(answer(page, kind, response))
    take(page, "Memotretnya untuk grup")
    yield "wrong"
    for kind in RIGHT:
        item_of(page, kind).get_by_role("button", name="Lihat jawaban").click()
    take(page, "Pulang saja")
    yield "shown"
    for choice in ("Dugaan tetangga", "Foto wajah anak di grup"):
        item_of(page, "choices").get_by_label(choice, exact=True).uncheck()
    for kind, response in RIGHT.items():
        check(answer(page, kind, response))
    case_of(page).get_by_role("button", name="Ulangi dari awal").click()
    take(page, "Menyapa dan menemani", "Dinas Sosial")
    item_of(page, "rating").get_by_label("4", exact=True).check()
    yield "right"


def test_every_state_is_accessible_fits_320_pixels_and_a_finger(
    chromium: Browser, place: str
) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    page = ready(context.new_page(), place)

    found = {
        state: (
            axe_findings_in_both_schemes(page),
            page.evaluate("document.documentElement.scrollWidth"),
            page.evaluate(SMALLER_THAN_A_FINGER),
        )
        for state in through_all_states(page)
    }
    context.close()

    assert found == dict.fromkeys(
        ["before", "not answered", "wrong", "shown", "right"], ([], 320, [])
    )


def test_long_texts_are_written_out_and_a_scale_stands_on_one_line(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, long = (
        tmp_path_factory.mktemp("panjang"),
        (
            "Menyampaikan keterangan seizin warga kepada Pekerja Sosial di kecamatan, lalu menengok"
            " lagi"
        ),
    )
    pairs = [
        {"id": n, "left": f"{long} {n}", "right": f"Sesudah itu {long.lower()} {n}"} for n in "abc"
    ]
    put_on_stage(
        folder,
        practice(
            [an_item("match", pairs=pairs), an_item("rating", low="belum yakin", high="yakin")]
        ),
    )
    context = chromium.new_context(viewport={"width": 360, "height": 640}, reduced_motion="reduce")
    page = context.new_page()
    with served(folder) as address:
        ready(page, address)
        page.locator("summary").first.click()
        page.locator(".rights button").first.click()
        page.locator("summary").nth(1).click()
        cut = page.locator(".quiz :is(button, summary)").evaluate_all(
            "all => all.filter(each => each.scrollWidth > each.clientWidth).length"
        )
        tops = page.locator(".grade").evaluate_all(
            "all => [...new Set(all.map(each => each.getBoundingClientRect().top))].length"
        )
        said = page.locator(".said").first.inner_text()
    context.close()

    assert (cut, tops) == (0, 1)
    assert said.startswith("Sesudah itu menyampaikan")


def test_text_at_twice_its_size_still_fits_the_phone(page: Page) -> None:
    page.add_style_tag(content="html { font-size: 200% }")

    widths = {
        state: page.evaluate("document.documentElement.scrollWidth")
        for state in through_all_states(page)
    }

    assert set(widths.values()) == {PHONE["width"]}


@pytest.mark.parametrize("wish", ["reduce", "no-preference"])
def test_nothing_moves_by_itself(page: Page, wish: Literal["reduce", "no-preference"]) -> None:
    """Not even an arrow that turns: every one costs a slow phone some frames after the tap."""
    page.emulate_media(reduced_motion=wish)
    take(page, "Menyapa dan menemani")

    moving = page.evaluate("""[...document.querySelectorAll('*')].flatMap(
          each => ['', '::before', '::after'].map(part => getComputedStyle(each, part))
        ).filter(({transitionDuration, animationName, scrollBehavior}) =>
          parseFloat(transitionDuration) || animationName !== 'none' || scrollBehavior === 'smooth'
        ).length""")
    assert moving == 0


# ---- without a script, on paper, with hostile texts ----------------------------------------------


def test_without_a_script_everything_can_be_read_and_opened(chromium: Browser, place: str) -> None:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{place}/kuis.html")

    summaries = page.locator(".answer > summary, .branch > summary")
    assert summaries.count() == 6 + 1 + 7
    for at in range(summaries.count()):
        summaries.nth(at).click()
    text = page.locator(".quiz").inner_text()
    context.close()

    for expected in (
        *(f"Sebab {kind}." for kind in (*RIGHT, "case")),
        "Rahasia anak itu ikut tersebar.",
        "Fotonya tersebar.",
        "relawan",
    ):
        assert expected in text
    assert "Menyimpan" not in text


def test_on_paper_there_are_questions_and_no_buttons(page: Page) -> None:
    check(answer(page, "choice", RIGHT["choice"]))
    page.emulate_media(media="print")

    assert item_of(page, "choice").locator("legend").is_visible()
    assert item_of(page, "choice").locator(".told").is_visible()
    assert not page.locator(".check:visible, .plain:visible, .kept:visible, .anew:visible").count()
    # The paper's own.
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgba(0, 0, 0, 0)"


def test_the_scripts_of_a_practice_page_stay_small() -> None:
    weight = {
        name: len(gzip.compress(GENERATED.joinpath(name).read_bytes(), 9))
        for name in ("psm.js", "latihan.js", "periksa.js", "bermain.js")
    }

    assert weight["psm.js"] + weight["latihan.js"] <= 8_900
    assert sum(weight.values()) <= 13_500  # with what comes at the first answer, and near a case
