"""Papers for the course days: rundown, calendar, speakers' pages and closing sheets.

Attendance sheets and cards are in `handouts`.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath

from psm_course.content.briefs import Brief, BriefsFile, read_briefs
from psm_course.content.course import CourseFolder
from psm_course.content.rundown import CourseDay, LessonTime, Row
from psm_course.errors import Refused
from psm_course.local_time import day
from psm_course.printing.papers import SpeakerPage, render_closing_sheets, render_speaker_pages
from psm_course.registrar.attendance.rundown import (
    HeldDays,
    calendar_of,
    print_rundown,
    printed_for,
)
from psm_course.registrar.certificates.printing import logo_of
from psm_course.registrar.completion.days import today
from psm_course.settings import Settings

Placed = tuple[CourseDay, Row, LessonTime | None]


def papers_of(
    held: HeldDays, folder: CourseFolder, settings: Settings, now: datetime
) -> dict[str, bytes]:
    """Make the papers for the course days; return the contents by file name.

    The papers are the rundown as PDF and as calendar file, the speakers' pages and the closing
    sheets (a plan of the follow-up, and an evaluation of the speakers). Without a cohort there is
    no calendar. If the course has no briefs (texts that say what a speaker of another institution
    should talk about), there are no speakers' pages.

    Args:
        held: the days, with the times of their lessons.
        folder: the course, which holds the briefs.
        settings, now: the office's settings and the moment.

    Raises:
        Refused: no session says when it begins, or the briefs cannot be read.
    """
    occasion, logo = printed_for(held, folder, settings, now), logo_of(settings)
    papers = {"rundown.pdf": print_rundown(held, folder, settings, now)}
    if held.cohort:
        papers["rundown.ics"] = calendar_of(held, folder, now)
    if pages := tuple(_pages(held, folder)):
        papers["pemateri.pdf"] = render_speaker_pages(occasion, pages, today(now), logo)
    papers["lembar-penutupan.pdf"] = render_closing_sheets(
        occasion, [page.institution for page in pages], logo
    )
    return papers


def _pages(held: HeldDays, folder: CourseFolder) -> Iterator[SpeakerPage]:
    _, file, problems = read_briefs(folder.root)
    if problems:
        raise Refused("modules/pemateri.yml masih bermasalah. Jalankan: psm check")
    if file:
        yield from (_page(held, brief, file) for brief in file.briefs)


def _page(held: HeldDays, brief: Brief, file: BriefsFile) -> SpeakerPage:
    session = next((session for session in held.file.sessions if session.id == brief.session), None)
    placed = _placed(held, brief)
    row = placed[1] if placed else None
    lesson = placed[2].title if placed and placed[2] else brief.lesson
    # The plan names one speaker a session, who may be of another institution.
    speaker = row.speaker if row and row.institution in ("", brief.institution) else ""
    return SpeakerPage(
        brief.institution,
        brief.topic,
        session.title if session else brief.session,
        lesson,
        brief.minutes,
        file.audience,
        brief.before,
        brief.after,
        brief.say,
        brief.avoid,
        brief.bring,
        file.room,
        when=_when(placed) if placed else "",
        room=row.room if row else "",
        speaker=speaker,
    )


def _placed(held: HeldDays, brief: Brief) -> Placed | None:
    """Find when the speaker of a brief talks: a day, a row of the rundown and a lesson.

    A brief (a text for a speaker) names a session and a lesson. If this lesson has no time of its
    own, returns the first row of the session, and None as lesson. Returns None if the session is on
    no day.
    """
    rows = [(each, row) for each in held.days for row in each.rows if row.session == brief.session]
    exact = (
        (each, row, lesson)
        for each, row in rows
        for lesson in row.lessons
        if PurePosixPath(lesson.file).stem == brief.lesson
    )
    return next(exact, (*rows[0], None) if rows else None)


def _when(placed: Placed) -> str:
    each, row, lesson = placed
    starts, ends = (lesson.starts, lesson.ends) if lesson else (row.starts, row.ends)
    return (
        f"{day(each.on) if each.on else f'Hari {each.number}'}, pukul {starts:%H.%M}–{ends:%H.%M}"
    )
