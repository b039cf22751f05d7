"""Reading a workbook in a process of its own (`reader_process`), because a file from outside may be made to break whoever reads it.

An .xls may claim a cell in column 65,535, and calamine then asks for 100 GB; a zip may unfold without end. Ours must not be the
process that ends by that (decision 0084).
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any, Literal

from psm_course.interchange.sheets.appearance import UNSEEN, Appearance

_READER = "psm_course.interchange.sheets.reader_process"
_PATIENCE = 90  # seconds; the process has less by its processor's clock, and may have to wait for one


Kind = Literal["workbook", "word"]


class Unreadable(Exception):
    """The process ended without an answer: it is no workbook, or one that asks for more than it may have."""


class TooWide(Exception):
    """It unfolds into more than we would ever read."""


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet as it was read: rows of text, whether it is hidden, and what else can be seen of it."""

    name: str
    rows: list[list[str]]
    is_hidden: bool
    appearance: Appearance


def read_apart(content: bytes, kind: Kind = "workbook") -> list[ReadSheet]:
    """The sheets of a workbook (.xlsx, .xls or .ods), or the tables of a .docx (`word`). Raises Unreadable and TooWide."""
    try:
        command = [sys.executable, "-P", "-m", _READER, kind]
        done = subprocess.run(command, input=content, capture_output=True, timeout=_PATIENCE, check=True)  # noqa: S603 - our own module
        return sheets_of(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        raise Unreadable from None


def sheets_of(answer: bytes) -> list[ReadSheet]:
    """What the process said. Raises TooWide, and ValueError where it said nothing whole."""
    sheets = json.loads(answer)
    if sheets is None:
        raise TooWide
    return [ReadSheet(name, rows, is_hidden, _appearance(seen)) for name, rows, is_hidden, seen in sheets]


def _appearance(written: dict[str, Any] | None) -> Appearance:
    if written is None:
        return UNSEEN
    return Appearance(
        frozenset(written["hidden_rows"]),
        frozenset(written["hidden_columns"]),
        frozenset((row, column) for row, column in written["struck"]),
        frozenset((row, column) for row, column in written["partly_struck"]),
        {(row, column): shown for (row, column), shown in written["failed"]},
        written["is_known"],
    )
