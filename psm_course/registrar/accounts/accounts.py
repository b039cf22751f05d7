"""Add, change and close accounts of the office. Signing in is in `signing_in`."""

import re
from collections.abc import Iterable
from datetime import datetime

from psm_course.domain.accounts import Account, Role
from psm_course.errors import Refused
from psm_course.registrar.accounts import passwords
from psm_course.store import accounts, audit
from psm_course.store.engine import Connection, Store
from psm_course.store.people.cohorts import get_cohort

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,29}")


def is_account_name(name: str) -> bool:
    """True if an account may have this name.

    A name has 2 to 30 characters: a-z, 0-9, dot, underscore and dash. The first is a letter or a
    digit.
    """
    return _NAME.fullmatch(name) is not None


def add_account(
    store: Store,
    name: str,
    role: Role,
    cohorts: Iterable[str],
    password: str,
    actor: str,
    now: datetime,
) -> Account:
    """Add an account.

    Args:
        store, actor, now: the register, the account that acts and the moment.
        name, role, password: the name, role and first password of the new account.
        cohorts: ids of the cohorts in which a trainer (`pelatih`) may work; empty for other roles.

    Returns:
        The new account.

    Raises:
        Refused: the name is invalid or taken, the password is weak, a cohort does not exist, or a
            role other than `pelatih` is given cohorts.
    """
    if not is_account_name(name):
        raise Refused(
            f'"{name}" tidak dapat menjadi nama akun. Pakai 2 sampai 30 huruf kecil, angka, titik,'
            " atau garis."
        )
    passwords.refuse_weak(password, name)
    kept = passwords.hashed(password)
    with store.transaction() as tx:
        if accounts.find_account(tx, name):
            raise Refused(
                f'Akun "{name}" sudah ada. Ganti kata sandinya dengan: psm account password {name}'
            )
        new = Account(name, role, cohorts=_known_cohorts(tx, role, cohorts))
        accounts.add_account(tx, new, kept)
        audit.note(tx, actor, "account added", name, now, role=role)
    return new


def _known_cohorts(tx: Connection, role: Role, cohorts: Iterable[str]) -> frozenset[str]:
    wanted = [get_cohort(tx, cohort).id for cohort in dict.fromkeys(cohorts)]
    if wanted and role != "pelatih":
        raise Refused(f"Hanya pelatih yang dibatasi pada angkatan; {role} melihat semuanya.")
    return frozenset(wanted)


def list_accounts(store: Store) -> tuple[Account, ...]:
    """Return all accounts in the order of their names, closed accounts too."""
    with store.reading() as tx:
        return accounts.list_accounts(tx)


def has_accounts(store: Store) -> bool:
    """True if at least one account is open, so that somebody can sign in."""
    with store.reading() as tx:
        return accounts.has_accounts(tx)


def set_open(store: Store, name: str, is_open: bool, actor: str, now: datetime) -> None:
    """Close (`is_open` False) or reopen an account, and end every sign-in with this account.

    Raises:
        Refused: there is no such account.
    """
    with store.transaction() as tx:
        _get_account(tx, name)
        accounts.set_open(tx, name, is_open)
        accounts.end_sign_ins_of(tx, name)
        audit.note(tx, actor, "account opened" if is_open else "account closed", name, now)


def change_password(store: Store, name: str, password: str, actor: str, now: datetime) -> None:
    """Set a new password for an account.

    Every sign-in with the account ends, and its failed sign-ins are forgotten.

    Raises:
        Refused: there is no such account, or the password is weak.
    """
    with store.reading() as tx:
        _get_account(tx, name)
    passwords.refuse_weak(password, name)
    kept = passwords.hashed(password)
    with store.transaction() as tx:
        # The hash was made before the transaction, so nobody who hands in waits for it.
        accounts.change_password(tx, name, kept)
        accounts.end_sign_ins_of(tx, name)
        # Whoever was locked out and got a new password from the office must get in at once.
        accounts.forget_failures_with(tx, name)
        audit.note(tx, actor, "password changed", name, now)


def change_cohorts(
    store: Store, name: str, cohorts: Iterable[str], actor: str, now: datetime
) -> frozenset[str]:
    """Replace the cohorts in which a trainer (`pelatih`) may work.

    `cohorts` are the ids of the new cohorts. Returns these ids.

    Raises:
        Refused: there is no such account or cohort, or the account is not a trainer's.
    """
    with store.transaction() as tx:
        wanted = _known_cohorts(tx, _get_account(tx, name).role, cohorts)
        accounts.set_cohorts(tx, name, wanted)
        audit.note(
            tx, actor, "account's cohorts changed", name, now, cohorts=" ".join(sorted(wanted))
        )
    return wanted


def _get_account(tx: Connection, name: str) -> Account:
    found = accounts.find_account(tx, name)
    if found is None:
        known = ", ".join(each.name for each in accounts.list_accounts(tx)) or "belum ada"
        raise Refused(f'Akun "{name}" tidak ada. Yang ada: {known}. Buat dengan: psm account add.')
    return found
