"""Numbers that a restored office leaves out, so none is given a second time.

Pure; decision 0075.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from psm_course.errors import Refused
from psm_course.registrar.log.high_water import HighWater, Series

LEAST_GAP = 100


@dataclass(frozen=True, slots=True)
class Gap:
    """Sequences of a course and year that are left out, from `first` to `last`, both included."""

    course: str
    year: int
    first: int
    last: int

    @property
    def how_many(self) -> int:
        """The number of sequences left out."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Known:
    """Facts at hand when a backup is restored.

    Args:
        reached: high-water marks of the backup.
        found: highest sequence found outside it, by course and year.
        events_since: events of the log after the backup, by the newest checkpoint; None: no newer
            one was found.
        told: the last sequence of this year as the officer says, by course.
        courses: of the office.
        year: this year.
        waiting: people without a certificate; at most so many may have got one since.
        position: first place in the status lists that nothing found outside the backup uses.
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
        """The highest sequence that the backup or anything outside it names."""
        return max(self.reached.numbers.get(series, 0), self.found.get(series, 0))


def unsure(known: Known) -> tuple[str, ...]:
    """The courses whose last certificate number of this year is not known.

    Neither the officer nor anything outside the backup tells it.

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
    """The numbers to leave out, by course and year.

    Up to what the officer says, or the highest found outside. Where nothing newer was found, as
    many as may have been given: one for each event since, but at most twice the people waiting plus
    a hundred.

    Raises:
        Refused: the officer names a number below one that was found, or a course that the backup
            does not have.
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
