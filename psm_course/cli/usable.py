"""The course that a command works with. Loads no register: building a site and checking it need none."""

from collections.abc import Iterable
from pathlib import Path

from psm_course.authoring.memory import NOTHING_KEPT, Memory
from psm_course.authoring.problems import Problem, has_errors
from psm_course.cli.terminal import today
from psm_course.content.course import COURSE_FILE, CourseFolder
from psm_course.errors import ContentFaulty, Refused


def refuse_without_course(root: Path) -> None:
    if not (root / COURSE_FILE).is_file():
        raise Refused(f"Tidak ada kursus di {root}. Jalankan perintah ini di folder yang berisi {COURSE_FILE}.")


def usable_course(root: Path, memory: Memory = NOTHING_KEPT) -> CourseFolder:
    """The course under `root`. Refused when there is none, ContentFaulty when it has errors."""
    from psm_course.checking.check import check_course  # noqa: PLC0415 - as below

    refuse_without_course(root)
    report = check_course(root, today(), measure=False, memory=memory)
    if report.course is None or has_errors(report.problems):
        raise _faulty(report.problems)
    return report.course


def adoptable_course(root: Path) -> CourseFolder:
    """The course under `root`, as far as an office works with it: a lesson's notebook may be in the middle of being run.

    Refused when there is none, ContentFaulty when what the office needs has errors.
    """
    from psm_course.checking.check import check_for_office  # noqa: PLC0415 - an office that has adopted a course checks none

    refuse_without_course(root)
    course, problems = check_for_office(root, today())
    if course is None or has_errors(problems):
        raise _faulty(problems)
    return course


def _faulty(problems: Iterable[Problem]) -> ContentFaulty:
    listed = "\n".join(f"  {problem}" for problem in problems if problem.severity == "error")
    return ContentFaulty(f"Isi kursus masih bermasalah:\n{listed}")
