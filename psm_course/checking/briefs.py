"""Checks the sheets for invited speakers (`modules/pemateri.yml`).

The session and the lesson of each talk must exist, and the talk must not be longer than the lesson.
"""

from collections.abc import Iterator

from psm_course.authoring.ids import unknown
from psm_course.authoring.problems import Finding, Problem
from psm_course.authoring.reading import locate
from psm_course.content.briefs import Brief, read_briefs
from psm_course.content.course import CourseFolder


def brief_problems(course: CourseFolder) -> Iterator[Problem]:
    """Yield the problems of `modules/pemateri.yml`; none if the course has no such file."""
    source, file, problems = read_briefs(course.root)
    yield from problems
    for index, brief in enumerate(file.briefs if file else ()):
        yield from locate(source, _findings(course, index, brief))


def _findings(course: CourseFolder, index: int, brief: Brief) -> Iterator[Finding]:
    sessions = {session.id: session for session in course.file.sessions}
    yield from unknown(("briefs", index, "session"), "sesi", [brief.session], sessions)
    if brief.session in sessions:
        taught = course.taught.get(brief.session) or course.taught.get(
            sessions[brief.session].module or "", ()
        )
        lessons = {lesson.path.stem: lesson.minutes for lesson in taught}
        yield from unknown(("briefs", index, "lesson"), "pelajaran", [brief.lesson], lessons)
        if brief.minutes > lessons.get(brief.lesson, brief.minutes):
            yield Finding(
                ("briefs", index, "minutes"),
                f"bicara {brief.minutes} menit, tetapi pelajarannya {lessons[brief.lesson]} menit",
                "beri menit yang kurang dari pelajarannya",
            )
