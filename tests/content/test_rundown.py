"""What happens when, by the course alone and as a cohort holds it; and what is wrong with a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any

import pytest
from dirty_equals import Contains

from psm_course.content.course import read_course
from psm_course.content.rundown import CourseDay, rundown, with_lessons
from psm_course.content.rundown_rules import day_findings
from psm_course.domain.course_file import CourseFile
from psm_course.domain.register import HeldSession
from tests.conftest import ROOT

ASKED = (
    {"id": "hadir", "kind": "attendance", "towards": "attended", "share": "80", "title": "Hadir"},
)
MONDAY, TUESDAY, FRIDAY = date(2026, 12, 7), date(2026, 12, 8), date(2026, 12, 11)


@dataclass(frozen=True)
class ALesson:
    file: str
    minutes: int

    @property
    def title(self) -> str:
        return self.file.upper()


def a_session(
    identity: str,
    start: str | None,
    hours: int = 2,
    minutes: int | None = None,
    day: int = 1,
    **more: Any,
) -> dict[str, Any]:
    written = {
        "id": identity,
        "day": day,
        "title": identity.title(),
        "hours": hours,
        "start": start,
        "minutes": minutes,
        **more,
    }
    return {key: value for key, value in written.items() if value is not None}


def a_slot(
    start: str, minutes: int, kind: str = "rest", day: int = 1, **more: Any
) -> dict[str, Any]:
    return {
        "day": day,
        "start": start,
        "minutes": minutes,
        "kind": kind,
        "title": kind.title(),
        **more,
    }


def a_file(
    *sessions: dict[str, Any], slots: tuple[dict[str, Any], ...] = (), **changes: Any
) -> CourseFile:
    hours = sum(each["hours"] for each in sessions)
    written = {
        "id": "uji",
        "title": "Uji",
        "organiser": "Kami",
        "hours": hours,
        "sessions": sessions,
        "slots": slots,
        "completion": ASKED,
    }
    return CourseFile.model_validate({**written, **changes})


def lines(day: CourseDay) -> list[str]:
    return [
        f"{row.starts:%H.%M}-{row.ends:%H.%M} {'+' if row.continues else ''}{row.title}"
        for row in day.rows
    ]


def said(file: CourseFile, held: dict[str, HeldSession] | None = None) -> list[str]:
    return [finding.message for finding in day_findings(file, rundown(file, held))]


MORNING = a_file(
    a_session("pagi", "08.00", minutes=105),
    slots=(a_slot("08.45", 15), a_slot("07.30", 30, "door")),
)


def test_a_break_within_a_session_cuts_it_in_two() -> None:
    (day,) = rundown(MORNING)

    assert (day.number, day.on) == (1, None)
    assert lines(day) == [
        "07.30-08.00 Door",
        "08.00-08.45 Pagi",
        "08.45-09.00 Rest",
        "09.00-09.45 +Pagi",
    ]


def test_a_session_without_minutes_lasts_as_its_hours_say() -> None:
    (day,) = rundown(a_file(a_session("pagi", "08.00")))

    assert lines(day) == ["08.00-09.30 Pagi"]


def test_a_session_without_a_clock_time_is_named_apart() -> None:
    (day,) = rundown(a_file(a_session("pagi", "08.00"), a_session("siang", None)))

    assert (lines(day), day.unplaced) == (["08.00-09.30 Pagi"], (("sessions", 1),))


def test_a_cohort_holds_its_own_hours_in_its_own_room() -> None:
    held = {"pagi": HeldSession("pagi", TUESDAY, "09.00", 90, "Aula", "Ibu Contoh", "Kemensos")}

    (day,) = rundown(MORNING, held)

    assert (day.on, lines(day)) == (
        TUESDAY,
        ["07.30-08.00 Door", "08.45-09.00 Rest", "09.00-10.30 Pagi"],
    )
    assert [(row.room, row.speaker, row.institution) for row in day.rows] == [
        *2 * [("", "", "")],
        ("Aula", "Ibu Contoh", "Kemensos"),
    ]


def test_a_session_moved_to_another_date_leaves_the_breaks_where_most_sessions_are() -> None:
    file = a_file(
        a_session("satu", "08.00"),
        a_session("dua", "10.00"),
        a_session("tiga", "13.00"),
        slots=(a_slot("09.30", 30),),
    )
    held = {
        "satu": HeldSession("satu", MONDAY, "08.00"),
        "dua": HeldSession("dua", MONDAY, "10.00"),
        "tiga": HeldSession("tiga", TUESDAY, "13.00"),
    }

    first, second = rundown(file, held)

    assert (first.on, lines(first)) == (
        MONDAY,
        ["08.00-09.30 Satu", "09.30-10.00 Rest", "10.00-11.30 Dua"],
    )
    assert (second.number, second.on, lines(second)) == (2, TUESDAY, ["13.00-14.30 Tiga"])


def test_the_days_of_a_cohort_follow_its_dates_and_not_the_pattern() -> None:
    file = a_file(a_session("satu", "08.00"), a_session("dua", "08.00", day=2))
    held = {
        "satu": HeldSession("satu", TUESDAY, "08.00"),
        "dua": HeldSession("dua", MONDAY, "08.00"),
    }

    assert [(day.number, day.on, lines(day)) for day in rundown(file, held)] == [
        (1, MONDAY, ["08.00-09.30 Dua"]),
        (2, TUESDAY, ["08.00-09.30 Satu"]),
    ]


def test_lessons_follow_each_other_and_one_that_a_break_cuts_goes_on() -> None:
    days = with_lessons(rundown(MORNING), {"pagi": [ALesson("a", 30), ALesson("b", 60)]})

    times = [(each.title, each.starts, each.ends) for row in days[0].rows for each in row.lessons]
    assert times == [
        ("A", time(8), time(8, 30)),
        ("B", time(8, 30), time(8, 45)),
        ("B", time(9), time(9, 45)),
    ]


def test_a_module_taught_in_two_sessions_goes_on_in_the_second() -> None:
    file = a_file(
        a_session("satu", "08.00", 1, module="01-menyapa"),
        a_session("dua", "10.00", 1, module="01-menyapa"),
    )

    days = with_lessons(rundown(file), {"01-menyapa": [ALesson("a", 45), ALesson("b", 45)]})

    assert [[each.file for each in row.lessons] for row in days[0].rows] == [["a"], ["b"]]


# ---- what is wrong -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (MORNING, []),
        (a_file(a_session("pagi", None)), []),
        (
            a_file(a_session("pagi", "08.00"), a_session("siang", None)),
            [Contains("belum punya jam mulai")],
        ),
        (
            a_file(a_session("pagi", "08.00", minutes=90), slots=(a_slot("08.30", 15),)),
            [
                Contains(
                    "08.00 sampai 09.30", "jeda 15 menit", "ada 75 menit", "2 JP = 90 menit"
                )
            ],
        ),
        (
            a_file(a_session("satu", "08.00"), a_session("dua", "09.00")),
            [
                Contains('"Dua" mulai 09.00', '"Satu" baru selesai 09.30'),
                Contains("150 menit tanpa rehat", "08.00 sampai 10.30"),
            ],
        ),
        (
            a_file(a_session("satu", "08.00"), slots=(a_slot("09.15", 30),)),
            [Contains('"Rest" mulai 09.15', '"Satu" baru selesai 09.30')],
        ),
        (
            a_file(a_session("satu", "08.00"), a_session("dua", "09.30")),
            [Contains("180 menit tanpa rehat", "08.00 sampai 11.00")],
        ),
        (a_file(a_session("satu", "08.00"), a_session("dua", "09.40")), []),
        (
            a_file(a_session("pagi", "07.00"), day_from="07.15", day_to="08.15"),
            [
                Contains("hari 1 ", "mulai 07.00", "paling awal 07.15"),
                Contains("hari 1 ", "selesai 08.30", "lewat dari 08.15"),
            ],
        ),
    ],
)  # fmt: skip
def test_every_mistake_of_a_day_is_said(file: CourseFile, expected: list[object]) -> None:
    assert said(file) == expected


def test_a_day_over_noon_needs_a_meal_and_time_to_pray() -> None:
    sessions = (
        a_session("pagi", "10.00"),
        a_session("siang", "12.00"),
        a_session("sore", "14.00"),
        a_session("akhir", "15.40", 1),
    )
    full = (
        a_slot("11.30", 30, "meal", prayer="yes"),
        a_slot("13.30", 30),
        a_slot("15.30", 10, prayer="yes"),
    )

    assert said(a_file(*sessions, slots=full)) == []
    assert said(
        a_file(*sessions, slots=(a_slot("11.30", 30), a_slot("13.30", 30), a_slot("15.30", 10)))
    ) == [
        Contains("hari 1 ", "tanpa waktu makan"),
        Contains("hari 1 ", "waktu salat Zuhur"),
        Contains("hari 1 ", "waktu salat Asar"),
    ]


@pytest.mark.parametrize(("on", "expected"), [(MONDAY, 0), (FRIDAY, 1)])
def test_a_friday_needs_its_noon_free(on: date, expected: int) -> None:
    held = {"pagi": HeldSession("pagi", on, "11.00")}

    found = [
        finding.message
        for finding in day_findings(MORNING, rundown(MORNING, held))
        if "Jumat" in finding.message
    ]

    assert found == [Contains('"Pagi"', "11.00–12.30", "salat Jumat")][:expected]


# ---- our own course ------------------------------------------------------------------------------


def test_our_two_days_fit() -> None:
    course, _ = read_course(ROOT)
    assert course is not None

    days = rundown(course.file)

    assert list(day_findings(course.file, days)) == []
    assert [(f"{day.rows[0].starts:%H.%M}", f"{day.rows[-1].ends:%H.%M}") for day in days] == [
        ("07.15", "16.00"),
        ("07.30", "16.25"),
    ]
    assert [sum(row.minutes for row in day.rows if row.kind == "session") for day in days] == [
        360,
        360,
    ]
    assert [(row.title, row.minutes) for day in days for row in day.rows if row.quizzes] == [
        (Contains("Registrasi", "tes awal"), 60),
        ("Tes akhir di ponsel", 35),
    ]
