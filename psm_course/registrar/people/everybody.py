"""The numbers and names of all people, to check that no name or number is on the public site."""

from psm_course.store.engine import Store
from psm_course.store.people import people


def numbers_and_names(store: Store) -> tuple[frozenset[str], frozenset[str]]:
    """Read the numbers of all participants, and the names of those who were not erased."""
    with store.reading() as tx:
        return frozenset(people.every_number(tx)), frozenset(people.names_in(tx, ()))
