"""The rundown: the times of each day of a course.

The times are those planned in the course file, or those at which a cohort holds the sessions.

A session lasts its `minutes` by the clock. A slot within a session interrupts it, and the session
goes on afterwards. `rundown_rules` reports mistakes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Literal, Protocol

from psm_course.authoring.problems import Path
from psm_course.domain.course_file import CourseFile
from psm_course.domain.register import HeldSession
from psm_course.domain.requirement import Session
from psm_course.domain.slots import Slot, SlotKind

RowKind = Literal["session"] | SlotKind
_LAST_MINUTE = 24 * 60 - 1  # `time` has no 24.00, so nothing ends later than 23.59


class Taught(Protocol):
    """A notebook that fills a part of a session: a lesson, the opening or the closing."""

    @property
    def file(self) -> str:
        """The notebook's path from the root of the course."""

    @property
    def title(self) -> str:
        """The notebook's title as trainers read it."""

    @property
    def minutes(self) -> int:
        """The length in minutes by the clock, not in JP."""


@dataclass(frozen=True, slots=True)
class LessonTime:
    """The time of day at which a notebook is taught.

    A lesson that a break interrupts has two such times: before and after the break.
    """

    file: str
    title: str
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a day: a session, a part of a session, or a slot.

    `path` is the path of the session or slot in `course.yml`. `continues` is True for the rest of a
    session after a break.
    """

    starts: time
    ends: time
    kind: RowKind
    title: str
    path: Path
    session: str = ""
    module: str = ""
    continues: bool = False
    prayer: bool = False
    quizzes: tuple[str, ...] = ()
    room: str = ""
    speaker: str = ""
    institution: str = ""
    lessons: tuple[LessonTime, ...] = ()

    @property
    def minutes(self) -> int:
        """The length in minutes by the clock, not in JP."""
        return minute_of(self.ends) - minute_of(self.starts)


@dataclass(frozen=True, slots=True)
class CourseDay:
    """A day with its rows in order.

    `number` is the number of the day, from 1. `on` is the date; None if no cohort is given.
    `unplaced` are the paths in `course.yml` of sessions without a clock time.
    """

    number: int
    on: date | None
    rows: tuple[Row, ...]
    unplaced: tuple[Path, ...] = ()


def minute_of(clock: time) -> int:
    """Return the minutes after midnight."""
    return clock.hour * 60 + clock.minute


def clock_of(written: str) -> time:
    """Return the time that is written as `08.30`."""
    hours, minutes = written.split(".")
    return time(int(hours), int(minutes))


def _clock_at(minute: int) -> time:
    return time(*divmod(min(minute, _LAST_MINUTE), 60))


# ---- the days ------------------------------------------------------------------------------------


def rundown(
    file: CourseFile, held: Mapping[str, HeldSession] | None = None
) -> tuple[CourseDay, ...]:
    """Return the days of a course, each with its sessions and slots by the clock.

    A slot is a time that is no session: the doors are opened, a test, a break, a meal.

    Args:
        file: the course. It says on which day of the course (1, 2, …) each session and slot is.
        held: the sessions of a cohort by id. If None, the plan in the course file is used, and days
            have no date.

    Returns:
        The days in order, each with its rows in order. If a cohort holds the sessions of one course
        day on several dates, the slots of that day are on the date with most of these sessions.
    """
    pattern = {
        session.id: HeldSession(session.id, date.min, session.start or "", session.minutes)
        for session in file.sessions
    }
    known = {**pattern, **(held or {})}
    day_of = {
        session.id: (known[session.id].held_on if held is not None else session.day)
        for session in file.sessions
    }
    # Without a cohort, days are numbers; both kinds sort by one key.
    days = sorted(
        set(day_of.values()), key=lambda day: day.toordinal() if isinstance(day, date) else day
    )
    return tuple(_day(file, number, day, day_of, known) for number, day in enumerate(days, 1))


def _day(
    file: CourseFile,
    number: int,
    day: date | int,
    day_of: Mapping[str, date | int],
    known: Mapping[str, HeldSession],
) -> CourseDay:
    sessions = [
        (index, session) for index, session in enumerate(file.sessions) if day_of[session.id] == day
    ]
    slots = [
        _slot_row(index, slot)
        for index, slot in enumerate(file.slots or ())
        if _day_of_slot(file, slot, day_of) == day
    ]
    placed = [(index, session) for index, session in sessions if known[session.id].start]
    rows = [
        row
        for index, session in placed
        for row in _interrupted(_session_row(file, index, session, known[session.id]), slots)
    ]
    unplaced = tuple(
        ("sessions", index) for index, session in sessions if not known[session.id].start
    )
    return CourseDay(
        number,
        day if isinstance(day, date) else None,
        tuple(sorted([*rows, *slots], key=lambda row: (row.starts, row.ends))),
        unplaced,
    )


def _day_of_slot(
    file: CourseFile, slot: Slot, day_of: Mapping[str, date | int]
) -> date | int | None:
    """Return the day on which a slot is held; None if no session belongs to the slot.

    The sessions of a slot are those that the course file plans for the same day as the slot. They
    may be held on different days: `day_of` has the day of each session, by session id. The day with
    the largest number of these sessions is returned. If two days have the same number, the day of
    the session that comes first in the course file is returned.
    """
    days = Counter(day_of[session.id] for session in file.sessions if session.day == slot.day)
    return days.most_common(1)[0][0] if days else None


def _session_row(file: CourseFile, index: int, session: Session, held: HeldSession) -> Row:
    starts = clock_of(held.start)
    ends = _clock_at(minute_of(starts) + (held.minutes or session.hours * file.minutes_per_hour))
    return Row(
        starts,
        ends,
        "session",
        session.title,
        ("sessions", index),
        session=session.id,
        module=session.module or "",
        room=held.room,
        speaker=held.speaker,
        institution=held.institution,
    )


def _slot_row(index: int, slot: Slot) -> Row:
    starts = clock_of(slot.start)
    ends = _clock_at(minute_of(starts) + slot.minutes)
    return Row(
        starts,
        ends,
        slot.kind,
        slot.title,
        ("slots", index),
        prayer=slot.prayer,
        quizzes=slot.quizzes or (),
    )


def _interrupted(row: Row, slots: Iterable[Row]) -> Iterator[Row]:
    """Yield the parts of a session before, between and after the slots within it.

    The slots themselves are not yielded.
    """
    rest = row
    for slot in sorted(slots, key=lambda slot: slot.starts):
        # Only a slot wholly inside: one that touches an end stands before or after the session.
        if rest.starts < slot.starts and slot.ends < rest.ends:
            yield replace(rest, ends=slot.starts)
            rest = replace(rest, starts=slot.ends, continues=True)
    yield rest


# ---- the notebooks in it -------------------------------------------------------------------------


def with_lessons(
    days: Iterable[CourseDay], taught: Mapping[str, Sequence[Taught]]
) -> tuple[CourseDay, ...]:
    """Return the same days, with the times of the notebooks that are taught in each row.

    Notebooks follow each other without a gap.

    Args:
        days: the days as `rundown` returns them.
        taught: the notebooks in order, by session id or module folder.
    """
    lasting = {
        name: [(each, each.minutes) for each in notebooks] for name, notebooks in taught.items()
    }
    return tuple(
        replace(
            day,
            rows=tuple(
                replace(
                    row,
                    lessons=tuple(
                        _lessons_in(row, lasting.get(row.session, lasting.get(row.module, [])))
                    ),
                )
                for row in day.rows
            ),
        )
        for day in days
    )


def _lessons_in(row: Row, lasting: list[tuple[Taught, int]]) -> Iterator[LessonTime]:
    """Yield the times of the notebooks, or parts of notebooks, that fit into a row.

    `lasting` are the notebooks that are still to be taught, each with its remaining minutes. What
    fits into this row is removed from `lasting`.
    """
    minute = minute_of(row.starts)
    while lasting and minute < minute_of(row.ends):
        lesson, left = lasting[0]
        spent = min(left, minute_of(row.ends) - minute)
        yield LessonTime(lesson.file, lesson.title, _clock_at(minute), _clock_at(minute + spent))
        minute += spent
        lasting[:1] = [(lesson, left - spent)] if spent < left else []
