"""The ways through the desk: each account is shown only those that open to it."""

from __future__ import annotations

from typing import NamedTuple

from psm_course.domain.accounts import Account

_OF_A_COHORT = "/angkatan/{cohort}"


class Way(NamedTuple):
    """An address that menus name, and the roles it opens to."""

    path: str
    label: str
    who: frozenset[str]


def menu(ways: tuple[Way, ...], account: Account) -> list[tuple[str, str]]:
    """Addresses and labels of the desk's own pages."""
    return [(way.path, way.label) for way in ways if account.role in way.who and not way.path.startswith(_OF_A_COHORT)]


def cohort_menu(ways: tuple[Way, ...], account: Account, cohort: str) -> list[tuple[str, str]]:
    """The same for the pages of one cohort."""
    mine = (way for way in ways if account.role in way.who and way.path.startswith(_OF_A_COHORT))
    return [(way.path.replace("{cohort}", cohort), way.label) for way in mine]
