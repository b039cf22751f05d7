"""The result of a check, as a value.

Loads no quiz code, so that remembered results are printed at once.
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
    """Shares (0 to 1) of what the wording of a test gives away; None: nothing to guess or pass.

    `options_alone` is the share of right answers guessed from the options, `test_wise_pass` the
    share of sittings passed so, `echo` the share of right answers that repeat words of their
    question.
    """

    options_alone: float | None
    test_wise_pass: float | None
    echo: float | None


@dataclass(frozen=True)
class Report:
    """The result of a check: problems in file order, and the course that was read.

    Also what each gradable quiz gives away. `by_tone` has every quiz that is not practice.
    """

    problems: tuple[Problem, ...]
    quizzes: dict[str, GiveAway] = field(default_factory=dict)
    by_tone: dict[str, ByTone] = field(default_factory=dict)
    course: CourseFolder | None = field(default=None, compare=False, repr=False)


def is_part_of_course(path: Path) -> bool:
    """True for a page, lesson or data file, which needs the course around it.

    A quiz can be checked alone.
    """
    return path.suffix in (".md", ".ipynb") or path.resolve().parent.name == "modules"
