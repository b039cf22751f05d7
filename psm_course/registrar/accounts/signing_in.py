"""Signing in and out. The browser keeps a random cookie; the register keeps only its SHA-256.

The cookie ends in the second when it was made. Nobody can change that part, because then the digest is another.
"""

import hashlib
import secrets
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from psm_course.domain.accounts import SignIn
from psm_course.errors import Refused, StoreError
from psm_course.registrar.accounts import passwords
from psm_course.registrar.accounts.accounts import is_account_name
from psm_course.store import accounts, audit
from psm_course.store.engine import Store

LONGEST = timedelta(hours=8)
IDLE = timedelta(minutes=60)
# Being at work is written down at most this often, so that reading a page is nearly always only reading.
_NOTICED = timedelta(minutes=5)
_AT_ONCE = 0.05  # seconds
WINDOW = timedelta(minutes=15)
# In a window. An address may be a whole office behind one router.
PER_ACCOUNT, PER_ADDRESS = 5, 20


class TooOften(Refused):
    """Too many failures; the right password is not even looked at until the window has passed."""


def sign_in(store: Store, name: str, password: str, address: str, now: datetime) -> str:
    """A new cookie. Refused in the same words, after the same time, whether the account, the password or neither is right."""
    name = name.strip().casefold()
    keys = [name] * is_account_name(name) + [f"@{address}"]
    with store.transaction() as tx:
        accounts.forget_failures_before(tx, now - WINDOW)
        most = max(accounts.count_failures(tx, key, now - WINDOW) - (PER_ADDRESS if key[0] == "@" else PER_ACCOUNT) for key in keys)
        if most >= 0:
            raise TooOften("Terlalu banyak percobaan masuk. Tunggu 15 menit, lalu coba lagi.")
        # Counted before the password is looked at: many guesses at the same moment count like many in a row.
        accounts.add_failures(tx, keys, now)
        kept = accounts.open_password(tx, name)
    if not passwords.matches(kept, password) or kept is None:
        raise Refused("Nama akun dan kata sandi ini tidak cocok. Periksa huruf besar dan kecilnya, lalu coba lagi.")
    renewed = passwords.hashed(password) if passwords.is_outdated(kept) else None
    cookie = f"{secrets.token_urlsafe(32)}.{int(now.timestamp())}"
    with store.transaction() as tx:
        if accounts.open_password(tx, name) != kept:
            raise Refused("Akun ini baru saja diubah. Coba masuk sekali lagi.")
        if renewed:
            accounts.change_password(tx, name, renewed)
        accounts.forget_failures(tx, name)
        accounts.forget_failures(tx, keys[-1], now)
        accounts.end_expired_sign_ins(tx, now)
        accounts.add_sign_in(tx, _digest(cookie), name, secrets.token_urlsafe(32), now + IDLE)
        audit.note(tx, name, "signed in", name, now)
    return cookie


def who_is(store: Store, cookie: str, now: datetime) -> SignIn | None:
    """Whoever has this cookie; None when it is no cookie of ours, has expired, or its account is closed."""
    last = _last_moment(cookie)
    if last is None or last <= now:
        return None
    with store.reading() as tx:
        found = accounts.find_sign_in(tx, _digest(cookie))
    if found is None or not found.account.is_open or found.expires_at <= now:
        return None
    until = min(now + IDLE, last)
    if until - found.expires_at > _NOTICED:
        # While nothing can be written (a full disk, another program), pages can still be read: at once, for the next one tries again.
        with suppress(StoreError), store.transaction(_AT_ONCE) as tx:
            accounts.extend_sign_in(tx, _digest(cookie), until)
    return found


def sign_out(store: Store, cookie: str, now: datetime) -> None:
    with store.transaction() as tx:
        found = accounts.find_sign_in(tx, _digest(cookie))
        if found:
            accounts.end_sign_in(tx, _digest(cookie))
            audit.note(tx, found.account.name, "signed out", found.account.name, now)


def _last_moment(cookie: str) -> datetime | None:
    _, _, made = cookie.rpartition(".")
    return datetime.fromtimestamp(int(made), UTC) + LONGEST if made.isascii() and made.isdigit() and len(made) < 12 else None


def _digest(cookie: str) -> str:
    return hashlib.sha256(cookie.encode("utf-8", "surrogatepass")).hexdigest()
