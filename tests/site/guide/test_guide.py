"""The field guide in a real browser: complete without a script; with it, from what is seen to kinds
and from a situation to help.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from dirty_equals import Contains
from playwright.sync_api import Browser, Page, ViewportSize, expect

from psm_course.content.glossary import read_glossary
from psm_course.content.help.contacts import find_contacts
from psm_course.content.help.field_guide import KindsFile, RoutesFile, read_field_guide
from psm_course.site.output.tree import Tree
from tests.axe import axe_findings_in_both_schemes
from tests.conftest import ROOT, BuiltCourse
from tests.site.pages.test_reading import PHONE, SMALLEST, opened

KINDS_PAGE, ROUTES_PAGE, GLOSSARY_PAGE = (
    "book/cari-kategori.html",
    "book/ke-mana-merujuk.html",
    "book/istilah.html",
)
HEAVIEST = 35_000
LAPTOP: ViewportSize = {"width": 1280, "height": 800}


@pytest.fixture
def kinds(chromium: Browser, site: BuiltCourse) -> Iterator[Page]:
    yield from opened(chromium, site.out / KINDS_PAGE, viewport=PHONE)


@pytest.fixture
def routes(chromium: Browser, site: BuiltCourse) -> Iterator[Page]:
    yield from opened(chromium, site.out / ROUTES_PAGE, viewport=PHONE)


def guide_files() -> tuple[KindsFile, RoutesFile]:
    guide, _ = read_field_guide(ROOT, ())
    assert guide.kinds is not None
    assert guide.routes is not None
    return guide.kinds, guide.routes


def tick(page: Page, *signs: str) -> None:
    for sign in signs:
        box = page.locator(f"input[value='{sign}']")
        group = page.locator(".ticking details", has=box)
        if group.get_attribute("open") is None:
            group.locator("summary").click()
        box.check()


def found(page: Page) -> list[str]:
    return page.locator("[data-list] .name").all_inner_texts()


def is_told(page: Page, text: str | re.Pattern[str]) -> None:
    """Wait until a screen reader has been told this; of several changes in a row each is told."""
    expect(page.locator("[role=status]")).to_have_text(text)


def reopened(page: Page, address: str) -> None:
    page.goto("about:blank")
    page.goto(address)


# ---- without a script ----------------------------------------------------------------------------


def test_every_kind_is_there_to_read_without_a_script(chromium: Browser, site: BuiltCourse) -> None:
    file, _ = guide_files()
    for page in opened(chromium, site.out / KINDS_PAGE, viewport=PHONE, java_script_enabled=False):
        assert not page.locator("form").is_visible()
        assert page.locator(".kind .name").all_inner_texts() == [
            kind.name for group in file.groups for kind in file.kinds if kind.group == group.id
        ]
        page.locator("#anak-jalanan summary").click()
        shown = page.locator("#anak-jalanan").inner_text()
        for text in (
            "Sebagian besar waktunya di jalanan",
            "Ringkasan",
            "Bukan berarti",
            "Lakukan dulu",
            "Ke mana merujuk",
        ):
            assert text in shown


def test_every_situation_is_there_to_read_without_a_script(
    chromium: Browser, site: BuiltCourse
) -> None:
    _, file = guide_files()
    for page in opened(chromium, site.out / ROUTES_PAGE, viewport=PHONE, java_script_enabled=False):
        assert not page.locator("form").is_visible()
        assert page.locator(".situations summary").all_inner_texts() == [
            each.title
            for level in file.levels
            for each in file.situations
            if each.level == level.id
        ]
        page.locator("#anak-bercerita summary").click()
        shown = page.locator("#anak-bercerita").inner_text()
        for text in ("Ini bukan salahmu", "UPTD PPA Kota Depok", "Jangan", "UU 12/2022"):
            assert text in shown
        assert page.content().count("Belum dikonfirmasi") == 1  # of all numbers at once


def test_danger_comes_before_everything_else(chromium: Browser, site: BuiltCourse) -> None:
    for name in (KINDS_PAGE, ROUTES_PAGE):
        for page in opened(chromium, site.out / name, viewport=PHONE, java_script_enabled=False):
            assert (
                page.locator("main :is(h2, details)")
                .first.inner_text()
                .startswith("Bahaya sekarang?")
            )
            assert page.locator(".danger a").evaluate_all(
                "all => all.map(a => a.getAttribute('href'))"
            ) == [
                "tel:112",
                "tel:110",
                "tel:119",
            ]


def test_what_to_do_afterwards_is_one_tap_away(chromium: Browser, site: BuiltCourse) -> None:
    """So that the search stands on a laptop's first screen; no word of it is lost."""
    now, _, later = guide_files()[1].levels[0].act.partition(" Sesudah aman, ")
    for page in opened(chromium, site.out / ROUTES_PAGE, viewport=LAPTOP):
        field = page.get_by_label("Cari situasi").bounding_box()
        assert field is not None
        assert field["y"] + field["height"] <= LAPTOP["height"]
        expect(page.locator(".danger > p").last).to_have_text(now)
        page.get_by_text("Sesudah aman", exact=True).click()
        expect(page.locator(".danger details p")).to_have_text(later, ignore_case=True)
        assert later


