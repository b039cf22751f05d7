"""The course's own content: enough of it, in every module, for a first Bimtek."""

from __future__ import annotations

import pytest

from psm_course.content.course import Course, Module, read_course
from psm_course.content.items import ITEM_TYPES
from psm_course.content.lessons import Lesson
from tests.conftest import ROOT

FOLDERS = ["01-dasar-peran-psm", "02-mengenali-ppks", "03-perlindungan-anak", "04-kolaborasi-rujukan"]


@pytest.fixture(scope="module")
def course() -> Course:
    course, problems = read_course(ROOT)
    assert course is not None
    assert problems == []
    return course


def module_of(course: Course, folder: str) -> Module:
    return next(module for module in course.modules if module.folder == folder)


def words_for_trainees(lesson: Lesson) -> int:
    return sum(len(cell["source"].split()) for cell in lesson.for_trainees()["cells"] if cell["cell_type"] == "markdown")


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_module_has_a_lesson_of_nine_hundred_words_with_code_that_runs(course: Course, folder: str) -> None:
    lessons = module_of(course, folder).lessons

    assert max(words_for_trainees(lesson) for lesson in lessons) >= 900
    for lesson in lessons:
        assert [cell for cell in lesson.for_trainees()["cells"] if cell["cell_type"] == "code"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_module_has_a_practice_quiz_that_one_of_its_lessons_shows(course: Course, folder: str) -> None:
    practice = {name for name, quiz in course.quizzes.items() if not quiz.is_test and quiz.header.module == folder}
    shown = {quiz for lesson in module_of(course, folder).lessons for _, quiz in lesson.calls("kuis")}

    assert practice
    assert practice <= shown
    assert all(len(course.quizzes[name].items) >= 8 for name in practice)


@pytest.mark.parametrize("folder", FOLDERS)
def test_trainers_find_notes_of_their_own_in_every_lesson(course: Course, folder: str) -> None:
    for lesson in module_of(course, folder).lessons:
        assert len(lesson.notebook["cells"]) - len(lesson.for_trainees()["cells"]) >= 2


def test_both_tests_draw_from_one_pool_of_thirty(course: Course) -> None:
    before, after = course.quizzes["tes-awal"], course.quizzes["tes-akhir"]

    assert [item.id for item in before.items] == [item.id for item in after.items]
    assert (len(after.items), before.drawn, after.drawn) == (30, 15, 15)


def test_every_item_type_is_met_somewhere(course: Course) -> None:
    assert {item.type for quiz in course.quizzes.values() for item in quiz.items} == set(ITEM_TYPES)


def test_in_tests_the_key_is_seldom_the_longest_choice(course: Course) -> None:
    items = [item for item in course.quizzes["tes-akhir"].items if item.type == "choice"]
    longest = [item for item in items if max(item.choices, key=lambda choice: len(choice.text)).correct]  # type: ignore[attr-defined]

    assert len(longest) <= len(items) / 4
