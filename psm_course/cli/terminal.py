"""What a command shows and which day it is. Loads no register, so that a command which needs none starts at once."""

import json
from datetime import UTC, date, datetime
from typing import Any

import click
from rich.console import Console

json_option = click.option("--json", "as_json", is_flag=True, help="Cetak sebagai JSON untuk dibaca program.")


def console() -> Console:
    """Made anew each time, so that it writes where standard output points now."""
    return Console(highlight=False, soft_wrap=True)


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def now() -> datetime:
    return datetime.now(UTC).astimezone()


def today() -> date:
    return now().date()