def test_the_front_page_leads_to_the_guide_in_one_tap(chromium: Browser, site: BuiltCourse) -> None:
    for page in opened(
        chromium, site.out / "book/index.html", viewport=PHONE, java_script_enabled=False
    ):
        for name in ("cari-kategori", "ke-mana-merujuk", "istilah"):
            assert page.locator(f"main a[href='{name}.html']").count() == 1


# ---- from what is seen to kinds ------------------------------------------------------------------


@pytest.mark.journey
def test_signs_lead_to_kinds_best_matching_first_with_criteria_and_confidence(kinds: Page) -> None:
    tick(kinds, "anak-di-jalan", "anak-mencari-uang")

    assert found(kinds)[0] == "Anak jalanan"
    assert sorted(found(kinds)) == [
        "Anak balita terlantar",
        "Anak jalanan",
        Contains("perlindungan khusus (AMPK)"),
    ]
    first = kinds.locator("[data-list] > li").first
    assert first.inner_text() == Contains("Cocok: ", "tempat umum; Anak", "disuruh mencari uang")
    assert first.locator(".tag").first.inner_text() == "Ringkasan"
    assert kinds.locator("#dugaan h2").inner_text() == "Dugaan, bukan keputusan"
    is_told(kinds, "3 dugaan, pertama Anak jalanan")


def test_every_sign_leads_somewhere(kinds: Page) -> None:
    file, _ = guide_files()
    address = kinds.url.split("#")[0]
    for _, sign in file.placed_signs():
        reopened(kinds, f"{address}#tanda={sign.id}")
        expected = {kind.name for kind in file.kinds if sign.id in kind.signs}
        assert set(found(kinds)) == expected
        assert expected or kinds.locator("[data-first] a[href^='tel:']").count() == 3
        assert kinds.locator("[data-first]").is_visible() == bool(sign.route)
        # No heading over nothing.
        assert kinds.get_by_role("heading", name="Dugaan, bukan keputusan").is_visible() == bool(
            expected
        )


def test_a_danger_sign_shows_numbers_before_any_kind(kinds: Page) -> None:
    tick(kinds, "mengakhiri-hidup", "kebutuhan-kurang")

    shown = kinds.locator("#dugaan").inner_text()
    assert shown.index("Hubungi bantuan dulu") < shown.index("Fakir miskin")
    assert kinds.locator("[data-first] a[href^='tel:']").count() == 3
    is_told(kinds, re.compile("^bahaya dulu, 1 dugaan"))

    kinds.locator("[data-first] ul:last-child a").click()

    kinds.wait_for_url("**/ke-mana-merujuk.html#mengakhiri-hidup")
    assert kinds.locator("#mengakhiri-hidup details").get_attribute("open") is not None
    kinds.wait_for_function(
        "document.activeElement === document.querySelector('#mengakhiri-hidup summary')"
    )


