"""The menus of the desk: an account is shown only the pages that it may open."""

from psm_course.domain.accounts import Account
from psm_course.web.routes import PLACES, Place

_OF_A_COHORT = "/angkatan/{cohort}"


def menu(account: Account) -> list[tuple[str, str]]:
    """Addresses and labels of the pages that are not about one cohort."""
    return [(place.path, place.label) for place in _open_to(account) if not place.path.startswith(_OF_A_COHORT)]


def cohort_menu(account: Account, cohort: str) -> list[tuple[str, str]]:
    """Addresses and labels of the pages about this cohort."""
    mine = (place for place in _open_to(account) if place.path.startswith(_OF_A_COHORT))
    return [(place.path.replace("{cohort}", cohort), place.label) for place in mine]


def _open_to(account: Account) -> list[Place]:
    return [place for place in PLACES if place.label and place.who and account.role in place.who]
