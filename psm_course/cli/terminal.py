"""What a command shows and which day it is. Loads no register, so that a command which needs none starts at once."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import click

json_option = click.option("--json", "as_json", is_flag=True, help="Cetak sebagai JSON untuk dibaca program.")


def print_table(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Names to the left, figures to the right. By hand: loading what draws tables takes longer than checking a quiz."""
    lines = [headings, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    drawn = ["   ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]).rstrip() for line in lines]
    click.echo("\n".join([title, "", drawn[0], "─" * max(map(len, drawn)), *drawn[1:], ""]))


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def now() -> datetime:
    return datetime.now(UTC).astimezone()


def today() -> date:
    return now().date()
