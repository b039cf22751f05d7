"""Overviews for the desk: cohorts, names, and the homes of trained people. Changes nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from psm_course.content.region import Kelurahan, Region
from psm_course.domain.accounts import Account
from psm_course.domain.headcounts import ages_in_words, may_be_told
from psm_course.domain.register import Cohort
from psm_course.store.engine import Store
from psm_course.store.people import cohorts, people


def cohort_of(store: Store, number: str) -> str | None:
    """The cohort id of the participant with this number; None if nobody has the number."""
    with store.reading() as tx:
        person = people.find_enrolment(tx, number)
        return person.cohort if person else None


def get_cohort(store: Store, cohort_id: str) -> Cohort:
    """Read a cohort by its id.

    Raises:
        Refused: there is no such cohort.
    """
    with store.reading() as tx:
        return cohorts.get_cohort(tx, cohort_id)


def cohort_size(store: Store, cohort_id: str) -> tuple[Cohort, int]:
    """Read a cohort, and count the people who are expected in it and were not erased.

    Raises:
        Refused: there is no such cohort.
    """
    with store.reading() as tx:
        cohort = cohorts.get_cohort(tx, cohort_id)
        return cohort, sum(bool(person.name) for person in people.list_expected(tx, cohort_id))


def names_of(store: Store, numbers: Collection[str]) -> dict[str, str]:
    """Read names by number, for a page that lists numbers; an erased person has no name."""
    if not numbers:
        return {}
    with store.reading() as tx:
        return {person.number: person.name for person in people.enrolments_of(tx, numbers)}


def cohorts_for(
    store: Store, account: Account, offset: int, most: int, archived: bool = False
) -> tuple[tuple[Cohort, int, date], ...]:
    """List cohorts that an account may see, newest first.

    Each row has the cohort, the number of people expected in it, and its first day. `archived`
    True: only archived cohorts; False: only cohorts that are not archived. `offset` cohorts are
    skipped, at most `most` are returned.
    """
    with store.reading() as tx:
        return cohorts.cohorts_with_size(tx, account.scope, offset, most, archived)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts for one kelurahan.

    `passed` counts holders of a certificate of passing, `enrolled` everybody who was ever enrolled;
    each person counts once. `men` and `women` count only people whose sex is known.
    """

    kelurahan: Kelurahan
    passed: int
    enrolled: int
    men: int = 0
    women: int = 0

    @property
    def may_tell(self) -> bool:
        """True if the counts of men and women reveal nothing about a single person."""
        return may_be_told(self.men, self.women)


def men_and_women(counted: Sequence[Coverage]) -> tuple[int, int] | None:
    """Count the men and women of the whole region.

    None if nobody's sex is known, or if the counts must be hidden to protect single people. If the
    counts of exactly one kelurahan are hidden, the sums are hidden too: otherwise somebody could
    compute the hidden counts.
    """
    men, women = sum(each.men for each in counted), sum(each.women for each in counted)
    untold = sum(not each.may_tell for each in counted)
    return (men, women) if men + women and untold != 1 and may_be_told(men, women) else None


def coverage(store: Store, region: Region) -> tuple[Coverage, ...]:
    """Count people for every kelurahan of the region, in the order of kelurahan codes."""
    with store.reading() as tx:
        counted = people.count_persons(tx)
    of_home = {each.kelurahan: each for each in counted}
    return tuple(_coverage(home, of_home.get(home.code)) for home in region.homes)


def ages_said(store: Store, counted: Sequence[Coverage], year: int) -> str:
    """Write how many of all people who were ever enrolled are in each age band, in one sentence.

    The ages are those in `year`. `counted` is the result of `coverage`: from it comes the number of
    people whose age is not known. The sentence is empty if no birth year is known.
    """
    with store.reading() as tx:
        born = people.count_birth_years(tx)
    unknown = sum(each.enrolled for each in counted) - sum(born.values())
    return ages_in_words({None: unknown, **dict(born.items())}, year)


def _coverage(home: Kelurahan, count: people.Count | None) -> Coverage:
    return (
        Coverage(home, count.certified, count.people, count.men, count.women)
        if count
        else Coverage(home, 0, 0)
    )
