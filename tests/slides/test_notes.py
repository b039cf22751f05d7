"""The trainers' notes of our own course on paper, read back out of the PDF."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from pypdfium2 import raw

from psm_course.content.course import CourseFolder, read_course
from psm_course.content.lessons import Lesson
from psm_course.content.steps import steps_of
from psm_course.slides.deck import decks_of
from psm_course.slides.notes import print_notes
from tests.conftest import ROOT
from tests.printing.readers import opened, stray_letters, texts

SMALLEST = 11  # points: it is read in a dark hall
_FOOT = re.compile(
    r"(?P<place>Pelajaran \d\.\d|Acara \d) · keadaan 30 November 2026 · versi [0-9a-f]{12}"
    r" Halaman (?P<page>\d+) dari \d+$"
)


@pytest.fixture(scope="module")
def course() -> CourseFolder:
    read, problems = read_course(ROOT)
    assert read is not None, problems
    return read


@pytest.fixture(scope="module")
def paper(course: CourseFolder) -> bytes:
    return print_notes(course, decks_of(course), date(2026, 11, 30))


@pytest.fixture(scope="module")
def printed(paper: bytes) -> dict[str, str]:
    """The words of each lesson's pages without their feet, by its place."""
    lessons: dict[str, str] = {}
    for page in texts(paper):
        foot = _FOOT.search(page)
        assert foot, page
        lessons[foot["place"]] = f"{lessons.get(foot['place'], '')} {page[: foot.start()]}"
    return lessons


def lessons_by_place(course: CourseFolder) -> dict[str, Lesson]:
    numbers = {
        f"Pelajaran {module}.{number}": lesson
        for module, folder in enumerate(course.modules, 1)
        for number, lesson in enumerate(folder.lessons, 1)
    }
    return numbers | {f"Acara {number}": each for number, each in enumerate(course.events, 1)}


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def told_to_trainers(notebook: Path) -> list[str]:
    """Every line and every cell of a table in a notebook's cells for trainers, in letters."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    lines = [
        line
        for cell in cells
        if cell["cell_type"] == "markdown" and "trainer" in cell["metadata"].get("tags", [])
        for line in "".join(cell["source"]).splitlines()
    ]
    return [found for line in lines for part in line.split("|") if (found := letters(part))]


def test_every_note_of_every_lesson_is_printed_in_its_order(
    course: CourseFolder, printed: dict[str, str]
) -> None:
    lessons = lessons_by_place(course)
    missing = []
    for place, lesson in lessons.items():
        rest = letters(printed[place])
        for told in told_to_trainers(lesson.path):
            _, found, after = rest.partition(told)
            missing += [] if found else [(place, told)]
            rest = after if found else rest

    assert missing == []
    assert printed.keys() == lessons.keys()
    assert sum(len(told_to_trainers(lesson.path)) for lesson in lessons.values()) > 400


def test_a_lesson_begins_with_its_plan_and_has_all_its_steps_in_order(
    course: CourseFolder, printed: dict[str, str]
) -> None:
    for place, lesson in lessons_by_place(course).items():
        title, *steps = (step.title for step in steps_of(lesson.notebook))
        cuts = "".join(f"{cut.title} hemat {cut.minutes} menit" for cut in lesson.cuts)
        late = f"Terlambat? Potong menurut urutan ini: {cuts}" if cuts else ""
        rest = letters(printed[place])

        assert letters(f"{title} {lesson.minutes} menit. {late}") in rest
        for step in steps:
            _, found, rest = rest.partition(letters(step))
            assert found, f"{place}: {step}"


def test_pages_are_numbered_and_every_lesson_begins_one(paper: bytes) -> None:
    pages = texts(paper)
    feet = [found for page in pages if (found := _FOOT.search(page))]

    assert [int(foot["page"]) for foot in feet] == [*range(1, len(pages) + 1)]
    begun = [page for page in pages if page.startswith("Catatan pelatih · ")]
    assert len(begun) == len({foot["place"] for foot in feet})


def test_no_letter_is_too_small_for_a_dark_hall_or_leaves_the_page(paper: bytes) -> None:
    sizes = set()
    with opened(paper) as document:
        for page in document:
            text = page.get_textpage()
            written = [
                index
                for index in range(text.count_chars())
                if text.get_text_range(index, 1).strip()
            ]
            sizes |= {raw.FPDFText_GetFontSize(text.raw, index) for index in written}
            assert page.get_size() == pytest.approx((595.28, 841.89), abs=0.1)

    assert min(sizes) == SMALLEST
    assert stray_letters(paper, 20) == []


def test_no_question_of_a_test_and_no_explanation_is_printed(
    course: CourseFolder, printed: dict[str, str]
) -> None:
    everything = letters(" ".join(printed.values())).casefold()
    secret = [
        text
        for quiz in course.quizzes.values()
        if quiz.is_test
        for item in quiz.items
        for text in (item.prompt, item.explanation)
        if text
    ]

    assert [text for text in secret if letters(text).casefold() in everything] == []
    assert len(secret) > 100
