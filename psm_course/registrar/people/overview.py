"""What the desk looks at before it acts: cohorts, one cohort's standing, and where trained people live. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass

from psm_course.content.region import Kelurahan, Region
from psm_course.domain.accounts import Account
from psm_course.domain.register import Cohort
from psm_course.store.certificates import records
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


def cohorts_for(store: Store, account: Account, offset: int, most: int) -> tuple[tuple[Cohort, int], ...]:
    """The cohorts that an account sees, newest first, with the number of people in each."""
    with store.reading() as tx:
        return people.cohorts_with_size(tx, account.scope, offset, most)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many people of a kelurahan have passed, and how many were ever enrolled."""

    kelurahan: Kelurahan
    passed: int
    enrolled: int


def coverage(store: Store, region: Region) -> tuple[Coverage, ...]:
    """All kelurahan of the region, in the order of their codes."""
    with store.reading() as tx:
        passed, enrolled = records.passed_by_kelurahan(tx), people.enrolled_by_kelurahan(tx)
    return tuple(Coverage(home, passed.get(home.code, 0), enrolled.get(home.code, 0)) for home in region.homes)
