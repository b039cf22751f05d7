"""The result of a check, as a value.

Loads no quiz code, so that remembered results are printed without delay.
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
    """Shares (0 to 1) that the wording of a test gives away; None: nothing to guess or to pass.

    `options_alone` is the share of questions guessed right from their options alone,
    `test_wise_pass` the share of sittings passed in this way. `echo` is the share guessed right by
    picking the option that repeats most words of the question.
    """

    options_alone: float | None
    test_wise_pass: float | None
    echo: float | None


@dataclass(frozen=True)
class Report:
    """The result of a check.

    Attributes:
        problems: in file order.
        quizzes: what each gradable quiz gives away to blank answers and guessing, by quiz id.
        by_tone: what the wording of each test and bank gives away, by quiz id.
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
