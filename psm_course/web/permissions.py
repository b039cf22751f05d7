"""The groups of roles that may open a page (`routes.py` names one for each), and the check."""

from psm_course.domain.accounts import ROLES, Account

Roles = frozenset[str]

# No sign-in: the sign-in form itself, the page for phones,
# and a learner's own page, which asks for the card.
ANYBODY: Roles | None = None
EVERYBODY: Roles = frozenset(ROLES)
TEACHING: Roles = frozenset({"petugas", "pelatih"})
OVERSEEING: Roles = frozenset({"petugas", "pembaca"})
OFFICERS: Roles = frozenset({"petugas"})


def may_enter(account: Account, roles: Roles, cohort: str | None, about_a_cohort: bool) -> bool:
    """True if the account has one of these roles and may see the cohort that the page is about.

    `cohort` is the id of that cohort; None if it is not known. If `about_a_cohort` is False, only
    the role counts.
    """
    return account.role in roles and (not about_a_cohort or account.sees(cohort))
