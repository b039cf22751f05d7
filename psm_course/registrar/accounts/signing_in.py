"""Signing in and out. The browser keeps a random cookie; the register keeps only its SHA-256.

The last part of the cookie is the time at which the cookie was made, in seconds (Unix time). A
browser cannot change that part: the changed cookie has another SHA-256, which the register does not
know.
"""

import hashlib
import hmac
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from psm_course.domain.accounts import SignIn
from psm_course.errors import Refused, StoreError
from psm_course.registrar.accounts import passwords
from psm_course.registrar.accounts.accounts import is_account_name
from psm_course.store import accounts, audit
from psm_course.store.engine import Store

LONGEST = timedelta(hours=8)
IDLE = timedelta(minutes=60)
# Being at work is written down at most this often, so
# that reading a page is nearly always only reading.
_NOTICED = timedelta(minutes=5)
_AT_ONCE = 0.05  # seconds
WINDOW = timedelta(minutes=15)
# Failures in a window: of one account at one address, of one address (it may be a whole office
# behind one router), and of one account from anywhere. Whoever wants to lock an account can do so
# only where nobody signed in with it before (decision 0132).
PER_PAIR, PER_ADDRESS, PER_ACCOUNT = 5, 20, 50
# So many failures of one address are worth a line in the log, and each time as many again.
_BURST = 5
_ACTOR = "psm serve"
_KNOWN_FOR = timedelta(days=180)


class TooOften(Refused):
    """Too many failed sign-ins: no password is compared until 15 minutes have passed."""


class WrongPassword(Refused):
    """The account name and the password do not belong together.

    `times` is the number of failed sign-ins from this network address in the last 15 minutes,
    including this one.
    """

    def __init__(self, times: int) -> None:
        super().__init__(
            "Nama akun dan kata sandi ini tidak cocok. Periksa huruf besar dan kecilnya, lalu coba"
            " lagi."
        )
        self.times = times


@dataclass(frozen=True, slots=True)
class Browser:
    """The browser from which somebody signs in.

    `address` is the network address of the browser; `is_here` is True if the browser runs on this
    machine. `mark` is a token from an earlier sign-in with the same account; empty if the browser
    has no token. A browser on this machine or with a valid token is never locked out after failed
    sign-ins.
    """

    address: str
    is_here: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class BrowserTokens:
    """Two values to store in the browser after a sign-in.

    `cookie` belongs to this sign-in. `mark` is a token that is valid for 180 days. The token shows
    that somebody signed in with this account from this browser before.
    """

    cookie: str
    mark: str


def sign_in(
    store: Store, name: str, password: str, browser: Browser, now: datetime
) -> BrowserTokens:
    """Sign in with an account name and a password; return the values to store in the browser.

    A wrong name and a wrong password get the same answer after the same time.

    Raises:
        TooOften: too many failures in the last 15 minutes; the password was not compared.
        WrongPassword: name and password do not belong together, or the account is closed.
        Refused: the account was changed while the password was being compared.
    """
    name = name.strip().casefold()
    most = {f"@{browser.address}": PER_ADDRESS}
    if is_account_name(name):
        most |= {f"{name}@{browser.address}": PER_PAIR, name: PER_ACCOUNT}
    with store.transaction() as tx:
        accounts.forget_failures_before(tx, now - WINDOW)
        kept = accounts.open_password(tx, name)
        before = {key: accounts.count_failures(tx, key, now - WINDOW) for key in most}
        is_trusted = browser.is_here or _is_mark(browser.mark, store.office, name, kept, now)
        if not is_trusted and any(before[key] >= most[key] for key in most):
            raise TooOften("Terlalu banyak percobaan masuk. Tunggu 15 menit, lalu coba lagi.")
        # Counted before the password is looked at: many
        # guesses at the same moment count like many in a row.
        accounts.add_failures(tx, most, now)
    if not passwords.matches(kept, password, is_trusted) or kept is None:
        raise WrongPassword(_noted(store, browser.address, before[f"@{browser.address}"] + 1, now))
    renewed = passwords.hashed(password) if passwords.is_outdated(kept) else None
    cookie = f"{secrets.token_urlsafe(32)}.{int(now.timestamp())}"
    with store.transaction() as tx:
        # Hashing takes a moment without a transaction, and
        # the password may have been changed meanwhile.
        if accounts.open_password(tx, name) != kept:
            raise Refused("Akun ini baru saja diubah. Coba masuk sekali lagi.")
        if renewed:
            accounts.change_password(tx, name, renewed)
        accounts.forget_failures(tx, f"{name}@{browser.address}")
        # Only this sign-in, which was counted above: failures of other people stay counted.
        for key in most:
            accounts.forget_failures(tx, key, now)
        accounts.end_expired_sign_ins(tx, now)
        accounts.add_sign_in(tx, _digest(cookie), name, secrets.token_urlsafe(32), now + IDLE)
        audit.note(tx, name, "signed in", name, now)
    return BrowserTokens(
        cookie,
        _mark(store.office, name, renewed or kept, secrets.token_urlsafe(16), int(now.timestamp())),
    )


