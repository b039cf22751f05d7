"""Excel and CSV sheets as rows of text, with the address of every cell for messages such as `B14: …`. Writing is `writing.py`."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import python_calamine

from psm_course.errors import Refused
from psm_course.interchange.sheets.appearance import PLAIN, UNSEEN, Appearance
from psm_course.interchange.sheets.delimited import SUFFIXES, delimited_rows
from psm_course.interchange.sheets.ods_appearance import ods_appearances
from psm_course.interchange.sheets.sheet_size import is_too_large
from psm_course.interchange.sheets.subprocess_reader import read_apart
from psm_course.interchange.sheets.unreadable_file import OLE, ZIP, is_text, no_sheet
from psm_course.interchange.sheets.workbook import workbook_rows
from psm_course.interchange.sheets.xlsx_appearance import xlsx_appearances

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

    What a file is, is told by its first bytes: offices rename files.
    """
    file = source if isinstance(source, SheetFile) else SheetFile.at(source)
    if len(file.content) > LARGEST:
        raise _too_many_bytes(file.name)
    if Path(file.name).suffix.lower() in SUFFIXES and is_text(file.content):
        return [Sheet("", delimited_rows(file.name, file.content))]
    try:
        return _workbook_sheets(file)
    except (python_calamine.CalamineError, zipfile.BadZipFile, zlib.error, OSError, ValueError, LookupError, EOFError, NotImplementedError):
        raise no_sheet(file.name, file.content) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # calamine's way of not understanding a damaged file; it is no Exception
            raise
        raise no_sheet(file.name, file.content) from None


def _too_many_bytes(name: str) -> Refused:
    return Refused(f"{name}: berkas lebih besar dari 20 MB. Simpan hanya lembar yang diperlukan.")


def _workbook_sheets(file: SheetFile) -> list[Sheet]:
    seen: Mapping[str, Appearance] = {}
    if file.content.startswith(OLE):
        read = read_apart(file.content)
    elif file.content.startswith(ZIP):
        if is_too_large(file.content):
            raise Refused(
                f"{file.name}: lembarnya terlalu luas; ada isi yang jauh di luar tabel. Salin tabelnya saja ke berkas baru, lalu ulangi."
            )
        read, seen = workbook_rows(file.content), {**xlsx_appearances(file.content), **ods_appearances(file.content)}
    else:
        read = None
    if read is None:
        raise no_sheet(file.name, file.content)
    return [Sheet(name, _to_the_last(rows, seen.get(name, UNSEEN)), is_hidden, seen.get(name, UNSEEN)) for name, rows, is_hidden in read]


def _to_the_last(rows: list[Row], appearance: Appearance) -> list[Row]:
    """calamine leaves out rows at the end that hold only formulas without a result."""
    last = max((row for row, _ in appearance.failed), default=-1)
    return [*rows, *([] for _ in range(last + 1 - len(rows)))]
