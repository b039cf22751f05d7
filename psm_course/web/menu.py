"""The menus of the desk: each account is shown only the pages that open to it."""

from psm_course.domain.accounts import Account
from psm_course.web.routes import PLACES, Place

_OF_A_COHORT = "/angkatan/{cohort}"


def menu(account: Account) -> list[tuple[str, str]]:
    """Addresses and labels of the desk's own pages."""
    return [(place.path, place.label) for place in _open_to(account) if not place.path.startswith(_OF_A_COHORT)]


def cohort_menu(account: Account, cohort: str) -> list[tuple[str, str]]:
    """The same for the pages of one cohort."""
    mine = (place for place in _open_to(account) if place.path.startswith(_OF_A_COHORT))
    return [(place.path.replace("{cohort}", cohort), place.label) for place in mine]


def _open_to(account: Account) -> list[Place]:
    return [place for place in PLACES if place.label and place.who and account.role in place.who]