def _noted(store: Store, address: str, times: int, now: datetime) -> int:
    """Write every fifth failed sign-in from an address into the log; return `times` unchanged.

    `address` is the network address; `times` is the number of failed sign-ins from this address in
    the last 15 minutes. Not every failure is written: the log is kept for ever, and somebody who
    guesses passwords must not fill the log.
    """
    if times % _BURST == 0:
        with store.transaction() as tx:
            audit.note(tx, _ACTOR, "passwords failed", address, now, times=times)
    return times


def _mark(office: str, name: str, kept: str, nonce: str, made: int) -> str:
    """Make the token that shows that a browser was used before to sign in with this account.

    The token is valid for 180 days, but only until the account's password changes. The token is an
    HMAC; its key is the stored hash of the password (`kept`). So only the office can make the
    token, and the register does not have to store the token.

    Args:
        office, name: the office's code, and the name of the account.
        kept: the stored hash of the account's password.
        nonce: a random text.
        made: the time at which the token is made, in seconds (Unix time).
    """
    said = f"psm-browser/1|{office}|{name}|{nonce}|{made}"
    return f"{nonce}.{made}.{hmac.new(kept.encode(), said.encode(), hashlib.sha256).hexdigest()}"


def _is_mark(mark: str, office: str, name: str, kept: str | None, now: datetime) -> bool:
    nonce, _, made = mark.rpartition(".")[0].rpartition(".")
    # Longer numbers may be beyond the year 9999, for which `fromtimestamp` raises.
    if kept is None or not mark.isascii() or not made.isdigit() or len(made) > 11:
        return False
    is_recent = datetime.fromtimestamp(int(made), UTC) + _KNOWN_FOR > now
    return is_recent and hmac.compare_digest(mark, _mark(office, name, kept, nonce, int(made)))


def who_is(store: Store, cookie: str, now: datetime) -> SignIn | None:
    """Return the sign-in that belongs to a cookie.

    None if the register does not know the cookie, the sign-in has expired, or the account is
    closed.

    Also extends the sign-in: it now expires one hour after `now`, but at the latest eight hours
    after it began. The register is written only if the extension adds more than five minutes.
    """
    last = _last_moment(cookie)
    if last is None or last <= now:
        return None
    with store.reading() as tx:
        found = accounts.find_sign_in(tx, _digest(cookie))
    if found is None or not found.account.is_open or found.expires_at <= now:
        return None
    until = min(now + IDLE, last)
    if until - found.expires_at > _NOTICED:
        # While nothing can be written (a full disk, another program), pages can still be read: at
        # once, for the next one tries again.
        with suppress(StoreError), store.transaction(_AT_ONCE) as tx:
            accounts.extend_sign_in(tx, _digest(cookie), until)
    return found


def sign_out(store: Store, cookie: str, now: datetime) -> None:
    """End the sign-in of this cookie. An unknown cookie changes nothing."""
    with store.transaction() as tx:
        found = accounts.find_sign_in(tx, _digest(cookie))
        if found:
            accounts.end_sign_in(tx, _digest(cookie))
            audit.note(tx, found.account.name, "signed out", found.account.name, now)


def _last_moment(cookie: str) -> datetime | None:
    _, _, made = cookie.rpartition(".")
    return (
        datetime.fromtimestamp(int(made), UTC) + LONGEST
        if made.isascii() and made.isdigit() and len(made) < 12
        else None
    )


def _digest(cookie: str) -> str:
    return hashlib.sha256(cookie.encode("utf-8", "surrogatepass")).hexdigest()
