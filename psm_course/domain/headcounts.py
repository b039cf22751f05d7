"""Counts of people by sex and age; small counts are hidden to protect persons (decision 0082)."""

from collections.abc import Mapping
from typing import NamedTuple

from psm_course.domain.register import Sex

FEWEST = 5  # a smaller count could tell who somebody is
_BANDS = (25, 35, 45, 55)  # the first age of each band but the youngest


class Band(NamedTuple):
    """A number of people whose age is at least `first` and below `end`. None: no limit."""

    first: int | None
    end: int | None
    people: int

    @property
    def label(self) -> str:
        """The band in words, for example `25–34` or `55 ke atas`."""
        if self.first is None:
            return "segala umur" if self.end is None else f"di bawah {self.end}"
        return f"{self.first} ke atas" if self.end is None else f"{self.first}–{self.end - 1}"


def may_be_told(*counts: int) -> bool:
    """True if these counts may be published: each is 0 or at least 5.

    From a count of 1 to 4 somebody could find out who the people are.
    """
    return not any(0 < count < FEWEST for count in counts)


def ages(birth_years: Mapping[int, int], year: int) -> tuple[Band, ...]:
    """Count people by age band, youngest first. Bands with 1 to 4 people are joined to a neighbour.

    Args:
        birth_years: number of people born in each year.
        year: the year in which ages are counted. An age is this year minus the year of birth.
    """
    bands = [
        Band(
            first,
            end,
            sum(
                people
                for born, people in birth_years.items()
                if _is_within(year - born, first, end)
            ),
        )
        for first, end in zip((None, *_BANDS), (*_BANDS, None), strict=True)
    ]
    while len(bands) > 1 and not may_be_told(*(band.people for band in bands)):
        bands = _with_a_neighbour(bands)
    return tuple(bands)


def _is_within(age: int, first: int | None, end: int | None) -> bool:
    return (first is None or age >= first) and (end is None or age < end)


def _with_a_neighbour(bands: list[Band]) -> list[Band]:
    """Join the first band that has too few people (1 to 4) to a band beside it.

    If there are bands on both sides, the one with fewer people is chosen.
    """
    few = next(index for index, band in enumerate(bands) if not may_be_told(band.people))
    beside = [index for index in (few - 1, few + 1) if 0 <= index < len(bands)]
    first, second = sorted((few, min(beside, key=lambda index: bands[index].people)))
    joined = Band(bands[first].first, bands[second].end, bands[first].people + bands[second].people)
    return [*bands[:first], joined, *bands[second + 1 :]]


# ---- in words ------------------------------------------------------------------------------------

TOO_FEW = f"tidak disebut, karena ada yang kurang dari {FEWEST} orang"


def sexes_in_words(counts: Mapping[Sex | None, int]) -> str:
    """Return counts by sex as words: `12 L, 30 P; 3 tidak diisi`. Empty if no sex is known.

    If the number of men or of women is from 1 to 4, the text has a remark instead of both numbers.
    """
    men, women = counts.get("L", 0), counts.get("P", 0)
    told = f"{men} L, {women} P" if may_be_told(men, women) else TOO_FEW
    return "; ".join([told, *_left_out(counts.get(None, 0))]) if men + women else ""


def ages_in_words(birth_years: Mapping[int | None, int], year: int) -> str:
    """Return counts by birth year as words; empty if no birth year is known.

    For example `di bawah 25: 6, 25–34: 12, 35 ke atas: 30; 3 tidak diisi`. If fewer than 5 birth
    years are known, the text has a remark instead of the numbers.
    """
    known = {born: people for born, people in birth_years.items() if born is not None}
    bands = ages(known, year)
    told = (
        ", ".join(f"{band.label}: {band.people}" for band in bands)
        if may_be_told(*(band.people for band in bands))
        else TOO_FEW
    )
    return "; ".join([told, *_left_out(birth_years.get(None, 0))]) if known else ""


def _left_out(people: int) -> list[str]:
    return [f"{people} tidak diisi"] if people else []
