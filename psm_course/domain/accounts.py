"""Accounts of the people who work at the desk, and their roles."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

# petugas does everything; pelatih works in cohorts of their own;
# pembaca reads everything and changes nothing.
Role = Literal["petugas", "pelatih", "pembaca"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Account:
    """A name and a role with which a person may sign in, while `is_open` is True.

    `cohorts` are the only cohorts of a pelatih (trainer); the other roles see all cohorts.
    """

    name: str
    role: Role
    is_open: bool = True
    cohorts: frozenset[str] = frozenset()

    def sees(self, cohort: str | None) -> bool:
        """True if this account may work with the cohort.

        A pelatih (trainer) sees nothing that belongs to no cohort.
        """
        return self.role != "pelatih" or cohort in self.cohorts

    @property
    def scope(self) -> frozenset[str] | None:
        """Ids of the cohorts whose data this account may see; None: all cohorts.

        Pages and lists for this account leave out people and hand-ins of other cohorts.
        """
        return self.cohorts if self.role == "pelatih" else None


@dataclass(frozen=True, slots=True)
class SignIn:
    """A signed-in account. Every form that is sent during this sign-in must carry `form_token`."""

    account: Account
    form_token: str
    expires_at: datetime
