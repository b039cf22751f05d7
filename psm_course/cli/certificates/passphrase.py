"""The passphrase of the office's signing key: typed, or handed over by the one who runs us. Never kept, never shown."""

import os

import click

from psm_course.registrar.certificates.keyring import Signer, open_signer
from psm_course.settings import Settings

VARIABLE = "PSM_KEY_PASSPHRASE"
ROOT_VARIABLE = "PSM_ROOT_PASSPHRASE"  # of the offline key, which has another


def choose_passphrase(asked: str = "Frasa sandi kunci baru", variable: str = VARIABLE) -> str:
    """For a new key: typed twice."""
    return os.environ.get(variable) or str(click.prompt(asked, hide_input=True, confirmation_prompt="Ketik sekali lagi"))


def known_passphrase(asked: str = "Frasa sandi kunci", variable: str = VARIABLE) -> str:
    """That of a key which is there already: typed once."""
    return os.environ.get(variable) or str(click.prompt(asked, hide_input=True))


def unlocked(where: Settings) -> Signer:
    """The office's key, opened. Refused when the passphrase is wrong."""
    return open_signer(where, known_passphrase())
