"""The decks of our own course: what they weigh, hold and keep to themselves; and in a real browser
that every slide fits on the wall.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from statistics import median
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from psm_course.content.lessons import quizzes_played_in
from psm_course.content.steps import steps_of
from psm_course.forms.slides.markdown import block_html
from tests.conftest import BuiltCourse
from tests.slides.conftest import Deck

HEAVIEST = 3_000_000  # bytes, all decks together
SMALLEST = 28  # pixels of a slide of 1920 x 1080
SCREENS = ({"width": 1920, "height": 1080}, {"width": 1280, "height": 800})
# Shows one slide after the other, each with its question and its answer, and says how it stands on
# a slide of 1920 x 1080.
MEASURE = """() => [...document.querySelectorAll('.slides > section')].map(section => {
  const was = section.style.cssText, hidden = section.hidden;
  const shows = section.classList.contains('present');
  section.hidden = false;
  section.classList.add('present');
  section.style.cssText = 'display: flex; visibility: visible';
  const body = section.querySelector('.body');
  const scale = document.querySelector('.slides').getBoundingClientRect().width / 1920;
  const states = section.querySelector('.turn') ? ['-1', '0'] : [null];
  const sizes = ['huge', 'great', 'big', 'large', 'normal', 'tight', 'small'];
  const sizeNow = () => sizes.find(size => section.classList.contains(size));
  const overflows = () => [section, body].some(box =>
    box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1);
  const heightNow = () => {
    const all = [...body.children].map(box => box.getBoundingClientRect());
    const boxes = all.filter(box => box.height);
    if (!boxes.length) return 0;
    const end = Math.max(...boxes.map(box => box.bottom));
    return (end - Math.min(...boxes.map(box => box.top))) / scale;
  };
  const foretold = states.map(state => {
    if (state) section.setAttribute('data-fragment', state);
    return {over: overflows(), height: heightNow()};
  });
  const seen = states.map(state => {
    if (state) section.setAttribute('data-fragment', state);
    PSM.fit(section);
    const size = sizeNow(), larger = sizes[sizes.indexOf(size) - 1];
    if (larger) section.classList.replace(size, larger);
    const couldGrow = Boolean(larger) && !section.querySelector('img, svg') && !overflows();
    if (larger) section.classList.replace(larger, size);
    const texts = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
    let smallest = 1000;
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const parent = text.parentElement;
      if (text.data.trim() && parent.checkVisibility() && !parent.closest('.notes, svg')) {
        smallest = Math.min(smallest, parseFloat(getComputedStyle(parent).fontSize));
      }
    }
    return {
      over: overflows(), couldGrow, size, smallest,
    };
  });
  section.style.cssText = was;
  section.hidden = hidden;
  section.classList.toggle('present', shows);
  return {
    name: (section.querySelector('h2, h1') || section).textContent.trim(),
    sizes: seen.map(state => state.size),
    over: seen.some(state => state.over),
    couldGrow: seen.some(state => state.couldGrow),
    asForetold: !foretold.some(state => state.over),
    height: Math.max(...foretold.map(state => state.height)),
    smallest: Math.min(...seen.map(state => state.smallest)),
  };
})"""


@pytest.fixture(scope="module")
def measured(decks: dict[str, Deck], chromium: Browser) -> dict[str, list[list[dict[str, Any]]]]:
    """By module: the slides as they stand on each of the two screens."""
    page = chromium.new_page()
    found = {
        name: [_measured(page, deck, screen) for screen in SCREENS] for name, deck in decks.items()
    }
    page.close()
    return found


def _measured(page: Page, deck: Deck, screen: Any) -> list[dict[str, Any]]:
    page.set_viewport_size(screen)
    page.goto(deck.path.as_uri())
    page.wait_for_selector(".reveal.ready")
    slides: list[dict[str, Any]] = page.evaluate(MEASURE)
    return slides


def test_every_slide_fits_on_both_screens(measured: dict[str, list[list[dict[str, Any]]]]) -> None:
    over = [
        (module, slide["name"])
        for module, screens in measured.items()
        for slides in screens
        for slide in slides
        if slide["over"]
    ]

    assert over == []
    assert all(len(wide) == len(narrow) for wide, narrow in measured.values())
    assert all(len(wide) > 20 for module, (wide, _) in measured.items() if module != "acara")


def test_no_text_is_too_small_to_read_from_the_last_row(
    measured: dict[str, list[list[dict[str, Any]]]],
) -> None:
    smallest = {
        slide["name"]: slide["smallest"] for screens in measured.values() for slide in screens[0]
    }

    assert {name: size for name, size in smallest.items() if size < SMALLEST} == {}
    assert min(smallest.values()) == SMALLEST


def test_letters_are_as_large_as_a_slide_of_words_has_room_for(
    measured: dict[str, list[list[dict[str, Any]]]],
) -> None:
    shown = [
        (module, slide)
        for module, screens in measured.items()
        for slides in screens
        for slide in slides
    ]

    assert [(module, slide["name"]) for module, slide in shown if slide["couldGrow"]] == []
    assert sum("huge" in slide["sizes"] for _, slide in shown) > 100


def test_what_is_foretold_of_a_slide_is_what_the_browser_makes_of_it(
    decks: dict[str, Deck], measured: dict[str, list[list[dict[str, Any]]]]
) -> None:
    """`psm check` foretells without a browser: seldom too little, and then by less than a line; not
    far too much either.
    """
    pairs = [
        (slide.title, slide.height, shown["height"])
        for module, deck in decks.items()
        for slide, shown in zip(deck.slides, measured[module][0], strict=True)
        if slide.height and shown["asForetold"]
    ]

    assert len(pairs) > 250
    assert [
        (name, round(told), round(seen)) for name, told, seen in pairs if seen > told + 48
    ] == []
    assert 0.75 < median(seen / told for _, told, seen in pairs) < 1.0


def test_all_decks_together_weigh_less_than_three_megabytes(decks: dict[str, Deck]) -> None:
    assert 1_000_000 < sum(deck.path.stat().st_size for deck in decks.values()) <= HEAVIEST


class _Loaded(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if tag != "a" and name in ("src", "href", "data", "srcset", "poster"):
                self.addresses.append(str(value))
            if name.startswith("on"):
                self.inline.append(name)


def test_a_deck_loads_nothing_and_runs_nothing_but_what_is_in_it(decks: dict[str, Deck]) -> None:
    for deck in decks.values():
        text = deck.path.read_text(encoding="utf-8")
        found = _Loaded()
        found.feed(text)

        assert [address for address in found.addresses if not address.startswith("data:")] == []
        assert found.inline == []
        assert "@import" not in text
        assert (
            re.findall(
                r"url\((?!data:)", re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
            )
            == []
        )


def test_every_step_and_every_practice_item_has_a_slide(
    site: BuiltCourse, decks: dict[str, Deck]
) -> None:
    course = site.course()
    for module in course.modules:
        titles = {slide.title for slide in decks[module.folder].slides}
        for lesson in module.lessons:
            for step in steps_of(lesson.notebook):
                if not step.is_worked:
                    assert step.title in titles, lesson.file
                for name in [step.quiz] if step.quiz else quizzes_played_in(step.played):
                    quiz = course.quizzes[name]
                    count = len(quiz.items)
                    assert (
                        f"{quiz.header.title} · {count} dari {count}"
                        if count > 1
                        else quiz.header.title
                    ) in titles


def test_trainers_notes_are_in_the_notes_and_nowhere_else(
    site: BuiltCourse, decks: dict[str, Deck]
) -> None:
    for module in site.course().modules:
        slides = decks[module.folder].slides
        steps = [step for lesson in module.lessons for step in steps_of(lesson.notebook)]
        told = [block_html(part.source) for step in steps for part in (*step.notes, *step.sources)]
        assert len(told) >= len(module.lessons)
        for note in told:
            assert any(note in slide.notes for slide in slides)
            assert not any(note.strip() in slide.body for slide in slides)


def test_no_code_stands_on_the_wall(decks: dict[str, Deck]) -> None:
    for deck in decks.values():
        bodies = " ".join(slide.body for slide in deck.slides)
        assert [word for word in ("tabel(", "kuis(", "bantuan(", "import ") if word in bodies] == []


def test_every_slide_says_something_to_the_trainer(decks: dict[str, Deck]) -> None:
    silent = [
        (name, slide.title)
        for name, deck in decks.items()
        for slide in deck.slides
        if not slide.notes.strip()
    ]

    assert silent == []
    plain = next(
        slide
        for slide in decks["01-dasar-peran-psm"].slides
        if slide.title == "Empat kalimat di depan pintu"
    )
    assert "Alur pelajaran:" in plain.notes
    assert "Catatan pelatih: 35 menit" in plain.notes


def test_no_slide_is_there_to_say_that_a_quiz_follows_or_where_the_knowledge_comes_from(
    decks: dict[str, Deck],
) -> None:
    titles = {slide.title for name, deck in decks.items() for slide in deck.slides}

    assert not titles & {"Latihan", "Sumber", "Coba satu kasus"}
    first = next(
        slide for slide in decks["01-dasar-peran-psm"].slides if slide.title.endswith("1 dari 5")
    )
    assert first.body.startswith('<div class="lead"><p>Lima soal.')
    assert "<h2>Sumber</h2>" in decks["01-dasar-peran-psm"].slides[-2].notes


def test_a_scale_has_nothing_to_open(decks: dict[str, Deck]) -> None:
    scales = [
        slide for deck in decks.values() for slide in deck.slides if "item-rating" in slide.body
    ]

    assert [slide.title for slide in scales if "fragment" in slide.body] == []
    assert scales


def test_what_is_for_the_phone_or_for_the_notebook_stands_on_no_slide(
    decks: dict[str, Deck],
) -> None:
    bodies = [slide.body for deck in decks.values() for slide in deck.slides]

    assert [
        words
        for words in ("Buka kotak ini dulu", "hanya ditampilkan pelatih")
        if any(words in body for body in bodies)
    ] == []


def test_when_to_call_whom_is_told_once_and_last(decks: dict[str, Deck]) -> None:
    numbers = [
        slide for slide in decks["01-dasar-peran-psm"].slides if slide.title == "Nomor bantuan"
    ]

    assert ["Belum dikonfirmasi" in slide.body for slide in numbers] == [False] * (
        len(numbers) - 1
    ) + [True]
    assert decks["01-dasar-peran-psm"].slides[-1] is numbers[-1]


def test_a_question_for_a_show_of_hands_has_a_slide_with_its_letters(
    decks: dict[str, Deck],
) -> None:
    bodies = [slide.body for slide in decks["07-pendampingan-respons"].slides]

    assert any(
        "kursi roda bekas" in body and "<strong>C.</strong> Hijau" in body for body in bodies
    )


def test_the_opening_and_the_closing_are_a_deck_without_the_results_that_are_for_the_laptop(
    decks: dict[str, Deck],
) -> None:
    slides = decks["acara"].slides
    titles = [slide.title for slide in slides]

    assert (
        titles.index("Lima kelompok")
        < titles.index("Tes awal: sudah terkirim?")
        < titles.index("Sebelum pulang")
    )
    assert not any("hasil(" in slide.body or "sebelum_sesudah" in slide.body for slide in slides)
