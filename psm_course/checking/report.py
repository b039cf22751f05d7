"""The result of a check, as a value.

This module loads no quiz code, so that remembered results are printed without delay.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from psm_course.authoring.problems import Problem
from psm_course.grading.given import GiveAway

if TYPE_CHECKING:
    from psm_course.content.course import CourseFolder


class ByTone(NamedTuple):
    """Shares (0 to 1) that tell how much the wording of a test gives away.

    Attributes:
        options_alone: the share of the questions with exactly one right option that are guessed
            right from their options alone; None if the test has no such question.
        test_wise_pass: the share of sittings that pass if these questions are guessed from their
            options alone, and all other items stay blank; None if the test has no pass mark.
        echo: the share of questions answered right by picking the option that repeats most words of
            the question; None if the test has no question with exactly one right option.
    """

    options_alone: float | None
    test_wise_pass: float | None
    echo: float | None


@dataclass(frozen=True)
class Report:
    """The result of a check.

    Attributes:
        problems: the problems in file order.
        quizzes: for each quiz that can be graded, the points that blank answers and guessing get,
            by quiz id.
        by_tone: for each test and bank, how much its wording gives away, by quiz id.
        course: the course that was read; None if it could not be read, or a single file was
            checked.
    """

    problems: tuple[Problem, ...]
    quizzes: dict[str, GiveAway] = field(default_factory=dict)
    by_tone: dict[str, ByTone] = field(default_factory=dict)
    course: CourseFolder | None = field(default=None, compare=False, repr=False)


def is_part_of_course(path: Path) -> bool:
    """True for a page, lesson or data file, which is checked together with its course.

    False for a quiz, which can be checked alone.
    """
    return path.suffix in (".md", ".ipynb") or path.resolve().parent.name == "modules"
