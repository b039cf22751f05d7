"""The rundown of a cohort's days, or of the course alone: for the screen, as PDF or as calendar."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from psm_course.content.course import Course, CourseFolder
from psm_course.content.rundown import CourseDay, Row, RowKind, rundown, with_lessons
from psm_course.content.rundown_rules import day_findings
from psm_course.domain.course_file import CourseFile
from psm_course.domain.register import Cohort
from psm_course.errors import Refused
from psm_course.printing.occasion import Occasion
from psm_course.printing.rundown import RundownDay, RundownRow, render_rundown
from psm_course.registrar.attendance.handouts import occasion_of
from psm_course.registrar.attendance.schedule import Planned, planned_sessions
from psm_course.registrar.certificates.printing import logo_of
from psm_course.registrar.completion.days import today
from psm_course.registrar.completion.judging import rules_within
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.people import cohorts

_KINDS: dict[RowKind, Literal["teaching", "test", "pause"]] = {
    "session": "teaching",
    "test": "test",
    "door": "pause",
    "rest": "pause",
    "meal": "pause",
}


@dataclass(frozen=True)
class HeldDays:
    """The days of a cohort, or of the course alone (then `cohort` is None).

    `planned` are the sessions with the cohort's own date, time, room and speaker; empty without a
    cohort. `warnings` are sentences about mistakes in the plan of the days, such as two sessions at
    the same time.
    """

    cohort: Cohort | None
    file: CourseFile
    days: tuple[CourseDay, ...]
    warnings: tuple[str, ...]
    planned: tuple[Planned, ...] = ()

    def with_times_of(self, folder: CourseFolder) -> "HeldDays":
        """Return the same days with the times of the lessons, which are read from a course folder.

        An adopted course does not hold these times.
        """
        return replace(self, days=with_lessons(self.days, folder.taught))

    @property
    def is_clocked(self) -> bool:
        """True if at least one session has a time at which it begins."""
        return any(row.kind == "session" for day in self.days for row in day.rows)


def days_of_cohort(store: Store, course: Course, cohort_id: str) -> HeldDays:
    """The days on which this cohort holds its sessions, by the course that the cohort adopted.

    Raises:
        Refused: there is no such cohort.
    """
    with store.reading() as tx:
        cohort = cohorts.get_cohort(tx, cohort_id)
        file = rules_within(tx, course, cohort_id).course
        planned = planned_sessions(tx, cohort, file.sessions)
    days = rundown(file, {each.session.id: each.held for each in planned})
    return HeldDays(cohort, file, days, _warnings(file, days), planned)


def days_of_course(folder: CourseFolder) -> HeldDays:
    """The days as the course file plans them: with the times of the lessons, without dates."""
    days = with_lessons(rundown(folder.file), folder.taught)
    return HeldDays(None, folder.file, days, _warnings(folder.file, days))


def _warnings(file: CourseFile, days: tuple[CourseDay, ...]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(_sentence(found.message, found.hint) for found in day_findings(file, days))
    )


def _sentence(message: str, hint: str) -> str:
    return f"{message[:1].upper()}{message[1:]}. {hint[:1].upper()}{hint[1:]}."


# ---- on paper and in a calendar ------------------------------------------------------------------


def print_rundown(held: HeldDays, course: Course, settings: Settings, now: datetime) -> bytes:
    """Print the rundown as a PDF with a page for each day.

    Raises:
        Refused: no session says when it begins, or a text has a character that our font does not
            have.
    """
    _refuse_unclocked(held)
    return render_rundown(
        printed_for(held, course, settings, now),
        tuple(_printed_days(held)),
        today(now),
        logo_of(settings),
    )


def calendar_of(held: HeldDays, course: Course, now: datetime) -> bytes:
    """Write the sessions and tests of a cohort as a calendar file (.ics).

    Raises:
        Refused: no session says when it begins, or there is no cohort and so there are no dates.
    """
    # A tenth of a second to load, in every command of a cohort and every start of the desk.
    from psm_course.interchange.calendar_file import CalendarOf, write_calendar  # noqa: PLC0415

    _refuse_unclocked(held)
    cohort = held.cohort
    if cohort is None:
        raise Refused(
            "Kalender memerlukan tanggal, jadi hanya ada untuk sebuah angkatan: psm cohort rundown"
            " KODE --ics BERKAS"
        )
    identity, title = f"{course.region.office}/{cohort.id}", f"{held.file.title}, {cohort.title}"
    return write_calendar(
        CalendarOf(identity, title, cohort.place, course.region.zone), held.days, now
    )


def _refuse_unclocked(held: HeldDays) -> None:
    if not held.is_clocked:
        where = (
            f"psm cohort session {held.cohort.id} SESI --start 08.30"
            if held.cohort
            else "start: 08.30 di modules/course.yml"
        )
        raise Refused(
            f"Belum ada sesi yang punya jam mulai, jadi belum ada rundown. Isi jamnya dulu: {where}"
        )


def printed_for(held: HeldDays, course: Course, settings: Settings, now: datetime) -> Occasion:
    """Collect the facts for the top of papers about these days.

    Without a cohort the paper has today's date.
    """
    if held.cohort:
        return occasion_of(settings, course.region, held.file, held.cohort)
    return Occasion(
        held.file.title, held.file.organiser, "", today(now), letterhead=settings.letterhead_lines
    )


def _printed_days(held: HeldDays) -> Iterator[RundownDay]:
    return (
        RundownDay(f"Hari {day.number}", day.on, tuple(_printed(row) for row in day.rows))
        for day in held.days
        if day.rows
    )


def _printed(row: Row) -> RundownRow:
    parts = tuple((f"{each.starts:%H.%M}", each.title) for each in row.lessons)
    title = f"{row.title} (lanjutan)" if row.continues else row.title
    speaker = ", ".join(said for said in (row.speaker, row.institution) if said)
    return RundownRow(
        f"{row.starts:%H.%M}",
        f"{row.ends:%H.%M}",
        row.minutes,
        title,
        _KINDS[row.kind],
        row.room,
        speaker,
        parts,
    )
