"""The calendar file, read by somebody else's reader (vobject):
when, where and what, in the office's own time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import vobject

from psm_course.content.rundown import CourseDay, Row
from psm_course.interchange.calendar_file import CalendarOf, write_calendar

NOW = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)
DEPOK = CalendarOf(
    "3276/D26", "Bimtek Dasar PSM, Angkatan D26", "Aula Baleka; lantai 10", "Asia/Jakarta"
)
ON = date(2026, 12, 8)
TEACHING = Row(
    time(9), time(10), "session", "Peran, batas; janji", ("sessions", 0), session="dasar"
)
DAY = CourseDay(
    1,
    ON,
    (
        replace(TEACHING, room="Ruang 2", speaker="Ibu Contoh", institution="Kemensos"),
        Row(time(10), time(10, 15), "rest", "Rehat", ("slots", 0)),
        replace(TEACHING, starts=time(10, 15), ends=time(10, 45), continues=True),
        Row(time(15), time(15, 35), "test", "Tes akhir", ("slots", 1)),
    ),
)


def read(ics: bytes) -> list[Any]:
    """The events in their order, as vobject understands them."""
    return list(vobject.readOne(ics.decode()).vevent_list)


def test_another_reader_finds_sessions_and_tests_in_local_time_and_no_rests() -> None:
    events = read(write_calendar(DEPOK, [DAY], NOW))

    assert [
        (
            event.summary.value,
            event.dtstart.value.replace(tzinfo=None),
            event.dtend.value.replace(tzinfo=None),
        )
        for event in events
    ] == [
        ("Peran, batas; janji", datetime(2026, 12, 8, 9), datetime(2026, 12, 8, 10)),
        (
            "Peran, batas; janji (lanjutan)",
            datetime(2026, 12, 8, 10, 15),
            datetime(2026, 12, 8, 10, 45),
        ),
        ("Tes akhir", datetime(2026, 12, 8, 15), datetime(2026, 12, 8, 15, 35)),
    ]
    assert {event.dtstart.value.utcoffset() for event in events} == {timedelta(hours=7)}


def test_room_place_and_speaker_are_said_where_they_are_known() -> None:
    first, second, test = read(write_calendar(DEPOK, [DAY], NOW))

    assert (first.location.value, first.description.value) == (
        "Ruang 2, Aula Baleka; lantai 10",
        "Pemateri: Ibu Contoh, Kemensos",
    )
    assert [(event.location.value, hasattr(event, "description")) for event in (second, test)] == [
        ("Aula Baleka; lantai 10", False)
    ] * 2


def test_the_file_is_as_the_standard_writes_it() -> None:
    ics = write_calendar(replace(DEPOK, title="Bimtek " + "panjang " * 20), [DAY], NOW)

    lines = ics.split(b"\r\n")
    assert (lines[0], lines[-2:], b"\n" in ics.replace(b"\r\n", b"")) == (
        b"BEGIN:VCALENDAR",
        [b"END:VCALENDAR", b""],
        False,
    )
    assert max(map(len, lines)) <= 75
    assert [line for line in lines if line.startswith((b"VERSION", b"TZID", b"DTSTART;"))] == [
        b"VERSION:2.0",
        b"TZID:Asia/Jakarta",
        b"DTSTART;TZID=Asia/Jakarta:20261208T090000",
        b"DTSTART;TZID=Asia/Jakarta:20261208T101500",
        b"DTSTART;TZID=Asia/Jakarta:20261208T150000",
    ]


def test_a_newer_file_replaces_the_events_of_the_older_one() -> None:
    later = replace(
        DAY, on=date(2026, 12, 15), rows=tuple(replace(row, room="Aula") for row in DAY.rows)
    )

    before, after = (read(write_calendar(DEPOK, [day], NOW)) for day in (DAY, later))

    assert [event.uid.value for event in before] == [event.uid.value for event in after]
    assert len({event.uid.value for event in before}) == 3
    assert {
        event.uid.value
        for event in read(write_calendar(replace(DEPOK, identity="3276/D27"), [DAY], NOW))
    }.isdisjoint(event.uid.value for event in before)


def test_a_session_cut_twice_keeps_three_events_apart() -> None:
    rows = [
        replace(TEACHING, starts=time(hour), ends=time(hour, 30), continues=hour > 8)
        for hour in (8, 9, 10)
    ]

    assert (
        len(
            {
                event.uid.value
                for event in read(write_calendar(DEPOK, [CourseDay(1, ON, tuple(rows))], NOW))
            }
        )
        == 3
    )


def test_another_city_has_its_own_time() -> None:
    (first, *_) = read(write_calendar(replace(DEPOK, zone="Asia/Makassar"), [DAY], NOW))

    assert first.dtstart.value.utcoffset() == timedelta(hours=8)


def test_days_without_a_date_are_left_out() -> None:
    calendar = vobject.readOne(write_calendar(DEPOK, [replace(DAY, on=None)], NOW).decode())

    assert not hasattr(calendar, "vevent")
