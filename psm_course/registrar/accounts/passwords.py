"""Refuse weak passwords, hash passwords, and compare a password with a hash."""

import unicodedata
from functools import cache
from importlib.resources import files
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from psm_course.errors import Refused

SHORTEST = 10
LONGEST = 200
# Signs that people write instead of letters: p4$$w0rd is as easy to guess as password.
_AS_LETTERS = str.maketrans("013457@$!", "oieastasi")
_RUNS = (
    "01234567890123456789",
    "09876543210987654321",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
)
_hasher = PasswordHasher()
# Each hash takes 64 MiB while it is computed: one at a time, however many knock, and one beside it
# for those who do not wait for strangers.
_STRANGERS, _TRUSTED = BoundedSemaphore(1), BoundedSemaphore(1)


def refuse_weak(password: str, name: str) -> None:
    """Refuse a password that is too short, too long, easy to guess, or contains the account's name.

    Raises:
        Refused: the password has one of these faults; the message says which fault.
    """
    if len(password) < SHORTEST:
        raise Refused(
            f"Kata sandi terlalu pendek: sedikitnya {SHORTEST} huruf. Beberapa kata yang tidak"
            " berhubungan mudah diingat."
        )
    if len(password) > LONGEST:
        raise Refused(f"Kata sandi terlalu panjang: paling banyak {LONGEST} huruf.")
    folded = unicodedata.normalize("NFKC", password).casefold()
    start = folded.rstrip("0123456789 .,-_!?#*")  # p4ssw0rd!!! is a password with signs behind it
    written = {_letters(folded), _letters(start.translate(_AS_LETTERS))}
    if name in folded or name in folded.translate(_AS_LETTERS):
        raise Refused("Kata sandi memuat nama akun. Pilih yang lain.")
    if written & _first_tried() or len(set(folded)) < 5 or any(folded in run for run in _RUNS):
        raise Refused(
            "Kata sandi ini terlalu mudah ditebak. Pilih yang lain, misalnya beberapa kata yang"
            " tidak berhubungan."
        )


@cache
def _first_tried() -> frozenset[str]:
    """Words that people try first when they guess a password.

    A password is weak if only digits and signs were added to one of these words (`password123!`),
    or if letters of the word were replaced by similar digits or signs (`p4$$w0rd`).
    """
    return frozenset(
        files("psm_course.registrar.accounts")
        .joinpath("first-tried.txt")
        .read_text(encoding="utf-8")
        .split()
    )


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalpha())


def hashed(password: str) -> str:
    """Hash a password with Argon2id.

    The returned text also contains the salt and the parameters.
    """
    with _TRUSTED:
        return _hasher.hash(_bytes(password))


def matches(kept: str | None, password: str, is_trusted: bool = False) -> bool:
    """True if `password` is the password from which the hash `kept` was made.

    Args:
        kept: the stored hash; None if there is no such account. The comparison then takes as long
            as for an account that exists.
        password: as typed.
        is_trusted: True if the browser is on this machine, or was used before to sign in with
            this account. Comparisons for other browsers are made one after the other; a comparison
            with `is_trusted` does not wait for them.
    """
    with _TRUSTED if is_trusted else _STRANGERS:
        try:
            return _hasher.verify(kept or _nobodys(), _bytes(password)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(kept: str) -> bool:
    """True if the hash was made with older parameters; then the password should be hashed again."""
    return _hasher.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    return _hasher.hash(b"nobody signs in with this")


def _bytes(password: str) -> bytes:
    # The same letters typed on another keyboard may be composed
    # otherwise; what is no text at all still is some bytes.
    return unicodedata.normalize("NFKC", password[:LONGEST]).encode("utf-8", "surrogatepass")
