"""What a check found, as a value. Loads no quiz: what was found before in the same files is said again at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from psm_course.authoring.problems import Problem
from psm_course.grading.given import GiveAway

if TYPE_CHECKING:
    from psm_course.content.course import CourseFolder


class ByTone(NamedTuple):
    """Shares from 0 to 1; None where there is nothing to guess, or nothing to pass."""

    options_alone: float | None
    test_wise_pass: float | None
    echo: float | None


@dataclass(frozen=True)
class Report:
    """Problems in file order, what each gradable quiz gives away (by wording: each that is no practice), and the course that was read."""

    problems: tuple[Problem, ...]
    quizzes: dict[str, GiveAway] = field(default_factory=dict)
    by_tone: dict[str, ByTone] = field(default_factory=dict)
    course: CourseFolder | None = field(default=None, compare=False, repr=False)


def is_part_of_course(path: Path) -> bool:
    """Whether a file is a page, a lesson or a data file, which nobody can judge without the course around it; a quiz can be."""
    return path.suffix in (".md", ".ipynb") or path.resolve().parent.name == "modules"
