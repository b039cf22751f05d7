"""Finds mistakes in a rundown, by the same rules for `psm check` and for the days of a cohort.

The limits are this course's own: nobody sits longer than two hours, and a day that goes on over
noon has a meal and time to pray. Prayer times change during the year, so a break for prayer is
accepted within a long range of hours.
"""

from collections.abc import Iterable, Iterator
from datetime import time
from itertools import pairwise

from psm_course.authoring.problems import Finding
from psm_course.content.rundown import CourseDay, Row, clock_of, minute_of
from psm_course.domain.course_file import CourseFile

LONGEST_SITTING = 120
# A gap in the day that is as good as a break, in minutes.
_A_PAUSE = 10
# Windows of the day: a break that touches one is enough.
_MEAL = (time(11), time(13, 30))
_PRAYERS = {"Zuhur": (time(11, 45), time(13, 30)), "Asar": (time(14, 30), time(15, 45))}
_FRIDAY = 4  # as `date.weekday` counts
_FRIDAY_PRAYER = (time(11, 30), time(13))


def day_findings(file: CourseFile, days: Iterable[CourseDay]) -> Iterator[Finding]:
    """Yield all mistakes, in the order of the days.

    Days on which no session has a clock time are skipped.
    """
    days = [day for day in days if _sessions(day)]
    for day in days:
        yield from _unplaced(day)
        yield from _overlaps(day)
        yield from _hours(file, day)
        yield from _sitting(day)
        yield from _noon(day)
        yield from _friday(day)
    yield from _teaching(file, days)


def _sessions(day: CourseDay) -> list[Row]:
    return [row for row in day.rows if row.kind == "session"]


def _unplaced(day: CourseDay) -> Iterator[Finding]:
    for path in day.unplaced:
        yield Finding(
            path,
            "sesi ini belum punya jam mulai, padahal sesi lain di harinya punya",
            "tulis start, misalnya 08.30",
            "warning",
        )


def _overlaps(day: CourseDay) -> Iterator[Finding]:
    """Report rows that begin before an earlier row has ended."""
    last: Row | None = None
    for row in day.rows:
        if last and row.starts < last.ends:
            yield Finding(
                (*row.path, "start"),
                f'"{row.title}" mulai {row.starts:%H.%M}, padahal "{last.title}" baru selesai'
                f" {last.ends:%H.%M}",
                "geser salah satunya",
            )
        last = row if last is None or row.ends >= last.ends else last


def _hours(file: CourseFile, day: CourseDay) -> Iterator[Finding]:
    first, last = day.rows[0], max(day.rows, key=lambda row: row.ends)
    if file.day_from and first.starts < clock_of(file.day_from):
        yield Finding(
            (*first.path, "start"),
            f"hari {day.number} sudah mulai {first.starts:%H.%M}, sebelum jam paling awal"
            f" {file.day_from}",
            "mulai lebih siang, atau ubah day_from",
        )
    if file.day_to and last.ends > clock_of(file.day_to):
        yield Finding(
            (*last.path, "start"),
            f"hari {day.number} baru selesai {last.ends:%H.%M}, lewat dari {file.day_to}",
            "mulai lebih pagi, pendekkan jeda, atau keluarkan tes dari hari itu",
        )


def _sitting(day: CourseDay) -> Iterator[Finding]:
    """Report sessions and tests that follow each other for too long without a break.

    The time between the opening of the doors and the first session is not counted, because people
    then stand and walk.
    """
    seated: list[Row] = []
    for row in [row for row in day.rows if row.kind != "door"]:
        paused = row.kind in ("rest", "meal") or (
            seated and minute_of(row.starts) - minute_of(seated[-1].ends) >= _A_PAUSE
        )
        if paused:
            yield from _too_long(seated)
        seated = [] if row.kind in ("rest", "meal") else [row] if paused else [*seated, row]
    yield from _too_long(seated)


def _too_long(seated: list[Row]) -> Iterator[Finding]:
    length = minute_of(seated[-1].ends) - minute_of(seated[0].starts) if seated else 0
    if length > LONGEST_SITTING:
        yield Finding(
            (*seated[-1].path, "start"),
            f"{length} menit tanpa rehat, dari {seated[0].starts:%H.%M} sampai"
            f" {seated[-1].ends:%H.%M}",
            f"beri rehat sesudah paling lama {LONGEST_SITTING} menit",
            "warning",
        )


def _noon(day: CourseDay) -> Iterator[Finding]:
    starts, ends = day.rows[0].starts, max(row.ends for row in day.rows)
    at = _sessions(day)[0].path
    if _lasts_over(starts, ends, _MEAL) and not any(
        row.kind == "meal" and _touches(row, _MEAL) for row in day.rows
    ):
        yield Finding(
            at,
            f"hari {day.number} melewati tengah hari tanpa waktu makan",
            "tambahkan slot dengan kind: meal, misalnya pukul 12.00",
            "warning",
        )
    for prayer, window in _PRAYERS.items():
        if _lasts_over(starts, ends, window) and not any(
            row.prayer and _touches(row, window) for row in day.rows
        ):
            yield Finding(
                at,
                f"hari {day.number} belum menyediakan waktu salat {prayer}",
                f"beri prayer: yes pada rehat antara {window[0]:%H.%M} dan {window[1]:%H.%M}",
                "warning",
            )


def _friday(day: CourseDay) -> Iterator[Finding]:
    busy = [
        row for row in day.rows if row.kind in ("session", "test") and _touches(row, _FRIDAY_PRAYER)
    ]
    if busy and day.on is not None and day.on.weekday() == _FRIDAY:
        yield Finding(
            (*busy[0].path, "start"),
            f'hari Jumat, dan "{busy[0].title}" berjalan'
            f" {busy[0].starts:%H.%M}–{busy[0].ends:%H.%M}, pada waktu salat Jumat",
            "kosongkan pukul 11.30 sampai 13.00 dengan memindah jam sesi, atau pilih hari lain",
            "warning",
        )


def _lasts_over(starts: time, ends: time, window: tuple[time, time]) -> bool:
    return starts <= window[0] and ends >= window[1]


def _touches(row: Row, window: tuple[time, time]) -> bool:
    return row.starts < window[1] and row.ends > window[0]


def _teaching(file: CourseFile, days: Iterable[CourseDay]) -> Iterator[Finding]:
    """Report sessions whose length is not their JP multiplied by `minutes_per_hour`.

    Breaks within a session are not counted.
    """
    parts: dict[str, list[Row]] = {}
    for row in (row for day in days for row in _sessions(day)):
        parts.setdefault(row.session, []).append(row)
    for session, rows in parts.items():
        hours = next(each.hours for each in file.sessions if each.id == session)
        taught, asked = sum(row.minutes for row in rows), hours * file.minutes_per_hour
        if taught != asked:
            paused = sum(
                minute_of(after.starts) - minute_of(before.ends) for before, after in pairwise(rows)
            )
            less = f", dikurangi jeda {paused} menit," if paused else ""
            yield Finding(
                rows[0].path,
                f"dari {rows[0].starts:%H.%M} sampai {rows[-1].ends:%H.%M}{less} ada {taught}"
                f" menit; {hours} JP = {asked} menit",
                "ubah minutes sesi ini, atau jeda di dalamnya",
            )
