"""Items of practice quizzes that no slide can hold are named; tests are shown on no slide."""

from __future__ import annotations

from dirty_equals import Contains

from psm_course.checking.quizzes.lengths import item_findings
from tests.builders import a_quiz, an_item


def test_an_item_that_no_slide_can_hold_is_a_warning() -> None:
    quiz = a_quiz([an_item(prompt="Apa yang Anda lakukan? " * 120)], use="practice")

    (finding,) = item_findings(quiz)

    assert (finding.path, finding.severity) == (("items", 0), "warning")
    assert finding.message == Contains("tidak muat", "satu slide")
    assert list(item_findings(a_quiz(use="practice"))) == []


def test_a_test_is_not_judged_by_slides() -> None:
    assert list(item_findings(a_quiz([an_item(prompt="Apa? " * 900)], use="posttest"))) == []
