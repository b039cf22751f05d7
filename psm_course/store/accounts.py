"""Accounts, sign-ins and failed sign-ins."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Connection, Select, bindparam, delete, func, select, update

from psm_course.domain.accounts import Account, Role, SignIn
from psm_course.store.engine import from_utc, to_utc
from psm_course.store.rows import add, change, ours, remove, same_office
from psm_course.store.schema import account, account_cohort, sign_in, sign_in_failure

# ---- accounts ------------------------------------------------------------------------------------


def add_account(tx: Connection, new: Account, password: str) -> None:
    """Add an account with its cohorts. `password` is an Argon2 hash."""
    add(
        tx,
        account,
        [{"name": new.name, "role": new.role, "password": password, "is_open": new.is_open}],
    )
    set_cohorts(tx, new.name, new.cohorts)


def find_account(tx: Connection, name: str) -> Account | None:
    """Return an account with its cohorts, also a closed one; None if there is no such account."""
    return next(
        iter(_accounts(tx.execute(ours(tx, _with_cohorts().where(account.c.name == name))))), None
    )


def list_accounts(tx: Connection) -> tuple[Account, ...]:
    """Return all accounts, sorted by name, also closed ones."""
    return tuple(_accounts(tx.execute(ours(tx, _with_cohorts().order_by(account.c.name)))))


def has_accounts(tx: Connection) -> bool:
    """True if at least one account is open."""
    return (
        tx.execute(ours(tx, select(account.c.name).where(account.c.is_open).limit(1))).scalar()
        is not None
    )


def open_password(tx: Connection, name: str) -> str | None:
    """Return the stored Argon2 hash of an account's password.

    None if there is no such account, or if the account is closed.
    """
    return tx.execute(
        ours(tx, select(account.c.password).where(account.c.name == name, account.c.is_open))
    ).scalar()


def change_password(tx: Connection, name: str, password: str) -> None:
    """Replace the stored hash of a password. Existing sign-ins stay valid."""
    change(tx, update(account).where(account.c.name == name).values(password=password))


def set_open(tx: Connection, name: str, is_open: bool) -> None:
    """Close or reopen an account. Nobody can sign in or keep working with a closed account."""
    change(tx, update(account).where(account.c.name == name).values(is_open=is_open))


def set_cohorts(tx: Connection, name: str, cohorts: Iterable[str]) -> None:
    """Replace the cohorts that a trainer's account may see.

    If `cohorts` is empty, the account may see no cohort.
    """
    remove(tx, delete(account_cohort).where(account_cohort.c.account == name))
    add(tx, account_cohort, [{"account": name, "cohort": each} for each in sorted(cohorts)])


def _with_cohorts() -> Select[Any]:
    columns = (account.c.name, account.c.role, account.c.is_open, account_cohort.c.cohort)
    return select(*columns).outerjoin(
        account_cohort,
        same_office(account_cohort, account) & (account_cohort.c.account == account.c.name),
    )


def _accounts(rows: Iterable[Any]) -> Iterable[Account]:
    """Make one `Account` of all rows with the same account name.

    An account has one row for each of its cohorts; these rows differ only in the cohort. An account
    without cohorts has one row, in which the cohort is null.
    """
    found: dict[str, Account] = {}
    for row in rows:
        before = found[row.name].cohorts if row.name in found else frozenset()
        cohorts = before | {row.cohort} if row.cohort is not None else before
        found[row.name] = Account(row.name, cast("Role", row.role), row.is_open, cohorts)
    return found.values()


# ---- who is signed in ----------------------------------------------------------------------------


def add_sign_in(
    tx: Connection, digest: str, name: str, form_token: str, expires_at: datetime
) -> None:
    """Add a sign-in of the account `name`.

    `digest` is the SHA-256 of the sign-in's cookie. Every form sent with this sign-in must carry
    `form_token`.
    """
    add(
        tx,
        sign_in,
        [
            {
                "digest": digest,
                "account": name,
                "form_token": form_token,
                "expires_at": to_utc(expires_at),
            }
        ],
    )


@cache
def _sign_ins() -> Select[Any]:
    return (
        _with_cohorts()
        .add_columns(sign_in.c.form_token, sign_in.c.expires_at)
        .join(sign_in, sign_in.c.account == account.c.name)
        .where(sign_in.c.digest == bindparam("cookie"))
    )


def find_sign_in(tx: Connection, digest: str) -> SignIn | None:
    """Return the sign-in with this digest, and its account as it is now; None if there is none.

    `digest` is the SHA-256 of the sign-in's cookie. An expired sign-in is returned too, as long as
    it is not deleted. The same query reads the account each time. So if the account is closed, or
    its cohorts are changed, the next call of this function shows the change.
    """
    rows = tx.execute(ours(tx, _sign_ins()), {"cookie": digest}).all()
    return next(
        (
            SignIn(each, rows[0].form_token, from_utc(rows[0].expires_at))
            for each in _accounts(rows)
        ),
        None,
    )


def extend_sign_in(tx: Connection, digest: str, expires_at: datetime) -> None:
    """Change the time at which a sign-in expires. `digest` is the SHA-256 of its cookie."""
    change(
        tx, update(sign_in).where(sign_in.c.digest == digest).values(expires_at=to_utc(expires_at))
    )


def end_sign_in(tx: Connection, digest: str) -> None:
    """Delete the sign-in whose cookie has this SHA-256."""
    remove(tx, delete(sign_in).where(sign_in.c.digest == digest))


def end_sign_ins_of(tx: Connection, name: str) -> None:
    """Delete every sign-in of an account."""
    remove(tx, delete(sign_in).where(sign_in.c.account == name))


def end_expired_sign_ins(tx: Connection, now: datetime) -> None:
    """Delete the sign-ins that have expired by now."""
    remove(tx, delete(sign_in).where(sign_in.c.expires_at <= to_utc(now)))


# ---- who failed to -------------------------------------------------------------------------------


def count_failures(tx: Connection, key: str, since: datetime) -> int:
    """Return the number of failed sign-ins under a key after the time `since`.

    The key says who tried: it is an account name as typed, or `@` and a network address, or both:
    `siti@192.168.1.7`.
    """
    lately = (
        select(func.count())
        .select_from(sign_in_failure)
        .where(sign_in_failure.c.account == key, sign_in_failure.c.at > to_utc(since))
    )
    return int(tx.execute(ours(tx, lately)).scalar_one())


def add_failures(tx: Connection, keys: Iterable[str], at: datetime) -> None:
    """Add one failed sign-in, at the time `at`, under each of these keys.

    A key is an account name as typed, or `@` and a network address, or both:
    `siti@192.168.1.7`.
    """
    add(tx, sign_in_failure, [{"account": key, "at": to_utc(at)} for key in keys])


def forget_failures(tx: Connection, key: str, at: datetime | None = None) -> None:
    """Delete all failed sign-ins under a key. If `at` is given, delete only those at that time.

    The key is an account name as typed, or `@` and a network address, or both:
    `siti@192.168.1.7`.
    """
    query = delete(sign_in_failure).where(sign_in_failure.c.account == key)
    remove(tx, query if at is None else query.where(sign_in_failure.c.at == to_utc(at)))


def forget_failures_with(tx: Connection, name: str) -> None:
    """Delete all failed sign-ins of an account, with or without a network address in the key."""
    # autoescape: `_` may stand in the name of an account, and would fit any letter.
    of_it = (sign_in_failure.c.account == name) | sign_in_failure.c.account.startswith(
        f"{name}@", autoescape=True
    )
    remove(tx, delete(sign_in_failure).where(of_it))


def forget_failures_before(tx: Connection, moment: datetime) -> None:
    """Delete the failed sign-ins at or before `moment`, because they are too old to matter."""
    remove(tx, delete(sign_in_failure).where(sign_in_failure.c.at <= to_utc(moment)))
