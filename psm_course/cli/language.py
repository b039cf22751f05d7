"""Click's own words in Indonesian, through the gettext catalogue it asks for. Its source is `locale/id/LC_MESSAGES/messages.po`."""

import gettext
import os
from pathlib import Path

import click

LOCALE = Path(__file__).parent / "locale"


def speak_indonesian() -> None:
    """Whatever the machine's language: the people at the keyboard read Indonesian."""
    os.environ["LANGUAGE"] = "id"
    gettext.bindtextdomain("messages", str(LOCALE))


def name_parts_in_indonesian(command: click.Command) -> None:
    """`[PILIHAN]` and `PERINTAH` in the usage line of a command and all below it; click takes these from each command."""
    command.options_metavar = "[PILIHAN]"
    if isinstance(command, click.Group):
        command.subcommand_metavar = "PERINTAH [ISIAN]..."
        for below in command.commands.values():
            name_parts_in_indonesian(below)
