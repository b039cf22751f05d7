"""A lesson compared with the day's plan: its place, the delay, and what to leave out.

The functions only compute, and show nothing; times are in minutes after midnight.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from psm_course.content.lessons import Cut
from psm_course.content.rundown import CourseDay, minute_of

# Nobody is three hours late: the notebook is open at another time of the day, or on another day.
_ANOTHER_TIME = 180
_HARDLY = 2


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of the day's plan, from `starts` to `ends` (minutes after midnight)."""

    title: str
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class LessonPlace:
    """The place of a lesson in the plan: its own line, all lines of its day, and the date.

    `lesson` is the lesson's own line, None if the lesson is in no plan. `on` is the date of the
    day; None if the day has no date.
    """

    lesson: PlanLine | None
    rows: tuple[PlanLine, ...]
    on: date | None = None


def place_of(days: Iterable[CourseDay], file: str, today: date) -> LessonPlace:
    """Return the line of the notebook `file` in the plan, and the lines of its day.

    If the notebook has no line, the lines are those of the day `today`.
    """
    known = list(days)
    for day in known:
        times = [each for row in day.rows for each in row.lessons if each.file == file]
        if times:
            first, last = times[0], times[-1]  # several if a break cuts the lesson
            whole = PlanLine(first.title, minute_of(first.starts), minute_of(last.ends))
            return LessonPlace(whole, _lines(day), day.on)
    day_of_today = next((day for day in known if day.on == today), None)
    return LessonPlace(None, _lines(day_of_today), today) if day_of_today else LessonPlace(None, ())


def _lines(day: CourseDay) -> tuple[PlanLine, ...]:
    return tuple(
        PlanLine(row.title, minute_of(row.starts), minute_of(row.ends)) for row in day.rows
    )


def lateness(place: LessonPlace, minute: int, now: int, today: date) -> int | None:
    """Return the number of minutes by which the lesson is late; negative if it is early.

    Args:
        place: the lesson's line in the plan.
        minute: the point that the lesson has reached, in minutes from its start.
        now: the time of day, in minutes after midnight.
        today: the date.

    Returns:
        The minutes. None if the lesson is in no plan or on another date, or if it would be three
        hours or more late or early.
    """
    if place.lesson is None or (place.on not in {None, today}):
        return None
    late = now - place.lesson.starts - minute
    return late if abs(late) < _ANOTHER_TIME else None


def sentence(late: int | None, cuts: Sequence[Cut]) -> str:
    """Return the sentence for the trainer about the delay, and about what to leave out.

    Args:
        late: the minutes of delay (negative: early); None if the delay is not known: then the
            sentence is empty.
        cuts: the parts that may be left out.
    """
    if late is None:
        return ""
    if late >= _HARDLY:
        return (
            f"Terlambat {late} menit: potong ini"
            if cuts
            else f"Terlambat {late} menit. Persingkat pembahasan."
        )
    return f"Lebih cepat {-late} menit dari rencana." if late <= -_HARDLY else "Sesuai rencana."


def cuts_for(late: int | None, possible: Iterable[Cut]) -> tuple[Cut, ...]:
    """Return the parts of the lesson to leave out, if it is `late` minutes late.

    They are the first parts in `possible`, as many as are needed to save these minutes. The result
    is empty if the delay is very short, or if it is not known (None).
    """
    chosen: list[Cut] = []
    for cut in possible:
        if late is None or late < _HARDLY or sum(each.minutes for each in chosen) >= late:
            break
        chosen.append(cut)
    return tuple(chosen)
