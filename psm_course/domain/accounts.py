"""Who may work at the desk: accounts and their roles."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

# petugas does everything; pelatih works in cohorts of their own; pembaca reads everything and changes nothing.
Role = Literal["petugas", "pelatih", "pembaca"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in while the account is open. `cohorts` are a pelatih's own; the other roles need none."""

    name: str
    role: Role
    is_open: bool = True
    cohorts: frozenset[str] = frozenset()

    def sees(self, cohort: str | None) -> bool:
        """Whether a cohort is open to this account. What belongs to no cohort is not a pelatih's."""
        return self.role != "pelatih" or cohort in self.cohorts

    @property
    def scope(self) -> frozenset[str] | None:
        """The cohorts that lists are limited to; None: no limit."""
        return self.cohorts if self.role == "pelatih" else None


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account at work. `form_token` is what every form of this sign-in must carry."""

    account: Account
    form_token: str
    expires_at: datetime
