"""The passphrase of the office's signing key: typed, or from an environment variable.

It is never saved and never shown.
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
    """Return the passphrase for a new key: from the environment variable, or typed twice.

    `asked` is the text that asks for the passphrase at the keyboard; `variable` is the name of the
    environment variable.

    Raises:
        Refused: no passphrase was given: no variable, no terminal, and nothing on standard input.
    """
    return os.environ.get(variable) or _typed(asked, variable, "Ketik sekali lagi")


def known_passphrase(asked: str = "Frasa sandi kunci", variable: str = VARIABLE) -> str:
    """Return the passphrase of an existing key: from the environment variable, or typed once.

    `asked` is the text that asks for the passphrase at the keyboard; `variable` is the name of the
    environment variable.

    Raises:
        Refused: no passphrase was given: no variable, no terminal, and nothing on standard input.
    """
    return os.environ.get(variable) or _typed(asked, variable)


def unlocked(where: Settings) -> Signer:
    """Ask for the passphrase, and return the office's signing key, opened with the passphrase.

    If the office has no list of keys, or the list is damaged, nobody is asked for the passphrase.

    Raises:
        Refused: there is no key in use; the passphrase was not given, or is wrong; the list of keys
            or the key's file is damaged; the file contains another key; or the site's address is
            not the one in the list of keys.
    """
    get_issuer(where)
    return open_signer(where, known_passphrase())


def _typed(asked: str, variable: str, again: str = "") -> str:
    """Ask for a passphrase at the terminal, and return the passphrase.

    If there is no terminal, as in cron, the first line of standard input is the passphrase.

    Args:
        asked: the text that asks for the passphrase.
        variable: the environment variable that the refusal suggests.
        again: the text that asks a second time; empty: the passphrase is asked only once.

    Raises:
        Refused: there is no terminal, and the line is empty.
    """
    if _has_terminal():
        return str(click.prompt(asked, hide_input=True, confirmation_prompt=again or False))
    # Not `strip()`: a passphrase may begin or end with a space.
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
