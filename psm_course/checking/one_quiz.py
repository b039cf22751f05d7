"""`psm check FILE`: one quiz by itself, and what its answers give away. Loads nothing that only a whole course needs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from psm_course.authoring.problems import Problem
from psm_course.authoring.reading import locate
from psm_course.checking.pages.markup import markup_findings
from psm_course.checking.pages.readability import quiz_reading
from psm_course.checking.pages.template_words import template_findings
from psm_course.checking.quizzes.editorial import quiz_findings
from psm_course.checking.quizzes.giveaways import key_findings, passing_findings
from psm_course.checking.quizzes.lengths import item_findings
from psm_course.checking.quizzes.pass_marks import pass_mark_findings
from psm_course.checking.quizzes.variants import variant_findings
from psm_course.checking.test_wise.gate import ByTone, tone_problems
from psm_course.checking.wording.wording import quiz_wording
from psm_course.content.quiz import QuizRead, read_quiz
from psm_course.grading.chance import GiveAway, give_away

if TYPE_CHECKING:
    from psm_course.content.course import CourseFolder


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


def check_quiz(path: Path, today: date) -> Report:
    """One quiz by itself, without the rest of the course."""
    read = read_quiz(path)
    problems, given = own_problems([read], today, measure=True)
    by_wording, measured = tone_problems([read], _beside(path, read))
    return Report(in_order([*read.problems, *problems, *by_wording]), given, measured)


_IS_PRACTICE = re.compile(r"^use:\s*practice\b", re.MULTILINE)


def _beside(path: Path, read: QuizRead) -> list[QuizRead]:
    """The files from which somebody learns to guess at this one: what is practised with, and the pool; read only where it is a test."""
    if read.quiz is None or not read.quiz.is_test:
        return []
    practised = [file for file in sorted(path.parent.glob("*.y*ml")) if file != path and _IS_PRACTICE.search(_text_of(file))]
    return [read_quiz(file, beside_others=True) for file in (*practised, *read.pool_files)]


def _text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems)))


def own_problems(reads: Iterable[QuizRead], today: date, measure: bool) -> tuple[list[Problem], dict[str, GiveAway]]:
    """What is wrong inside quiz files; with `measure` also what each of them gives away, which is the slow part."""
    problems: list[Problem] = []
    given: dict[str, GiveAway] = {}
    for read in reads:
        findings = [
            *quiz_findings(read, today),
            *markup_findings(read.source.tree),
            *template_findings(read.source.tree),
            *quiz_wording(read),
            *quiz_reading(read),
            *key_findings(read),
            *variant_findings(read),
        ]
        if read.quiz:
            findings += [*pass_mark_findings(read.quiz), *item_findings(read.quiz)]
            if measure:
                given[read.quiz.id] = give_away(read.quiz)
                findings += passing_findings(read.quiz, given[read.quiz.id])
        problems += locate(read.source, findings)
    return problems, given
