"""Our own course has no problem at all, not even a warning, and holds what its issue promised.

Help numbers that nobody has called for a year are the exception: only a telephone call mends those.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from psm_course.checking.check import check
from psm_course.checking.report import Report
from psm_course.content.course import CourseFolder
from psm_course.content.help.field_guide import KINDS_FILE, ROUTES_FILE, read_field_guide
from psm_course.content.quiz import Quiz
from psm_course.content.review import REVIEW_FILE, read_review
from psm_course.items.case.fields import CaseItem

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def report() -> Report:
    return check(ROOT, date.today())


@pytest.fixture(scope="module")
def course(report: Report) -> CourseFolder:
    assert report.course
    return report.course


def cases(course: CourseFolder) -> list[tuple[Quiz, CaseItem]]:
    """Every case with its quiz."""
    return [
        (quiz, item)
        for quiz in course.quizzes.values()
        for item in quiz.items
        if isinstance(item, CaseItem)
    ]


def test_no_errors_today_and_both_tests_are_measured(report: Report) -> None:
    """Facts past their review month fail here too: that is what `review_by` is for."""
    assert [str(problem) for problem in report.problems if problem.severity == "error"] == []
    assert {"tes-awal", "tes-akhir"} <= set(report.quizzes)


def test_no_problems_but_numbers_to_be_called(report: Report) -> None:
    numbers = [
        problem
        for problem in report.problems
        if problem.file == REVIEW_FILE.as_posix() and "terakhir diperiksa" in problem.message
    ]

    assert [str(problem) for problem in report.problems if problem not in numbers] == []


def test_whatever_the_two_field_pages_advise_is_asked_of_an_authority(course: CourseFolder) -> None:
    guide, review = (
        read_field_guide(course.root, [contact.id for contact in course.contacts])[0],
        read_review(course.root)[1],
    )
    assert guide.kinds is not None
    assert guide.routes is not None

    advised = [f"{KINDS_FILE}#{each.id}" for each in guide.kinds.kinds] + [
        f"{KINDS_FILE}#{sign.id}" for _, sign in guide.kinds.placed_signs()
    ]
    advised += [
        f"{ROUTES_FILE}#{each.id}" for each in (*guide.routes.levels, *guide.routes.situations)
    ]
    asked = {place for entry in review.entries if entry.kind == "table" for place in entry.where}

    assert [place for place in advised if place not in asked] == []
    assert {entry.authority for entry in review.entries if entry.id.startswith("keadaan-")} == {
        "dinsos",
        "uptd-ppa",
        "dinkes",
    }


def test_eight_cases_of_five_to_nine_steps_two_of_them_on_children(course: CourseFolder) -> None:
    steps = {quiz.id: len(item.steps) for quiz, item in cases(course)}
    modules = Counter(quiz.header.module for quiz, _ in cases(course))

    assert len(steps) >= 8
    assert {name: count for name, count in steps.items() if not 5 <= count <= 9} == {}
    assert modules["03-perlindungan-anak"] >= 2


def test_cases_have_more_than_one_good_way_and_a_way_back_from_mistakes(
    course: CourseFolder,
) -> None:
    """After a choice without credit there are steps still to come at which credit is earned."""
    for _, case in cases(course):
        earning = {step.id for step in case.steps if any(choice.credit for choice in step.choices)}
        wrong = [
            choice.next for step in case.steps[:-1] for choice in step.choices if not choice.credit
        ]
        assert any(
            sum(choice.credit >= 0.5 for choice in step.choices) > 1 for step in case.steps
        ), case.id
        assert {target for target in wrong if target not in earning} <= {"end"}, case.id


def test_every_item_id_of_the_banks_is_used_once(course: CourseFolder) -> None:
    """Tests draw from several banks at once."""
    ids = Counter(
        item.id
        for quiz in course.quizzes.values()
        if quiz.header.use == "bank"
        for item in quiz.items
    )

    assert [name for name, count in ids.items() if count > 1] == []


def test_banks_use_most_item_types(course: CourseFolder) -> None:
    kinds = {
        item.type
        for quiz in course.quizzes.values()
        if quiz.header.use == "bank"
        for item in quiz.items
    }

    assert kinds == {"choice", "choices", "order", "match", "number", "text"}
