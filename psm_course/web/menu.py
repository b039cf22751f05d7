"""The menus of the desk (the office's web pages): they list only the pages an account may open."""

from psm_course.domain.accounts import Account
from psm_course.web.routes import PAGE_ROUTES, PageRoute

_OF_A_COHORT = "/angkatan/{cohort}"


def menu(account: Account) -> list[tuple[str, str]]:
    """Return the pages that are not about one cohort, as pairs of address and label."""
    return [
        (route.path, route.label)
        for route in _open_to(account)
        if not route.path.startswith(_OF_A_COHORT)
    ]


def cohort_menu(account: Account, cohort: str) -> list[tuple[str, str]]:
    """Return the pages about this cohort, as pairs of address and label."""
    return [
        (route.path.replace("{cohort}", cohort), route.label)
        for route in _open_to(account)
        if route.path.startswith(_OF_A_COHORT)
    ]


def _open_to(account: Account) -> list[PageRoute]:
    return [
        route
        for route in PAGE_ROUTES
        if route.label and route.roles and account.role in route.roles
    ]
