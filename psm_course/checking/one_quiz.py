"""`psm check FILE`: checks one quiz by itself, and loads no code that only a course needs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from psm_course.authoring.memory import NOTHING_KEPT, Memory
from psm_course.authoring.problems import Finding, Problem
from psm_course.authoring.reading import locate
from psm_course.checking.pages.markup import markup_findings
from psm_course.checking.pages.readability import quiz_reading
from psm_course.checking.pages.template_words import template_findings
from psm_course.checking.quizzes.editorial import quiz_findings
from psm_course.checking.quizzes.giveaways import key_findings, passing_findings
from psm_course.checking.quizzes.lengths import item_findings
from psm_course.checking.quizzes.pass_marks import pass_mark_findings
from psm_course.checking.quizzes.variants import variant_findings
from psm_course.checking.report import ByTone, Report
from psm_course.checking.test_wise.gate import tone_findings
from psm_course.checking.test_wise.questions import Asked, asked_in
from psm_course.checking.wording.wording import quiz_wording
from psm_course.content.quiz import Quiz, QuizHeader
from psm_course.content.quiz_files.reading import QuizRead, read_quiz
from psm_course.grading.chance import give_away
from psm_course.grading.given import GiveAway


def check_quiz(path: Path, today: date, memory: Memory = NOTHING_KEPT) -> Report:
    """Check one quiz by itself, without the rest of the course.

    Args:
        path: the quiz file.
        today: the day that decides which dates in the file are too old.
        memory: results for other quiz files in the same folder that did not change.
    """
    read = read_quiz(path, memory=memory)
    problems, given = own_problems([read], today, measure=True, memory=memory)
    findings, measured = _by_wording(read, _beside(path, read), memory)
    by_wording = locate(read.source, findings)
    return Report(in_order([*read.problems, *problems, *by_wording]), given, measured)


_IS_PRACTICE = re.compile(r"^use:\s*practice\b", re.MULTILINE)


def _beside(path: Path, read: QuizRead) -> list[Path]:
    """Find the quiz files from which a guesser could learn something about a test.

    They are the practice quizzes in the test's folder, and the files of the pool from which the
    test draws. Empty if the quiz is no test or has mistakes.
    """
    if read.quiz is None or not read.quiz.is_test:
        return []
    practised = [
        file
        for file in sorted(path.parent.glob("*.y*ml"))
        if file != path
        and file.is_file()
        and _IS_PRACTICE.search(file.read_text(encoding="utf-8", errors="replace"))
    ]
    return [*practised, *read.pool_files]


_ByWording = tuple[tuple[Finding, ...], dict[str, ByTone]]


def _by_wording(read: QuizRead, files: Sequence[Path], memory: Memory) -> _ByWording:
    """Return the problems in the wording of a quiz, and its `ByTone` by quiz id.

    `ByTone` has shares that tell how much the wording gives away. If the quiz uses items of other
    files, `memory` keeps the result until one of `files` changes.

    Args:
        read: the quiz.
        files: quiz files from which a guesser could learn.
        memory: earlier results.
    """
    if not read.pooled or read.quiz is None:
        return _judged(read, files, memory)
    for file in files:
        memory.keep_of_files("asked", [file])
    counting = replace(read, quiz=_counting(read.quiz))
    return memory.recall_of_files(
        f"wording {counting.quiz and counting.quiz.header!r}",
        files,
        partial(_judged, counting, files, memory),
    )


def _judged(read: QuizRead, files: Sequence[Path], memory: Memory) -> _ByWording:
    return tone_findings(
        read, [memory.recall_of_files("asked", [file], partial(_asked, file)) for file in files]
    )


def _asked(file: Path) -> Asked:
    return asked_in(read_quiz(file, beside_others=True))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems without duplicates, sorted by file and position."""
    return tuple(sorted(set(problems)))


def own_problems(
    reads: Iterable[QuizRead], today: date, measure: bool, memory: Memory = NOTHING_KEPT
) -> tuple[list[Problem], dict[str, GiveAway]]:
    """Return the problems inside the quiz files, and the points that guessing gets in each quiz.

    These points are the second result, by quiz id. They are shares of the quiz's maximum points:
    somebody who knows nothing gets such a share, for example by guessing.

    Args:
        reads: the quiz files.
        today: the day that decides which dates in the files are too old.
        measure: True to compute the second result, which is slow. If False, the second result is
            empty.
        memory: results of earlier runs. For a quiz that uses items of other files, the earlier
            result is used again if those files did not change. The quiz's own header may have
            changed only in parts that do not matter for guessing.
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
            findings += item_findings(read.quiz)
            if measure:
                passing, given[read.quiz.id] = _measured(read, read.quiz, memory)
                findings += passing
            else:
                findings += pass_mark_findings(read.quiz)
        problems += locate(read.source, findings)
    return problems, given


_Passing = tuple[tuple[Finding, ...], GiveAway]


def _measured(read: QuizRead, quiz: Quiz, memory: Memory) -> _Passing:
    """Return the problems with the pass mark of a quiz, and the points that guessing gets in it.

    If the quiz uses items of other files, `memory` keeps the result until one of these files
    changes.
    """
    counting = _counting(quiz)
    if not read.pooled:
        return _passing(counting)
    return memory.recall_of_files(
        f"passing {counting.header!r}", read.pool_files, partial(_passing, counting)
    )


def _counting(quiz: Quiz) -> Quiz:
    """Return the quiz without the parts of its header that change nothing for somebody who guesses.

    Earlier results are looked up by the parts that remain. So an earlier result is still found if
    an author changed, for example, only the title.
    """
    without = {name: QuizHeader.model_fields[name].default for name in _NOT_COUNTING}
    return replace(quiz, header=quiz.header.model_copy(update={"title": "-", **without}))


_NOT_COUNTING = ("module", "attempts", "cool_down", "without_card", "shuffle", "time_limit")


def _passing(quiz: Quiz) -> _Passing:
    given = give_away(quiz)
    return (*pass_mark_findings(quiz), *passing_findings(quiz, given)), given
