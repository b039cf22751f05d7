"""The passphrase of the office's signing key: typed, or from an environment variable.

Never kept, never shown.
"""

import os
import sys

import click

from psm_course.errors import Refused
from psm_course.registrar.certificates.keys.keyring import Signer, get_issuer, open_signer
from psm_course.settings import Settings

VARIABLE = "PSM_KEY_PASSPHRASE"
ROOT_VARIABLE = "PSM_ROOT_PASSPHRASE"  # of the offline key, which has another


def choose_passphrase(asked: str = "Frasa sandi kunci baru", variable: str = VARIABLE) -> str:
    """Passphrase for a new key: from the environment variable, or typed twice.

    Raises:
        Refused: nobody gave it: no variable, no terminal, and nothing on standard input.
    """
    return os.environ.get(variable) or _typed(asked, variable, "Ketik sekali lagi")


def known_passphrase(asked: str = "Frasa sandi kunci", variable: str = VARIABLE) -> str:
    """Passphrase of an existing key: from the environment variable, or typed once.

    Raises:
        Refused: nobody gave it: no variable, no terminal, and nothing on standard input.
    """
    return os.environ.get(variable) or _typed(asked, variable)


def unlocked(where: Settings) -> Signer:
    """Open the office's signing key with its passphrase; without a key, nobody is asked for it.

    Raises:
        Refused: there is no key; the passphrase was not given, or is wrong; the key's file is
            damaged or is another key's; or the site's address is not the one in the list of keys.
    """
    get_issuer(where)
    return open_signer(where, known_passphrase())


def _typed(asked: str, variable: str, again: str = "") -> str:
    """Ask at the terminal; without one, as in cron, take the first line of standard input."""
    if _has_terminal():
        return str(click.prompt(asked, hide_input=True, confirmation_prompt=again or False))
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise Refused(
            f"{asked} belum diberikan. Ketik di terminal saat ditanya, atau isi variabel"
            f" {variable}."
        )
    return line


def _has_terminal() -> bool:
    if sys.stdin.isatty():
        return True
    try:
        os.close(os.open("/dev/tty", os.O_RDWR))  # where `getpass` asks, whatever standard input is
    except OSError:
        return False
    return True
