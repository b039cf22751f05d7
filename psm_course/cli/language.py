"""Makes the library click print its own sentences in Indonesian, from a gettext catalogue.

The source of the catalogue is `locale/id/LC_MESSAGES/messages.po`.
"""

import gettext
import os
from pathlib import Path

import click

LOCALE = Path(__file__).parent / "locale"


def speak_indonesian() -> None:
    """Make click print Indonesian, whatever the machine's language."""
    # gettext looks at this variable before LC_ALL and LANG.
    os.environ["LANGUAGE"] = "id"
    # "messages" is the domain in which click looks, because click names none.
    gettext.bindtextdomain("messages", str(LOCALE))


def name_parts_in_indonesian(command: click.Command) -> None:
    """Put `[PILIHAN]` and `PERINTAH` into the usage line of a command and of its subcommands.

    Click takes these words from each command, not from the catalogue.
    """
    command.options_metavar = "[PILIHAN]"
    if isinstance(command, click.Group):
        command.subcommand_metavar = "PERINTAH [ISIAN]..."
        for below in command.commands.values():
            name_parts_in_indonesian(below)


class WholeNumber(click.IntRange):
    """A whole number whose bounds are printed as `1 sampai 65535`, not as `1<=x<=65535`."""

    def _describe_range(self) -> str:
        return f"{self.min} atau lebih" if self.max is None else f"{self.min} sampai {self.max}"
