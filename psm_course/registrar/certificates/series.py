"""Series of certificate numbers: one for every course and year.

The pattern of the numbers is the course's own or the office's (decision 0054).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from psm_course.credentials.number_patterns import record_number
from psm_course.domain.course_file import CourseFile
from psm_course.errors import Refused
from psm_course.registrar.completion.adopting import one_course
from psm_course.registrar.reasons import reason_about
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.certificates import records
from psm_course.store.completion.versions import newest_versions
from psm_course.store.engine import Connection, Store

_MOST_SKIPPED = 1000  # more is a slip of the finger, and cannot be taken back


def pattern_of(settings: Settings, file: CourseFile | None) -> str:
    """The number pattern of a course; the office's pattern if the course has none.

    In a rehearsal, returns the office's pattern for every course, because it marks the numbers as
    practice.
    """
    own = file.record_number if file else None
    return settings.record_number if settings.is_rehearsal or own is None else own


def next_numbers(
    tx: Connection, settings: Settings, course: str, how_many: int, now: datetime
) -> tuple[int, tuple[str, ...]]:
    """Find the next free numbers of a course this year; nothing is written.

    Returns the sequence (running number) of the first number, and `how_many` numbers (at least one)
    as they are printed.

    Raises:
        Refused: the pattern is invalid, gives the same numbers as another course's pattern, or a
            number is taken already.
    """
    files = {version.course.file.id: version.course.file for version in newest_versions(tx)}
    pattern = pattern_of(settings, files.pop(course, None))
    _refuse_shared(settings, course, pattern, files.values(), now)
    first = records.last_sequence(tx, course, now.year) + 1
    numbers = tuple(record_number(pattern, first + at, now) for at in range(max(how_many, 1)))
    _refuse_taken(tx, course, numbers)
    return first, numbers


def _refuse_shared(
    settings: Settings, course: str, pattern: str, others: Iterable[CourseFile], now: datetime
) -> None:
    """Refuse a pattern that gives the same numbers as the pattern of another course."""
    own = record_number(pattern, 1, now)
    for file in others:
        if record_number(pattern_of(settings, file), 1, now) == own:
            raise Refused(
                f"Kursus {course} dan {file.id} akan memberi nomor yang sama, misalnya {own}. Belum"
                " ada nomor yang terpakai. Tulis record_number yang lain di course.yml salah"
                " satunya, lalu adopsi: psm course adopt"
            )


def _refuse_taken(tx: Connection, course: str, numbers: Sequence[str]) -> None:
    taken = records.taken_numbers(tx, numbers)
    if taken:
        raise Refused(
            f"Nomor {taken[0]} sudah ada di register, dari kursus atau pola nomor lain. Belum ada"
            f" nomor yang terpakai. Ubah pola nomor kursus {course}, atau lewati nomor itu: psm"
            " numbers skip"
        )


def skip_numbers(
    store: Store, year: int, last: int, reason: str, actor: str, now: datetime, course: str = ""
) -> tuple[int, int]:
    """Skip the numbers of a course from the next one up to the sequence `last`.

    This is needed if, for example, certificates were numbered by hand on a day without a laptop.
    `course` is a course's id; empty: the only course that the office adopted. Returns the first and
    the last skipped sequence (running number).

    Raises:
        Refused: the numbers up to `last` were used or skipped already, they are more than a
            thousand, the reason is invalid, or it is not clear which course is meant.
    """
    with store.transaction() as tx:
        why, series = reason_about(tx, reason), one_course(tx, course)
        first = records.last_sequence(tx, series, year) + 1
        if last < first:
            raise Refused(
                f"Nomor urut {last} sudah terpakai atau dilewati; nomor berikut adalah {first}."
            )
        if last - first >= _MOST_SKIPPED:
            raise Refused(
                f"Itu melewati {last - first + 1} nomor sekaligus; paling banyak {_MOST_SKIPPED}."
                " Periksa lagi nomornya."
            )
        records.skip_numbers(tx, series, year, first, last, why, actor, now)
        audit.note(
            tx, actor, "numbers skipped", str(year), now, course=series, first=first, last=last
        )
    return first, last
