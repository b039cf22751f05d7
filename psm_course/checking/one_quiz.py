"""`psm check FILE`: one quiz by itself. Loads nothing that only a whole course needs."""

import re
from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path

from psm_course.authoring.memory import NOTHING_KEPT, Memory
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
from psm_course.checking.report import Report
from psm_course.checking.test_wise.gate import tone_problems
from psm_course.checking.test_wise.questions import Asked, asked_in
from psm_course.checking.wording.wording import quiz_wording
from psm_course.content.quiz_files.reading import QuizRead, read_quiz
from psm_course.grading.chance import give_away
from psm_course.grading.given import GiveAway


def check_quiz(path: Path, today: date, memory: Memory = NOTHING_KEPT) -> Report:
    """Check one quiz by itself, without the rest of the course.

    Args:
        memory: results for the files beside it that did not change.
    """
    read = read_quiz(path, memory=memory)
    problems, given = own_problems([read], today, measure=True)
    by_wording, measured = tone_problems([read], _beside(path, read, memory))
    return Report(in_order([*read.problems, *problems, *by_wording]), given, measured)


_IS_PRACTICE = re.compile(r"^use:\s*practice\b", re.MULTILINE)


def _beside(path: Path, read: QuizRead, memory: Memory) -> list[Asked]:
    """Find questions beside a test from which a guesser could learn.

    They stand in the files beside it: practice quizzes and the pool.
    """
    if read.quiz is None or not read.quiz.is_test:
        return []
    practised = [
        file
        for file in sorted(path.parent.glob("*.y*ml"))
        if file != path and _IS_PRACTICE.search(_text_of(file))
    ]
    return [
        memory.recall_of_files("asked", [file], partial(_asked, file))
        for file in (*practised, *read.pool_files)
    ]


def _asked(file: Path) -> Asked:
    return asked_in(read_quiz(file, beside_others=True))


def _text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems without duplicates, sorted by file and position."""
    return tuple(sorted(set(problems)))


def own_problems(
    reads: Iterable[QuizRead], today: date, measure: bool
) -> tuple[list[Problem], dict[str, GiveAway]]:
    """Problems inside quiz files, and what each quiz gives away.

    Args:
        measure: compute what quizzes give away, which is the slow part; otherwise that is empty.
    """
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
