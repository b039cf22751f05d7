"""A lesson against the plan of its day: late, early, at another time; and what is cut."""

from __future__ import annotations

from datetime import date, time

import pytest
from dirty_equals import Contains

from psm_course.content.lessons import Cut
from psm_course.content.rundown import CourseDay, LessonTime, Row
from psm_course.trainer.teaching.plan import (
    LessonPlace,
    PlanLine,
    cuts_for,
    lateness,
    place_of,
    sentence,
)

TODAY = date(2026, 11, 24)
LESSON = PlanLine("Peran", 9 * 60, 9 * 60 + 35)
CUTS = (Cut("Renungan", 3), Cut("Kartu kedua", 6), Cut("Latihan", 5))


def a_day(on: date | None, *times: LessonTime) -> CourseDay:
    session = Row(
        time(9, 0), time(10, 30), "session", "Dasar", ("sessions", 0), module="01", lessons=times
    )
    rest = Row(time(10, 30), time(10, 45), "rest", "Rehat kopi", ("slots", 0))
    return CourseDay(1, on, (session, rest))


def test_a_lesson_stands_on_its_day_and_one_that_a_break_cuts_ends_after_it() -> None:
    day = a_day(None, LessonTime("modules/01/a.ipynb", "Peran", time(9, 0), time(9, 35)))
    cut = a_day(
        TODAY,
        LessonTime("modules/01/b.ipynb", "Etika", time(9, 0), time(9, 20)),
        LessonTime("modules/01/b.ipynb", "Etika", time(9, 35), time(9, 50)),
    )
    rows = (PlanLine("Dasar", 540, 630), PlanLine("Rehat kopi", 630, 645))

    assert place_of([day, cut], "modules/01/a.ipynb", TODAY) == LessonPlace(LESSON, rows)
    assert place_of([day, cut], "modules/01/b.ipynb", TODAY) == LessonPlace(
        PlanLine("Etika", 540, 590), rows, TODAY
    )
    assert place_of([day, cut], "catatan.ipynb", TODAY) == LessonPlace(None, rows, TODAY)
    assert place_of([day], "catatan.ipynb", TODAY) == LessonPlace(None, ())


@pytest.mark.parametrize(
    ("place", "minute", "now", "late"),
    [
        (LessonPlace(LESSON, ()), 0, 548, 8),
        (LessonPlace(LESSON, (), TODAY), 20, 548, -12),
        (
            LessonPlace(LESSON, (), date(2026, 11, 23)),
            0,
            548,
            None,
        ),  # yesterday's lesson, opened again
        (LessonPlace(LESSON, ()), 0, 22 * 60, None),  # rehearsed in the evening
        (LessonPlace(None, ()), 0, 548, None),
    ],
)
def test_only_a_lesson_of_this_hour_can_be_late(
    place: LessonPlace, minute: int, now: int, late: int | None
) -> None:
    assert lateness(place, minute, now, TODAY) == late


@pytest.mark.parametrize(
    ("late", "chosen", "said"),
    [
        (8, CUTS[:2], "Terlambat 8 menit: potong ini"),
        (3, CUTS[:1], "Terlambat 3 menit: potong ini"),
        (40, CUTS, "Terlambat 40 menit: potong ini"),
        (1, (), "Sesuai rencana."),
        (-1, (), "Sesuai rencana."),
        (-5, (), Contains("Lebih cepat 5 menit")),
        (None, (), ""),
    ],
)
def test_as_much_is_cut_as_is_late(late: int | None, chosen: tuple[Cut, ...], said: object) -> None:
    assert cuts_for(late, CUTS) == chosen
    assert sentence(late, chosen) == said


def test_a_lesson_with_nothing_to_cut_is_told_to_hurry() -> None:
    assert sentence(8, ()) == "Terlambat 8 menit. Persingkat pembahasan."
