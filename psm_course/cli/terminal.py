"""Output of a command, and the clock. Imports no register, so small commands start at once."""

import json
import os
import shlex
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from subprocess import list2cmdline
from typing import Any

import click

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Cetak sebagai JSON untuk dibaca program."
)

# A participant's number: people also type it in small letters, or paste it with spaces.
number_argument = click.argument(
    "number", metavar="NOMOR", callback=lambda _context, _parameter, typed: typed.strip().upper()
)


def print_table(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table: the first column aligned to the left, all others to the right.

    We draw it ourselves, because importing a library for tables takes longer than checking a quiz.

    Args:
        title: the line above the table.
        headings: the heading of each column; the first column has names.
        rows: the rows of the table; each has as many texts as `headings`.
    """
    lines = [headings, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    drawn = [
        "   ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]).rstrip()
        for line in lines
    ]
    click.echo("\n".join([title, "", drawn[0], "─" * max(map(len, drawn)), *drawn[1:], ""]))


def print_json(value: Any) -> None:
    """Print a value as indented JSON; letters outside ASCII stay as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def as_typed(*words: str) -> str:
    """Join words as one types them into a terminal of this machine, with quotes if needed."""
    return list2cmdline(words) if os.name == "nt" else shlex.join(words)


def typed_with(option: str, value: object) -> str:
    """Return the running command as it was typed, but with a new value for one option.

    A message shows this text to a person who should try the command again.

    Args:
        option: name of the option with its dashes, such as `--port`. The option must take a value.
        value: the new value of the option.
    """
    context = click.get_current_context(silent=True)
    typed: list[str] = list(context.find_root().obj or []) if context else []
    kept = [
        word
        for before, word in zip(["", *typed], typed, strict=False)
        if option not in {before, word} and not word.startswith(f"{option}=")
    ]
    return as_typed("psm", *kept, option, str(value))


def now() -> datetime:
    """Present time, aware, in the machine's time zone."""
    return datetime.now(UTC).astimezone()


def today() -> date:
    """Present date in the machine's time zone."""
    return now().date()