def test_what_was_ticked_is_kept_in_the_address_and_cleared_from_it(kinds: Page) -> None:
    tick(kinds, "tanpa-rumah", "tanpa-ktp")
    assert kinds.url.endswith("#tanda=tanpa-rumah,tanpa-ktp")

    reopened(kinds, kinds.url)

    assert found(kinds)[0] == "Gelandangan"
    assert kinds.locator("input[value='tanpa-ktp']").is_visible()  # its group is open

    kinds.get_by_role("button", name="Mulai lagi").click()
    kinds.wait_for_function("document.querySelector('[data-found]').hidden")

    assert kinds.locator("input:checked").count() == 0
    assert kinds.url.endswith("html#")


def test_an_opened_kind_stays_open_while_more_is_ticked(kinds: Page) -> None:
    tick(kinds, "tanpa-rumah")
    kinds.locator("[data-list] summary").first.click()
    tick(kinds, "tanpa-ktp", "kebutuhan-kurang")

    assert kinds.locator("[data-list] details[open] .name").all_inner_texts() == ["Gelandangan"]


def test_the_guide_is_used_by_keyboard_alone(kinds: Page) -> None:
    group = kinds.locator(".ticking details").nth(3)
    group.locator("summary").focus()
    kinds.keyboard.press("Enter")
    kinds.keyboard.press("Tab")
    kinds.keyboard.press("Space")
    assert found(kinds) == ["Gelandangan"]

    kinds.locator("[data-jump]").focus()
    kinds.keyboard.press("Enter")
    assert kinds.evaluate("document.activeElement.id") == "dugaan"
    assert kinds.url.endswith("#tanda=tanpa-rumah")  # looking at the result does not lose it

    kinds.keyboard.press("Tab")
    kinds.keyboard.press("Enter")
    assert kinds.locator("[data-list] details").get_attribute("open") is not None


# ---- from a situation to help --------------------------------------------------------------------


@pytest.mark.journey
def test_words_lead_to_situations_also_by_names_people_use(routes: Page) -> None:
    routes.locator("[data-ask]").fill("pasung")

    assert routes.locator(".situations > li:visible summary").all_inner_texts() == [
        Contains("putus obat", "dipasung")
    ]
    assert routes.locator(".level:visible").count() == 1
    is_told(routes, "1 situasi cocok")

    reopened(routes, routes.url)

    assert routes.locator("[data-ask]").input_value() == "pasung"
    assert routes.locator(".situations > li:visible").count() == 1


def test_what_was_asked_for_stands_above_what_is_said_of_its_level(routes: Page) -> None:
    level = routes.locator(".level.kuning")
    order = "level => [...level.children].map(each => each.localName)"
    assert level.evaluate(order) == ["h2", "p", "ul"]

    routes.locator("[data-ask]").fill("anak")
    assert level.evaluate(order) == ["h2", "ul", "p"]

    routes.locator("[data-ask]").fill("")
    assert level.evaluate(order) == ["h2", "p", "ul"]


def test_words_that_lead_nowhere_still_lead_to_help(routes: Page) -> None:
    routes.locator("[data-ask]").fill("zzz")

    assert routes.locator(".situations > li:visible").count() == 0
    assert "Puskesos" in routes.locator("[data-count]").inner_text()
    is_told(routes, routes.locator("[data-count]").inner_text())


def test_an_opened_situation_can_be_shared(routes: Page) -> None:
    routes.locator("#dokumen summary").click()
    routes.wait_for_function("location.hash === '#dokumen'")

    reopened(routes, routes.url)

    assert routes.locator("details[open] summary").all_inner_texts() == [Contains("KTP", "KK")]


