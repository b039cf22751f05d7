"""Searching the whole course without a network: Indonesian words find their kin, and a result leads
to the very section.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from dirty_equals import Contains
from playwright.sync_api import Browser, Page, expect

from psm_course.site.output.search_index import FILE, Entry, entries_of, script_of
from tests.axe import axe_findings_in_both_schemes
from tests.conftest import BuiltCourse
from tests.scripts import bundled
from tests.site.stage import PHONE

SEARCH_KB = 40
LESSON = "modules/01-dasar-peran-psm/01-peran-dan-batas.html"


@pytest.fixture(scope="module")
def words(chromium: Browser) -> Iterator[Page]:
    """A page that knows words and nothing else."""
    page = chromium.new_page()
    page.add_script_tag(content=bundled("export * from './guide/words.js';"))
    yield page
    page.close()


@pytest.fixture
def page(chromium: Browser, site: BuiltCourse) -> Iterator[Page]:
    """The search page from the file system: no server, so nothing could be fetched."""
    context = chromium.new_context(viewport=PHONE)
    opened = context.new_page()
    opened.goto((site.out / "book/cari.html").as_uri())
    yield opened
    context.close()


def find(page: Page, question: str) -> list[str]:
    page.locator("#cari-kata").fill(question)
    return page.locator(".hits li").all_inner_texts()


# ---- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kin",
    [
        "lapor melapor laporan dilaporkan melaporkan pelapor pelaporan laporkan laporannya",
        "rujuk merujuk rujukan dirujuk rujuklah",
        "tulis menulis tulisan tertulis dituliskan",
        "kirim mengirim kiriman dikirim pengirim",
        "sandang penyandang menyandang",
        "damping pendamping mendampingi pendampingan didampingi",
        "lindung perlindungan melindungi dilindungi terlindung",
        "terlantar telantar menelantarkan penelantaran",
        "ajar belajar pelajaran mengajar",
        "laku diperlakukan kelakuan",
        "uji menguji pengujian",
        "pukul mukulin dipukulin memukuli",
        "tabrak ketabrak tertabrak",
        "anak anaknye anaknya anakna",
        "tendang nendang menendang",
    ],
)
def test_words_of_one_root_are_kin(words: Page, kin: str) -> None:
    first, *others = kin.split()

    strangers = words.evaluate(
        "([one, others]) => others.filter(other => !PSM.areKin(one, other))", [first, others]
    )

    assert strangers == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("anak", "makan"), ("lapor", "lapar"), ("desa", "dewasa"), ("jalan", "jalur")],
)
def test_words_that_only_look_alike_are_not_kin(words: Page, one: str, other: str) -> None:
    assert not words.evaluate("([one, other]) => PSM.areKin(one, other)", [one, other])


@pytest.mark.parametrize(
    ("written", "read"), [("Éfektif", "efektif"), ("ODGJ", "odgj"), ("Qur’an", "qur’an")]
)
def test_case_and_accents_do_not_count(words: Page, written: str, read: str) -> None:
    assert words.evaluate("text => PSM.fold(text)", written) == read


@pytest.mark.parametrize(
    ("asked", "word", "near"),
    [
        ("disabilitass", "disabilitas", True),
        ("disablitas", "disabilitas", True),
        ("disabiltias", "disabilitas", True),
        ("disabilitos", "disabilitas", True),
        ("disibalitas", "disabilitas", False),
        ("difabel", "disabilitas", False),
    ],
)
def test_one_slip_of_the_finger_is_near(words: Page, asked: str, word: str, near: bool) -> None:
    assert words.evaluate("([asked, word]) => PSM.isNear(asked, word)", [asked, word]) is near


# ---- what is looked through ----------------------------------------------------------------------


def test_the_index_holds_sections_glossary_and_guide_but_no_question_of_a_quiz() -> None:
    html = """<main><nav><a>Beranda</a></nav>
      <section id="satu"><h1>Judul</h1><p>Isi <a>kata</a>.</p>
      <section id="dua"><h2>Bagian <em>dua</em></h2><p>Teks<br>baru</p>
      <svg><text>angka</text></svg></section>
      <section class="quiz" data-quiz="q" id="kuis-q"><p class="quiz-title">Latihan</p><ol>
      <li id="soal-q.a">Soal rahasia</li></ol></section>
      <dl><div id="odgj"><dt>ODGJ <span>orang</span></dt><dd>Arti</dd></div></dl>
      <ul><li id="x" data-words="bingung">
      <details><summary><span>Situasi</span></summary><p>Langkah</p></details></li></ul>
      </section></main><footer>kaki</footer>"""

    assert [entry.written(lead=100) for entry in entries_of(html)] == [
        ["", "Judul", "Isi kata."],
        ["dua", "Bagian dua", "Teks baru"],
        ["kuis-q", "Latihan"],
        ["odgj", "ODGJ orang", "Arti"],
        ["x", "Situasi", "Langkah", "bingung"],
    ]


def test_a_heading_inside_a_part_does_not_stand_glued_to_its_text() -> None:
    html = """<main><h1>Judul</h1><h2>Merah</h2><ul><li id="x"><details><summary>Situasi</summary>
      <h3>Lakukan dulu</h3><ol><li>Menjauh.</ol><h3>Ucapkan</h3><p>Tenang</p></details></ul></main>
      """

    assert [entry.written(lead=100) for entry in entries_of(html)] == [
        ["", "Judul", "Merah"],
        ["x", "Situasi", "Menjauh. Tenang"],
    ]


def test_words_that_are_everywhere_are_not_kept_twice() -> None:
    entry = Entry("a", "", ["Lapor"], ["Singkat saja. Anda melihat pasung"])

    assert entry.written(lead=15, common={"anda", "melihat"}) == [
        "a",
        "Lapor",
        "Singkat saja.",
        "",
        "pasung",
    ]


def test_a_long_text_is_shown_in_part_but_found_whole() -> None:
    entry = Entry(
        "a", "", ["Lapor"], ["Anak itu dilihat tetangga, lalu anak itu dibawa lapor ke Puskesos"]
    )

    *shown, words = entry.written(lead=16)
    assert shown == ["a", "Lapor", "Anak itu", ""]
    assert words.split(" ") == ["dibawa", "dilihat", "lalu", "puskesos", "tetangga"]


def test_a_course_half_as_long_again_still_fits(site: BuiltCourse) -> None:
    """Every second page stands once more with its letters turned round: as many words again that
    nobody has written yet.
    """
    # As the index reads them.
    found = sorted((site.work / "_build" / "html").glob("modules/*/*.html"))
    pages = [(path.name, path.stem, entries_of(path.read_text(encoding="utf-8"))) for path in found]
    turned = [
        (
            name,
            title,
            [
                replace(entry, text=["".join(entry.text)[::-1]], anchor=entry.anchor + "2")
                for entry in entries
            ],
        )
        for name, title, entries in pages[::2]
    ]

    assert len(gzip.compress(script_of([*pages, *turned]).encode(), 6)) <= (SEARCH_KB - 2) * 1000


def test_the_search_of_the_whole_course_stays_small(site: BuiltCourse) -> None:
    parts = [(site.out / "_static" / name).read_bytes() for name in (FILE, "cari.js")]

    assert sum(len(gzip.compress(part, 6)) for part in parts) <= SEARCH_KB * 1000


def test_every_result_of_the_index_leads_to_a_place_that_is_there(
    page: Page, site: BuiltCourse
) -> None:
    index = page.evaluate(
        "PSM.provided('index').map(([address, , parts]) => [address, parts.map(part => part[0])])"
    )

    lost = {
        (address, anchor)
        for address, anchors in index
        for anchor in anchors
        if anchor
        and not re.search(
            rf'id="?{re.escape(anchor)}["\s>]', (site.out / address).read_text(encoding="utf-8")
        )
    }
    assert len(index) > 20
    assert lost == set()


# ---- searching -----------------------------------------------------------------------------------


@pytest.mark.journey
def test_melapor_finds_what_is_written_as_lapor_or_laporan(page: Page) -> None:
    for question in ("melapor", "laporan", "LAPORKAN"):
        found = find(page, question)

        assert "Ke mana melapor" in found[0] or "lapor" in found[0].lower(), question
        assert re.search("melapor", "\n".join(found), re.IGNORECASE)


def test_a_glossary_word_and_a_kind_and_a_situation_are_found(page: Page) -> None:
    assert "ODGJ" in find(page, "ODGJ")[0]
    assert any("Cari kategori" in each for each in find(page, "pemulung"))
    assert any("Ke mana merujuk" in each for each in find(page, "dipasung"))


@pytest.mark.journey
def test_a_result_leads_to_the_section_and_shows_the_words_found(page: Page) -> None:
    find(page, "pemulung")
    link = page.locator(".hits a[href*='cari-kategori']").first
    assert page.locator(".hits mark").first.inner_text().lower().startswith("pemulung")

    link.click()
    page.wait_for_url("**/cari-kategori.html#*")

    assert page.evaluate("document.getElementById(location.hash.slice(1)) !== null")


def test_the_question_stays_in_the_address_and_comes_back(page: Page) -> None:
    found = find(page, "lapor anak")
    assert page.url.endswith("#kata=lapor%20anak")
    assert found

    page.locator(".hits a").first.click()
    page.wait_for_url(lambda url: "cari.html" not in url)
    page.go_back()
    page.wait_for_selector(".hits li")

    assert page.locator("#cari-kata").input_value() == "lapor anak"
    assert page.locator(".hits li").all_inner_texts() == found


def test_a_slip_of_the_finger_still_finds_something(page: Page) -> None:
    assert "isabilitas" in find(page, "disabiltias")[0]


def test_idle_words_of_a_question_do_not_count(page: Page) -> None:
    assert find(page, "bagaimana cara melaporkan") == find(page, "melaporkan")


def test_nothing_found_says_what_to_try(page: Page) -> None:
    assert find(page, "xqzyw") == []

    assert page.locator("[data-count]").inner_text() == Contains("Belum ada yang cocok", '"xqzyw"')
    assert page.locator("[data-empty]").is_visible()
    find(page, "")
    assert not page.locator("[data-empty]").is_visible()


def test_the_number_of_results_is_announced_once_typing_pauses(page: Page) -> None:
    find(page, "rujukan")

    expect(page.locator(".unseen[role=status]")).to_have_text(
        page.locator("[data-count]").inner_text()
    )


def test_more_results_are_shown_on_demand_and_the_focus_goes_on(page: Page) -> None:
    shown = len(find(page, "rujukan"))

    page.locator("[data-more]").click()

    assert page.locator(".hits li").count() > shown
    assert (
        page.evaluate("[...document.querySelectorAll('.hits a')].indexOf(document.activeElement)")
        == shown
    )


def test_what_is_typed_is_never_markup(page: Page) -> None:
    find(page, "<img src=x onerror=alert(1)>")

    assert page.locator("[data-search] img").count() == 0


@pytest.mark.parametrize("question", ["", "lapor anak", "xqzyw"])
def test_axe_finds_nothing_in_any_state(page: Page, question: str) -> None:
    find(page, question)

    assert axe_findings_in_both_schemes(page) == []


def test_search_is_one_tap_away_on_the_smallest_phone(chromium: Browser, site: BuiltCourse) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto((site.out / LESSON).as_uri())

    header = [
        page.locator(name).bounding_box()
        for name in (".brand", ".quick a:first-child", ".quick a:last-child", ".menu > summary")
    ]
    page.locator(".quick a", has_text="Cari").click()

    page.wait_for_url("**/cari.html")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert all(
        box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 320 and box["height"] >= 24
        for box in header
    )
    context.close()
