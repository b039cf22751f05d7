"""The public API: the few functions and result types that a script or a notebook needs.

They are imported here from the packages that define them. `psm_course` offers each of them by name
(`from psm_course import grade`); nothing inside the package imports this module.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from psm_course.authoring.problems import Problem, has_errors
from psm_course.checking.check import check
from psm_course.checking.report import Report
from psm_course.content.course import Course, read_course
from psm_course.content.quiz import Quiz
from psm_course.credentials.verification import verification
from psm_course.credentials.verification.copies import published_there
from psm_course.credentials.verification.verdict import Verdict
from psm_course.domain.completion import Completion, Judgement, judge
from psm_course.domain.register import Attempt
from psm_course.domain.requirement import Facts
from psm_course.domain.rules import Rules
from psm_course.errors import ContentFaulty, PsmError, Refused
from psm_course.grading.grade import Grader
from psm_course.grading.outcome import Outcome
from psm_course.grading.submission import NotASubmission, check_submission, read_submission
from psm_course.items.marks import Mark

__all__ = [
    "Attempt",
    "Completion",
    "ContentFaulty",
    "Course",
    "Facts",
    "Judgement",
    "Mark",
    "Outcome",
    "Problem",
    "PsmError",
    "Quiz",
    "Refused",
    "Report",
    "Rules",
    "Verdict",
    "check",
    "grade",
    "judge",
    "load_course",
    "verify",
]


def load_course(root: Path) -> Course:
    """Read the course under a folder. To proof-read the course as well, call `check`.

    Args:
        root: the folder that holds `modules/` and `quizzes/`.

    Returns:
        The course; `course.quizzes` has every quiz by its id.

    Raises:
        ContentFaulty: the files have mistakes that stop the reading of the course; the message
            lists every such mistake, one a line.
    """
    course, problems = read_course(root)
    if course is None or has_errors(problems):
        raise ContentFaulty(
            "\n".join(str(problem) for problem in problems if problem.severity == "error")
        )
    return course


_grader = lru_cache(maxsize=16)(Grader)


def grade(quiz: Quiz, submission: bytes | str | Mapping[str, Any]) -> Outcome:
    """Grade one submission by a quiz's own key. Nothing is stored, and no register is needed.

    Args:
        quiz: a quiz with its answer key, out of `load_course(…).quizzes`.
        submission: a `psm-submission/1` document, as JSON (at most 1 MiB) or parsed.

    Returns:
        The outcome: points and maximum as exact decimals, `passed` (None if the quiz has no pass
        mark and there is no critical error), the ids of critical errors, and one mark per item. An
        answer that cannot be graded has the status `ungradable`; it is not an error.

    Raises:
        Refused: the document is no submission, or one for another quiz.
    """
    try:
        if isinstance(submission, Mapping):
            document = check_submission(dict(submission), quiz.id)
        else:
            document = read_submission(
                submission.encode() if isinstance(submission, str) else submission, quiz.id
            )
    except NotASubmission as error:
        raise Refused(f"{error}.") from None
    return _grader(quiz).grade(document)


def verify(given: Path | bytes | str, site: Path, now: datetime) -> Verdict:
    """Decide if a certificate is genuine and still valid, or if a receipt is genuine.

    The document is compared with the published site of the office that issued it. No network is
    needed.

    Args:
        given: a certificate's PDF or JSON (its path, or its bytes), the text of its QR code, or a
            receipt as JSON.
        site: a copy of the office's published site. Its `keys.json` tells which office it belongs
            to, so take the copy from a source you trust.
        now: an aware datetime; only matters for certificates that are not valid yet or have
            expired.

    Returns:
        The verdict with its reason in a sentence and the signed facts: `record` of a certificate,
        `receipt` of a receipt. Every input gets a verdict.

    Raises:
        Refused: the folder is no copy of an office's site.
        OSError: the file of that path cannot be read.
    """
    content = given.read_bytes() if isinstance(given, Path) else given
    return verification.verify(content, published_there(site), now)
