"""The groups of roles that may open a page, and a function that checks an account.

`routes.py` names one of these groups for each page.
"""

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
    """True if this account may open a page that is for these roles.

    If `about_a_cohort` is True, the account must also be allowed to see the cohort that the page is
    about. `cohort` is the id of this cohort; None if the cohort is not known. `cohort` is ignored
    if `about_a_cohort` is False.
    """
    return account.role in roles and (not about_a_cohort or account.sees(cohort))
