"""Writes the days of a cohort as a calendar file (.ics, RFC 5545) for speakers and trainers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from psm_course.content.rundown import CourseDay, Row

_PRODUCT = "-//Bimtek Dasar PSM//psm-course//ID"
_BUSY = ("session", "test", "door")


@dataclass(frozen=True, slots=True)
class CalendarOf:
    """The cohort whose days are written to a calendar file.

    `identity` is a text made of the id of the office and the id of the cohort. `place` may be
    empty.
    """

    identity: str
    title: str
    place: str
    zone: str


def write_calendar(of: CalendarOf, days: Iterable[CourseDay], made_at: datetime) -> bytes:
    """Return an .ics file with sessions, tests and the opening of the doors as events.

    Breaks, meals and days without a date are left out.

    Args:
        of: the cohort. Its events have the same ids in every file, so that a calendar program
            replaces the events of an older file by those of a newer one.
        days: the days as `content.rundown` returns them.
        made_at: the time at which these days were current, with a time zone; each event's DTSTAMP.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", of.title)
    # The older form of the name: many programs do not know `name` (RFC 7986, 2016).
    calendar.add("x-wr-calname", of.title)
    for day in days:
        for row in day.rows:
            if day.on is not None and row.kind in _BUSY:
                part = sum(
                    other.path == row.path and other.starts < row.starts for other in day.rows
                )
                calendar.add_component(_event(of, day.on, row, part, made_at))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(of: CalendarOf, on: date, row: Row, part: int, made_at: datetime) -> Event:
    event = Event()
    zone = ZoneInfo(of.zone)
    event.add("uid", _identity(of, row, part))
    event.add("dtstamp", made_at)
    event.add("dtstart", datetime.combine(on, row.starts, zone))
    event.add("dtend", datetime.combine(on, row.ends, zone))
    event.add("summary", f"{row.title} (lanjutan)" if row.continues else row.title)
    if where := ", ".join(said for said in (row.room, of.place) if said):
        event.add("location", where)
    if row.speaker or row.institution:
        event.add(
            "description",
            f"Pemateri: {', '.join(said for said in (row.speaker, row.institution) if said)}",
        )
    return event


def _identity(of: CalendarOf, row: Row, part: int) -> str:
    """Return the id of an event, which stays the same if the event moves to another day or hour.

    A break can split a session into several rows of one day, and each row becomes an event. `part`
    is the number of this row among them, from 0.
    """
    name = row.session or "/".join(map(str, row.path))
    return str(uuid5(NAMESPACE_URL, f"psm:{of.identity}/{name}/{part}"))
