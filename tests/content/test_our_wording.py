"""The course's own tests cannot be passed by tone: the wording gate of `psm check` on what we wrote
(decision 0109).
"""

from __future__ import annotations

import pytest

from psm_course.checking.test_wise.distance import distance_problems
from psm_course.checking.test_wise.gate import MOST_PASSED, Gate
from psm_course.content.course import CourseFolder, read_course
from tests.conftest import ROOT

BANKS = sorted(path.stem for path in (ROOT / "quizzes").glob("bank-*.yml"))
TESTS = sorted(path.stem for path in (ROOT / "quizzes").glob("tes-*.yml"))


@pytest.fixture(scope="module")
def course() -> CourseFolder:
    course, _ = read_course(ROOT)
    assert course is not None
    return course


@pytest.fixture(scope="module")
def gate(course: CourseFolder) -> Gate:
    return Gate(course.quiz_reads)


@pytest.mark.parametrize("name", [*BANKS, *TESTS])
def test_options_alone_do_not_tell_the_keys(gate: Gate, name: str) -> None:
    assert not gate.sets[name].fails, gate.sets[name].said


@pytest.mark.parametrize("name", [*BANKS, *TESTS])
def test_keys_do_not_repeat_their_questions(gate: Gate, name: str) -> None:
    assert not gate.sets[name].echoes, gate.sets[name].echo


def test_options_alone_do_not_tell_the_keys_of_the_safety_items(gate: Gate) -> None:
    assert gate.safety is not None
    assert len(gate.safety.questions) >= 60  # three of each
    assert not gate.safety.fails, gate.safety.said


def test_reading_options_alone_passes_no_test(gate: Gate) -> None:
    passed = {
        name: found.test_wise_pass
        for name, found in gate.measured().items()
        if found.test_wise_pass is not None
    }

    assert sorted(passed) == ["tes-akhir", "tes-akhir-pengganti"]
    assert {name: share for name, share in passed.items() if share > MOST_PASSED} == {}


def test_no_test_item_repeats_a_practice_item_or_one_of_the_other_form(
    course: CourseFolder,
) -> None:
    assert [str(problem) for problem in distance_problems(course.quiz_reads)] == []
