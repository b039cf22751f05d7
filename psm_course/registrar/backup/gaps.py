"""What a restored office leaves out, so that nothing which was given after the backup is given again. Pure; decision 0075."""

from collections.abc import Mapping
from dataclasses import dataclass

from psm_course.errors import Refused
from psm_course.registrar.log.high_water import HighWater, Series

LEAST_GAP = 100


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers of a course and year, from one to another, both left out."""

    course: str
    year: int
    first: int
    last: int

    @property
    def how_many(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when a backup is restored.

    Args:
        reached: how far the backup had come.
        found: the highest number in sequence that was found outside it, of each course and year.
        events_since: how many events the log had after the backup, by the newest checkpoint; None: no newer one was found.
        told: what the officer says was the last number, by course; only of this year.
        courses: of the office.
        year: this year.
        waiting: people who have no certificate yet: so many may have been given one since.
        position: the first place in the status lists that nothing found outside the backup has.
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
        """The highest that the backup or anything outside it names."""
        return max(self.reached.numbers.get(series, 0), self.found.get(series, 0))


def unsure(known: Known) -> tuple[str, ...]:
    """The courses of which nothing outside names a higher number of this year than the backup, nor an officer the last one.

    Refused where the officer names a course that the backup does not have, before anybody is asked about the others.
    """
    unknown = [course for course in known.told if course not in known.courses]
    if unknown:
        raise Refused(f'Kursus "{unknown[0]}" tidak ada di cadangan ini. Yang ada: {", ".join(known.courses)}.')
    return tuple(
        course
        for course in known.courses
        if course not in known.told and known.last_known((course, known.year)) == known.reached.numbers.get((course, known.year), 0)
    )


def gaps_for(known: Known) -> tuple[Gap, ...]:
    """The numbers to leave out.

    By what an officer says; else up to the highest that was found; else, where nothing newer was found, as many as may have been given: one
    for each event since, where a checkpoint tells how many these were, and not more than there are people waiting, twice, and a hundred.

    Raises:
        Refused: an officer names a number below one that was found, or of a course that the backup does not have.
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
        raise Refused(f"Nomor urut {last} ({series[0]}) sudah diketahui terpakai, jadi yang terakhir tidak mungkin {told}. Periksa lagi.")
    return told


def _unknown(known: Known) -> int:
    most = LEAST_GAP + 2 * known.waiting
    return most if known.events_since is None else min(known.events_since, most)
