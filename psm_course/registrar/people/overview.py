"""What the desk looks at before it acts: cohorts, one cohort's standing, and where trained people live. Reads only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from psm_course.content.region import Kelurahan, Region
from psm_course.domain.accounts import Account
from psm_course.domain.headcounts import ages_in_words, may_be_told
from psm_course.domain.register import Cohort
from psm_course.store.engine import Store
from psm_course.store.people import people


def cohort_of(store: Store, number: str) -> str | None:
    """The cohort of a participant; None for a number that the register does not know."""
    with store.reading() as tx:
        person = people.find_enrolment(tx, number)
        return person.cohort if person else None


def get_cohort(store: Store, cohort_id: str) -> Cohort:
    """Refused when there is no such cohort."""
    with store.reading() as tx:
        return people.get_cohort(tx, cohort_id)


def cohort_size(store: Store, cohort_id: str) -> tuple[Cohort, int]:
    """A cohort and how many people are expected in it, without those who were erased. Refused when there is no such cohort."""
    with store.reading() as tx:
        cohort = people.get_cohort(tx, cohort_id)
        return cohort, sum(bool(person.name) for person in people.list_expected(tx, cohort_id))


def names_of(store: Store, numbers: Collection[str]) -> dict[str, str]:
    """What people of these numbers are called, for a page that lists numbers; an erased person is called nothing."""
    if not numbers:
        return {}
    with store.reading() as tx:
        return {person.number: person.name for person in people.enrolments_of(tx, numbers)}


def cohorts_for(store: Store, account: Account, offset: int, most: int, archived: bool = False) -> tuple[tuple[Cohort, int, date], ...]:
    """The cohorts that an account sees (or those put away), newest first, with the number of people expected and the first day of each."""
    with store.reading() as tx:
        return people.cohorts_with_size(tx, account.scope, offset, most, archived)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many people of a kelurahan hold a certificate of passing, and how many were ever enrolled: each person once.

    `men` and `women` are those of whom it is known.
    """

    kelurahan: Kelurahan
    passed: int
    enrolled: int
    men: int = 0
    women: int = 0

    @property
    def may_tell(self) -> bool:
        """Whether how many are men and how many women may be shown without telling of anybody."""
        return may_be_told(self.men, self.women)


def men_and_women(counted: Sequence[Coverage]) -> tuple[int, int] | None:
    """How many of either in the whole region; None where it is not known of anybody, or would tell the one kelurahan that is not shown."""
    men, women = sum(each.men for each in counted), sum(each.women for each in counted)
    untold = sum(not each.may_tell for each in counted)
    return (men, women) if men + women and untold != 1 and may_be_told(men, women) else None


def coverage(store: Store, region: Region) -> tuple[Coverage, ...]:
    """All kelurahan of the region, in the order of their codes."""
    with store.reading() as tx:
        counted = people.count_persons(tx)
    of_home = {each.kelurahan: each for each in counted}
    return tuple(_coverage(home, of_home.get(home.code)) for home in region.homes)


def ages_said(store: Store, counted: Sequence[Coverage], year: int) -> str:
    """How old those counted are in this year, in words and in bands; empty where it is known of nobody."""
    with store.reading() as tx:
        born = people.count_birth_years(tx)
    unknown = sum(each.enrolled for each in counted) - sum(born.values())
    return ages_in_words({None: unknown, **dict(born.items())}, year)


def _coverage(home: Kelurahan, count: people.Count | None) -> Coverage:
    return Coverage(home, count.certified, count.people, count.men, count.women) if count else Coverage(home, 0, 0)
