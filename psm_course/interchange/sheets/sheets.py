"""Excel and CSV sheets as rows of text, with the address of every cell for messages such as `B14: …`. Writing is `writing.py`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from psm_course.errors import Refused
from psm_course.interchange.sheets.appearance import PLAIN, Appearance
from psm_course.interchange.sheets.delimited import SUFFIXES, delimited_rows
from psm_course.interchange.sheets.sheet_size import TOO_WIDE
from psm_course.interchange.sheets.subprocess_reader import TooWide, Unreadable, read_apart
from psm_course.interchange.sheets.unreadable_file import OLE, ZIP, is_text, no_sheet

LARGEST = 20 * 1024 * 1024
Row = list[str]


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong in a cell, and what to do."""

    cell: str
    message: str

    def __str__(self) -> str:
        return f"{self.cell}: {self.message}"


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A file as it was sent: from a folder, or from an upload. `name` is for messages and tells what kind it is."""

    name: str
    content: bytes

    @classmethod
    def at(cls, path: Path) -> SheetFile:
        """Refused when it is not there, or too large to be a sheet of ours."""
        if not path.is_file():
            raise Refused(f"{path}: itu folder, bukan berkas." if path.is_dir() else f"{path}: berkas ini tidak ada.")
        if path.stat().st_size > LARGEST:
            raise _too_many_bytes(path.name)
        return cls(path.name, path.read_bytes())


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file. A text file has one, without a name."""

    name: str
    rows: list[Row]
    is_hidden: bool = False
    appearance: Appearance = PLAIN


def read_sheets(source: Path | SheetFile) -> list[Sheet]:
    """The sheets of an .xlsx, .xls or .ods, or the rows of a .csv or .txt, as text. Refused when it cannot be read.

    What a file is, is told by its first bytes: offices rename files. A workbook is read in a process of its own.
    """
    file = source if isinstance(source, SheetFile) else SheetFile.at(source)
    if len(file.content) > LARGEST:
        raise _too_many_bytes(file.name)
    if Path(file.name).suffix.lower() in SUFFIXES and is_text(file.content):
        return [Sheet("", delimited_rows(file.name, file.content))]
    if not file.content.startswith((OLE, ZIP)):
        raise no_sheet(file.name, file.content)
    try:
        read = read_apart(file.content)
    except Unreadable:
        raise no_sheet(file.name, file.content) from None
    except TooWide:
        raise Refused(f"{file.name}: {TOO_WIDE}") from None
    return [Sheet(each.name, _to_the_last(each.rows, each.appearance), each.is_hidden, each.appearance) for each in read]


def _too_many_bytes(name: str) -> Refused:
    return Refused(f"{name}: berkas lebih besar dari 20 MB. Simpan hanya lembar yang diperlukan.")


def _to_the_last(rows: list[Row], appearance: Appearance) -> list[Row]:
    """calamine leaves out rows at the end that hold only formulas without a result."""
    last = max((row for row, _ in appearance.failed), default=-1)
    return [*rows, *([] for _ in range(last + 1 - len(rows)))]
