"""Reads the course that a command works with. Imports no register: many commands need none."""

from collections.abc import Iterable
from pathlib import Path

from psm_course.authoring.memory import NOTHING_KEPT, Memory
from psm_course.authoring.problems import Problem, has_errors
from psm_course.cli.terminal import today
from psm_course.content.course import COURSE_FILE, CourseFolder
from psm_course.errors import ContentFaulty, Refused


def refuse_without_course(root: Path) -> None:
    """Refuse a folder without a course.

    Raises:
        Refused: the folder `root` has no course file.
    """
    if not (root / COURSE_FILE).is_file():
        raise Refused(
            f"Tidak ada kursus di {root}. Jalankan perintah ini di folder yang berisi"
            f" {COURSE_FILE}. Belum ada? Mulai dengan: psm init kantor"
        )


def usable_course(root: Path, memory: Memory = NOTHING_KEPT) -> CourseFolder:
    """Read and check the course under `root`.

    Args:
        root: folder of the course.
        memory: earlier results of the check, used if nothing has changed since.

    Raises:
        Refused: there is no course.
        ContentFaulty: it has errors; the message lists them.
    """
    from psm_course.checking.check import check_course  # noqa: PLC0415 - as below

    refuse_without_course(root)
    report = check_course(root, today(), measure=False, memory=memory)
    if report.course is None or has_errors(report.problems):
        raise _faulty(report.problems)
    return report.course


def adoptable_course(root: Path) -> CourseFolder:
    """Read the course under `root`, and check the parts that an office works with.

    Lessons are not checked: somebody may be running a notebook at this moment.

    Raises:
        Refused: there is no course.
        ContentFaulty: the parts that the office needs have errors; the message lists them.
    """
    # An office that has adopted a course checks none.
    from psm_course.checking.check import check_for_office  # noqa: PLC0415

    refuse_without_course(root)
    course, problems = check_for_office(root, today())
    if course is None or has_errors(problems):
        raise _faulty(problems)
    return course


def _faulty(problems: Iterable[Problem]) -> ContentFaulty:
    listed = "\n".join(f"  {problem}" for problem in problems if problem.severity == "error")
    return ContentFaulty(f"Isi kursus masih bermasalah:\n{listed}")
