"""The rundown: what happens when on each day of a course, by its file alone or as a cohort holds it.

A session lasts its `minutes` by the clock; a slot that lies within it interrupts it, and the session goes on afterwards. What a
rundown gets wrong says `rundown_rules`.
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
_LAST_MINUTE = 24 * 60 - 1


class Taught(Protocol):
    """A notebook that fills a part of a session: a lesson, or one of the opening and the closing."""

    @property
    def file(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def minutes(self) -> int: ...


@dataclass(frozen=True, slots=True)
class LessonTime:
    """When a notebook is taught, by the clock. A lesson that a break cuts has two."""

    file: str
    title: str
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a day. `path` leads to what it comes from in `course.yml`; `continues`: the rest of a session after a break."""

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
        return minute_of(self.ends) - minute_of(self.starts)


@dataclass(frozen=True, slots=True)
class CourseDay:
    """A day with its rows in order. `on` is None where only the course is known; `unplaced`: paths of sessions with no clock time."""

    number: int
    on: date | None
    rows: tuple[Row, ...]
    unplaced: tuple[Path, ...] = ()


def minute_of(clock: time) -> int:
    """Minutes after midnight."""
    return clock.hour * 60 + clock.minute


def clock_of(written: str) -> time:
    """`08.30` as a time of day."""
    hours, minutes = written.split(".")
    return time(int(hours), int(minutes))


def _clock_at(minute: int) -> time:
    return time(*divmod(min(minute, _LAST_MINUTE), 60))


# ---- the days ----------------------------------------------------------------------------------------------------------------


def rundown(file: CourseFile, held: Mapping[str, HeldSession] | None = None) -> tuple[CourseDay, ...]:
    """The days of a course.

    Args:
        file: the course, with the sessions' pattern of days and the slots beside them.
        held: how a cohort holds its sessions, by their ids; without it the course's own pattern counts, and days have no date.

    Returns:
        The days in order, each with its rows in order. A slot stands on the date that most sessions of its day are held on.
    """
    pattern = {session.id: HeldSession(session.id, date.min, session.start or "", session.minutes) for session in file.sessions}
    known = {**pattern, **(held or {})}
    day_of = {session.id: (known[session.id].held_on if held is not None else session.day) for session in file.sessions}
    days = sorted(set(day_of.values()), key=lambda day: day.toordinal() if isinstance(day, date) else day)
    return tuple(_day(file, number, day, day_of, known) for number, day in enumerate(days, 1))


def _day(file: CourseFile, number: int, day: date | int, day_of: Mapping[str, date | int], known: Mapping[str, HeldSession]) -> CourseDay:
    sessions = [(index, session) for index, session in enumerate(file.sessions) if day_of[session.id] == day]
    slots = [_slot_row(index, slot) for index, slot in enumerate(file.slots or ()) if _day_of_slot(file, slot, day_of) == day]
    placed = [(index, session) for index, session in sessions if known[session.id].start]
    rows = [row for index, session in placed for row in _interrupted(_session_row(file, index, session, known[session.id]), slots)]
    unplaced = tuple(("sessions", index) for index, session in sessions if not known[session.id].start)
    inorder = sorted([*rows, *slots], key=lambda row: (row.starts, row.ends))
    return CourseDay(number, day if isinstance(day, date) else None, tuple(inorder), unplaced)


def _day_of_slot(file: CourseFile, slot: Slot, day_of: Mapping[str, date | int]) -> date | int | None:
    """The day on which most sessions of its day of the pattern are held, the first of equals."""
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
    return Row(starts, ends, slot.kind, slot.title, ("slots", index), prayer=slot.prayer, quizzes=slot.quizzes or ())


def _interrupted(row: Row, slots: Iterable[Row]) -> Iterator[Row]:
    """A session's parts before, between and after the slots that lie within it."""
    rest = row
    for slot in sorted(slots, key=lambda slot: slot.starts):
        if rest.starts < slot.starts and slot.ends < rest.ends:
            yield replace(rest, ends=slot.starts)
            rest = replace(rest, starts=slot.ends, continues=True)
    yield rest


# ---- the notebooks in it -----------------------------------------------------------------------------------------------------


def with_lessons(days: Iterable[CourseDay], taught: Mapping[str, Sequence[Taught]]) -> tuple[CourseDay, ...]:
    """The days with the clock times of their notebooks, which follow each other without a gap.

    Args:
        days: as `rundown` gives them.
        taught: the notebooks in order, by a session's id or by the folder of the module that it teaches.
    """
    lasting = {name: [(each, each.minutes) for each in notebooks] for name, notebooks in taught.items()}
    return tuple(
        replace(day, rows=tuple(replace(row, lessons=tuple(_lessons_in(row, lasting.get(_teaches(row, lasting), [])))) for row in day.rows))
        for day in days
    )


def _teaches(row: Row, taught: Mapping[str, object]) -> str:
    return row.session if row.session in taught else row.module


def _lessons_in(row: Row, lasting: list[tuple[Taught, int]]) -> Iterator[LessonTime]:
    """What of the notebooks still to be taught fits into a row; takes it off the list."""
    minute = minute_of(row.starts)
    while lasting and minute < minute_of(row.ends):
        lesson, left = lasting[0]
        spent = min(left, minute_of(row.ends) - minute)
        yield LessonTime(lesson.file, lesson.title, _clock_at(minute), _clock_at(minute + spent))
        minute += spent
        lasting[:1] = [(lesson, left - spent)] if spent < left else []
