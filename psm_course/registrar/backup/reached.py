"""Find the highest sequences among certificate numbers found outside a register."""

from collections.abc import Iterable

from psm_course.credentials.number_patterns import find_sequence
from psm_course.registrar.certificates.series import pattern_of
from psm_course.registrar.log.high_water import Series
from psm_course.settings import Settings
from psm_course.store.completion.versions import newest_versions
from psm_course.store.engine import Connection


def found_sequences(
    tx: Connection, settings: Settings, numbers: Iterable[str]
) -> dict[Series, int]:
    """The highest sequence among these certificate numbers, by course and year.

    A number that fits the pattern of no course is ignored.
    """
    patterns = {
        version.course.file.id: pattern_of(settings, version.course.file)
        for version in newest_versions(tx)
    }
    found: dict[Series, int] = {}
    for number in numbers:
        for course, pattern in patterns.items():
            placed = find_sequence(pattern, number)
            if placed is not None:
                year, sequence = placed
                found[course, year] = max(sequence, found.get((course, year), 0))
    return found
