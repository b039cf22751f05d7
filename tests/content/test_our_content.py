"""The course's own content: enough of it, in every module, and the two tests parallel. `tests/checking/test_our_course.py` has the rest."""

from __future__ import annotations

from collections import Counter

import pytest

from psm_course.content.course import Course, Module, read_course
from psm_course.content.items import ITEM_TYPES
from psm_course.content.lessons import Lesson
from tests.conftest import ROOT

FOLDERS = [
    "01-dasar-peran-psm",
    "02-mengenali-ppks",
    "03-perlindungan-anak",
    "04-kolaborasi-rujukan",
    "05-kesehatan-jiwa",
    "06-disabilitas-inklusif",
    "07-pendampingan-respons",
]


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


def test_the_course_has_these_modules_and_fills_sixteen_hours(course: Course) -> None:
    assert [module.folder for module in course.modules] == FOLDERS
    assert sum(session.hours for session in course.file.sessions) == course.file.hours == 16


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_module_has_two_to_four_lessons_to_read_with_code_that_runs(course: Course, folder: str) -> None:
    lessons = module_of(course, folder).lessons

    assert 2 <= len(lessons) <= 4
    assert sum(words_for_trainees(lesson) for lesson in lessons) >= 900
    for lesson in lessons:
        assert [cell for cell in lesson.for_trainees()["cells"] if cell["cell_type"] == "code"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_practice_quiz_of_a_module_is_shown_by_one_of_its_lessons(course: Course, folder: str) -> None:
    practice = {name for name, quiz in course.quizzes.items() if not quiz.is_test and quiz.header.module == folder}
    shown = [quiz for lesson in module_of(course, folder).lessons for _, quiz in lesson.calls("kuis")]

    assert sorted(practice) == sorted(shown)
    assert sum(len(course.quizzes[name].items) for name in practice) >= 10


@pytest.mark.parametrize("folder", FOLDERS)
def test_trainers_find_notes_of_their_own_in_every_lesson(course: Course, folder: str) -> None:
    for lesson in module_of(course, folder).lessons:
        assert len(lesson.notebook["cells"]) - len(lesson.for_trainees()["cells"]) >= 1


def test_pre_test_and_post_test_are_parallel(course: Course) -> None:
    """The same objectives, equally often, in other stories."""
    before, after = course.quizzes["tes-awal"], course.quizzes["tes-akhir"]

    assert Counter(item.objective for item in before.items) == Counter(item.objective for item in after.items)
    assert set(course.objectives) == {item.objective for item in after.items}
    assert not {item.id for item in before.items} & {item.id for item in after.items}
    assert before.drawn == after.drawn == 20


def test_what_the_domain_notes_mark_as_dangerous_reaches_everybody(course: Course) -> None:
    """Critical choices stand in form b alone, and every item that has one is drawn for everybody."""
    after = course.quizzes["tes-akhir"]
    critical = {item.id for item in after.items if item.scoring_data().get("critical")}

    assert critical == after.always_drawn
    assert len(critical) == 8
    assert not any(item.scoring_data().get("critical") for item in course.quizzes["tes-awal"].items)


def test_every_item_type_is_met_somewhere(course: Course) -> None:
    assert {item.type for quiz in course.quizzes.values() for item in quiz.items} == set(ITEM_TYPES)
