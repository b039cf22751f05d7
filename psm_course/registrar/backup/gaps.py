"""Numbers that a restored office skips, so that no number is given twice (decision 0075).

Nothing here reads files or the register.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from psm_course.errors import Refused
from psm_course.registrar.log.high_water import HighWater, Series

# For certificates that were issued after the backup; backups are made every hour.
LEAST_GAP = 100


@dataclass(frozen=True, slots=True)
class Gap:
    """Certificate numbers of one course and year that are skipped.

    `first` and `last` are sequences (running numbers); both are skipped too.
    """

    course: str
    year: int
    first: int
    last: int

    @property
    def how_many(self) -> int:
        """The number of skipped numbers."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Known:
    """Facts that decide which numbers are skipped when a backup is restored.

    Args:
        reached: high-water marks of the backup (the last numbers and places that it used).
        found: highest sequence (running number) found outside the backup, by course and year.
        events_since: number of events in the log after the backup, up to the newest checkpoint
            that was found; None: no checkpoint newer than the backup was found.
        told: the last sequence of this year by course, as the officer says.
        courses: ids of the office's courses.
        year: this year.
        waiting: number of people without a certificate; it limits how many certificates may have
            been issued after the backup.
        position: first place in the status lists after all places found outside the backup.
    """

    reached: HighWater
    found: Mapping[Series, int]
    events_since: int | None
    told: Mapping[str, int]
    courses: tuple[str, ...]
    year: int
    waiting: int
    position: int = 0

    def last_known(self, series: Series) -> int:
        """The highest sequence of a course and year, in the backup or outside the backup."""
        return max(self.reached.numbers.get(series, 0), self.found.get(series, 0))


def unsure(known: Known) -> tuple[str, ...]:
    """List the courses for which the highest certificate number of this year is not known.

    For such a course the officer named no number, and no number found outside the backup is higher
    than the numbers in the backup.

    Raises:
        Refused: the officer names a course that the backup does not have.
    """
    unknown = [course for course in known.told if course not in known.courses]
    if unknown:
        raise Refused(
            f'Kursus "{unknown[0]}" tidak ada di cadangan ini. Yang ada:'
            f" {', '.join(known.courses)}."
        )
    return tuple(
        course
        for course in known.courses
        if course not in known.told
        and known.last_known((course, known.year))
        == known.reached.numbers.get((course, known.year), 0)
    )


def gaps_for(known: Known) -> tuple[Gap, ...]:
    """Compute the numbers to skip, by course and year.

    For each course and year, numbers are skipped up to the number that the officer says, or else up
    to the highest number found outside the backup.

    If neither number is known for a course this year (`unsure`), as many numbers are skipped as may
    have been given since the backup. This is at most a hundred, plus twice the number of people
    without a certificate. If it is known how many events came into the log since the backup, then
    it is also at most one number for each event.

    Raises:
        Refused: the officer names a number below one that was used already, or a course that the
            backup does not have.
    """
    gaps, doubtful = [], unsure(known)
    this_year = {(course, known.year) for course in known.courses}
    for series in sorted({*this_year, *known.found}):
        reached, last = known.reached.numbers.get(series, 0), known.last_known(series)
        if series in this_year:
            last = _last(known, series, last, series[0] in doubtful)
        if last > reached:
            gaps.append(Gap(*series, reached + 1, last))
    return tuple(gaps)


def _last(known: Known, series: Series, last: int, is_unsure: bool) -> int:
    told = known.told.get(series[0])
    if told is None:
        return last + _unknown(known) if is_unsure else last
    if told < last:
        raise Refused(
            f"Nomor urut {last} ({series[0]}) sudah diketahui terpakai, jadi yang terakhir tidak"
            f" mungkin {told}. Periksa lagi."
        )
    return told


def _unknown(known: Known) -> int:
    most = LEAST_GAP + 2 * known.waiting
    return most if known.events_since is None else min(known.events_since, most)
