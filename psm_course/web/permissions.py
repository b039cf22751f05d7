"""Who may open a page. Pages say it in the table of `places`; deciding is here."""

from psm_course.domain.accounts import ROLES, Account

Roles = frozenset[str]

# No sign-in: the door itself, and a learner's own page, which asks for the card.
ANYBODY: Roles | None = None
EVERYBODY: Roles = frozenset(ROLES)
TEACHING: Roles = frozenset({"petugas", "pelatih"})
OVERSEEING: Roles = frozenset({"petugas", "pembaca"})
OFFICERS: Roles = frozenset({"petugas"})


def may_enter(account: Account, who: Roles, cohort: str | None, about_a_cohort: bool) -> bool:
    """Whether the account's role is among them and, where the page is about one cohort, the cohort is theirs."""
    return account.role in who and (not about_a_cohort or account.sees(cohort))
