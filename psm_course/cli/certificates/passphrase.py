"""The passphrase of the office's signing key: typed, or from an environment variable.

Never kept, never shown.
"""

import os

import click

from psm_course.registrar.certificates.keyring import Signer, open_signer
from psm_course.settings import Settings

VARIABLE = "PSM_KEY_PASSPHRASE"
ROOT_VARIABLE = "PSM_ROOT_PASSPHRASE"  # of the offline key, which has another


def choose_passphrase(asked: str = "Frasa sandi kunci baru", variable: str = VARIABLE) -> str:
    """Passphrase for a new key: from the environment variable, or typed twice."""
    return os.environ.get(variable) or str(click.prompt(asked, hide_input=True, confirmation_prompt="Ketik sekali lagi"))


def known_passphrase(asked: str = "Frasa sandi kunci", variable: str = VARIABLE) -> str:
    """Passphrase of an existing key: from the environment variable, or typed once."""
    return os.environ.get(variable) or str(click.prompt(asked, hide_input=True))


def unlocked(where: Settings) -> Signer:
    """Open the office's signing key with its passphrase.

    Raises:
        Refused: as `open_signer`.
    """
    return open_signer(where, known_passphrase())