def test_every_way_on_arrives(site: BuiltCourse) -> None:
    there = set(
        re.findall(r' id="?([^" >]+)', (site.out / ROUTES_PAGE).read_text(encoding="utf-8"))
    )
    asked = set(
        re.findall(
            r"ke-mana-merujuk\.html#([^\" >]+)", (site.out / KINDS_PAGE).read_text(encoding="utf-8")
        )
    )

    assert asked
    assert asked <= there


def test_every_number_shown_is_one_of_ours(site: BuiltCourse) -> None:
    known = {contact.label for contact in find_contacts(ROOT) or ()}
    for name in (KINDS_PAGE, ROUTES_PAGE):
        labels = re.findall(
            r"<strong>[^<]+</strong> ?<span>([^<]+?)</span></a>",
            (site.out / name).read_text(encoding="utf-8"),
        )
        assert labels
        assert set(labels) <= known


# ---- both ----------------------------------------------------------------------------------------


def states(page: Page) -> Iterator[None]:
    """The page at rest and in every state it can be brought into."""
    yield
    if page.locator("[data-guide='kategori']").count():
        tick(page, "anak-bercerita")
        yield
        tick(page, "kekerasan-berlangsung", "tanpa-rumah", "layanan-seksual")
    else:
        page.locator("[data-ask]").fill("anak")
        yield
        page.locator("[data-ask]").fill("zzz")
        yield
        page.locator("[data-ask]").fill("")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    yield


@pytest.mark.parametrize("name", [KINDS_PAGE, ROUTES_PAGE])
def test_axe_finds_nothing_in_any_state(chromium: Browser, site: BuiltCourse, name: str) -> None:
    for page in opened(chromium, site.out / name, viewport=PHONE):
        for _ in states(page):
            assert axe_findings_in_both_schemes(page) == []


@pytest.mark.parametrize("name", [KINDS_PAGE, ROUTES_PAGE])
def test_nothing_scrolls_sideways_in_any_state(
    chromium: Browser, site: BuiltCourse, name: str
) -> None:
    for page in opened(chromium, site.out / name, viewport=SMALLEST):
        for _ in states(page):
            assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST["width"]


@pytest.mark.parametrize("name", [KINDS_PAGE, ROUTES_PAGE, GLOSSARY_PAGE])
def test_a_page_of_the_guide_is_light_and_asks_nothing_of_others(
    site: BuiltCourse, name: str
) -> None:
    text = (site.out / name).read_text(encoding="utf-8")
    loaded = re.findall(r'(?:<script src|rel=stylesheet href)="([^"]+)"', text)
    files = [site.out / name, *((site.out / name).parent / path.split("?")[0] for path in loaded)]

    assert [path for path in loaded if "//" in path] == []
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) <= HEAVIEST


# ---- words ---------------------------------------------------------------------------------------


def test_every_word_has_its_place_in_the_glossary(chromium: Browser, site: BuiltCourse) -> None:
    glossary, _ = read_glossary(ROOT)
    assert glossary is not None
    for page in opened(
        chromium, site.out / GLOSSARY_PAGE, viewport=PHONE, java_script_enabled=False
    ):
        assert page.locator(".terms > div").count() == len(glossary.terms)
        for term in glossary.terms:
            assert term.meaning in page.locator(f".terms > #{term.id}").inner_text()


def test_a_page_marks_a_word_once_where_it_disturbs_nothing(site: BuiltCourse) -> None:
    there = set(
        re.findall(r' id="?([^" >]+)', (site.out / GLOSSARY_PAGE).read_text(encoding="utf-8"))
    )
    marked = 0
    for path in sorted(Path(site.out).rglob("*.html")):
        page = Tree(path.read_text(encoding="utf-8"))
        uses = [
            (use.attributes["href"] or "").partition("istilah.html#")[2]
            for use in page.css("a.term[data-meaning]")
        ]
        marked += len(uses)
        assert len(uses) == len(set(uses)), path
        assert set(uses) <= there
        assert not page.css(":is(h1, h2, h3, h4, h5, h6, a) .term"), path
    assert marked > 20
