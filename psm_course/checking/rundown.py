"""Checks the times of the course days in `course.yml`.

Finds wrong breaks and hours, lessons interrupted by a break, and tests whose time limit is longer
than their slot.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from psm_course.authoring.ids import unknown
from psm_course.authoring.problems import Finding, Problem, problem_on, suggest
from psm_course.authoring.reading import locate
from psm_course.content.course import CourseFolder
from psm_course.content.lessons import Lesson
from psm_course.content.rundown import CourseDay, rundown, with_lessons
from psm_course.content.rundown_rules import day_findings

_QUIZ_HINT = "tulis id sebuah tes di quizzes/"


def rundown_problems(course: CourseFolder) -> Iterator[Problem]:
    """Yield the problems of the times in `course.yml`, and of notebooks of sessions without module.

    The times are those of sessions, breaks and tests on each day of the course.
    """
    days = with_lessons(rundown(course.file), course.taught)
    yield from locate(course.source, day_findings(course.file, days))
    yield from locate(course.source, _cut_lessons(days))
    yield from locate(course.source, _slot_findings(course))
    for event in course.events:
        yield from _event_problems(course, event)


def _cut_lessons(days: Iterable[CourseDay]) -> Iterator[Finding]:
    """Report each break that divides a lesson into a part before and a part after the break."""
    rows = [row for day in days for row in day.rows]
    parts = Counter(lesson.file for row in rows for lesson in row.lessons)
    for row in rows:
        # A lesson that is cut has its rest first in the row after the break.
        if row.continues and row.lessons and parts[row.lessons[0].file] > 1:
            lesson = row.lessons[0]
            yield Finding(
                row.path,
                f'jeda sebelum {row.starts:%H.%M} memotong pelajaran "{lesson.title}"; lanjutannya'
                f" sampai {lesson.ends:%H.%M}",
                "geser jedanya ke antara dua pelajaran",
                "warning",
            )


def _slot_findings(course: CourseFolder) -> Iterator[Finding]:
    days = {session.day for session in course.file.sessions}
    for index, slot in enumerate(course.file.slots or ()):
        if slot.day not in days:
            yield Finding(
                ("slots", index, "day"),
                f"hari {slot.day} tidak punya sesi",
                "tulis hari yang punya sesi",
            )
        yield from unknown(
            ("slots", index, "quizzes"), "kuis", slot.quizzes or (), course.written_ids, _QUIZ_HINT
        )
        # A slot names several tests only for substitutes; each person sits one,
        # so the longest decides.
        limits = [
            course.quizzes[name].header.time_limit or 0
            for name in slot.quizzes or ()
            if name in course.quizzes
        ]
        if max(limits, default=0) > slot.minutes:
            yield Finding(
                ("slots", index, "minutes"),
                f"tesnya dibatasi {max(limits)} menit, tetapi waktunya di sini {slot.minutes}"
                " menit",
                "beri waktu sedikitnya selama batas tes",
            )


def _event_problems(course: CourseFolder, event: Lesson) -> Iterator[Problem]:
    """Yield problems of the notebook of a session.

    The session must exist, must have no module, and must be long enough for the notebook.
    """
    sessions = {session.id: session for session in course.file.sessions}
    session = sessions.get(event.session)
    if session is None:
        yield problem_on(
            event.file,
            1,
            f'sesi "{event.session}" tidak ada di course.yml'
            if event.session
            else "notebook ini belum menyebut sesinya",
            suggest(
                event.session,
                sessions,
                'isi metadata notebook: "psm": {"minutes": 45, "session": "id sesi"}',
            ),
        )
        return
    given = session.hours * course.file.minutes_per_hour
    if session.module:
        yield problem_on(
            event.file,
            1,
            f'sesi "{session.id}" mengajarkan modul {session.module}; pelajarannya ada di folder'
            " modul itu",
            "pindahkan notebook ini ke folder modul",
        )
    elif event.minutes > given:
        yield problem_on(
            event.file,
            1,
            f"notebook ini {event.minutes} menit, lebih dari {session.hours} JP sesinya ({given}"
            " menit)",
            "pendekkan acaranya, atau ubah menit notebook ini",
        )
