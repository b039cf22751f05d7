"""What an account may look at: everything, or a pelatih's own cohorts."""

from __future__ import annotations

import pytest

from psm_course.domain.accounts import Account, Role

OWN = frozenset({"D26"})


@pytest.mark.parametrize(
    ("role", "own", "another", "none"),
    [("petugas", True, True, True), ("pembaca", True, True, True), ("pelatih", True, False, False)],
)
def test_only_a_pelatih_is_kept_to_their_own_cohorts(
    role: Role, own: bool, another: bool, none: bool
) -> None:
    account = Account("Rini", role, cohorts=OWN)

    assert (account.sees("D26"), account.sees("D25"), account.sees(None)) == (own, another, none)


@pytest.mark.parametrize(
    ("role", "scope"), [("petugas", None), ("pembaca", None), ("pelatih", OWN)]
)
def test_the_lists_of_a_pelatih_are_limited_and_nobody_elses(
    role: Role, scope: frozenset[str] | None
) -> None:
    assert Account("Rini", role, cohorts=OWN).scope == scope
    assert Account("Rini", "pelatih").scope == frozenset()


def test_an_account_is_open_until_somebody_closes_it() -> None:
    assert (
        Account("Rini", "petugas").is_open,
        Account("Rini", "petugas", is_open=False).is_open,
    ) == (True, False)
