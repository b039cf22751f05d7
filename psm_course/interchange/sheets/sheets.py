"""Excel and CSV sheets as rows of text, with the address of every cell for messages such as `B14: …`. Writing is `writing.py`."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import python_calamine

from psm_course.errors import Refused
from psm_course.interchange.sheets.delimited import SUFFIXES, delimited_rows
from psm_course.interchange.sheets.sheet_size import MOST_CELLS, is_too_large
from psm_course.interchange.sheets.subprocess_reader import read_apart
from psm_course.interchange.sheets.unreadable_file import OLE, ZIP, is_text, no_sheet

LARGEST = 20 * 1024 * 1024
Row = list[str]
Merged = tuple[tuple[int, int], tuple[int, int]]


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
    """One visible sheet of a file. A text file has one, without a name."""

    name: str
    rows: list[Row]


def cell_name(row: int, column: int) -> str:
    """`cell_name(14, 1)` is `B14`: rows from 1, columns from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def read_rows(source: Path | SheetFile) -> list[Row]:
    """The first visible sheet as text; no rows when there is none."""
    sheets = read_sheets(source)
    return sheets[0].rows if sheets else []


def read_sheets(source: Path | SheetFile) -> list[Sheet]:
    """The visible sheets of an .xlsx, .xls or .ods, or the rows of a .csv or .txt, as text. Refused when it cannot be read.

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


def _too_wide(name: str) -> Refused:
    return Refused(f"{name}: lembarnya terlalu luas; ada isi yang jauh di luar tabel. Salin tabelnya saja ke berkas baru, lalu ulangi.")


def _workbook_sheets(file: SheetFile) -> list[Sheet]:
    if file.content.startswith(OLE):
        read = read_apart(file.content)
    elif file.content.startswith(ZIP):
        if is_too_large(file.content):
            raise _too_wide(file.name)
        read = workbook_rows(file.content)
    else:
        read = None
    if read is None:
        raise no_sheet(file.name, file.content)
    return [Sheet(name, rows) for name, rows in read]


def workbook_rows(content: bytes) -> list[tuple[str, list[Row]]]:
    """Name and rows of each visible sheet. Raises what calamine raises; for a far cell in an .xls, nothing: it ends the process."""
    with python_calamine.CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
        visible = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.visible == python_calamine.SheetVisibleEnum.Visible and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        return [(name, _rows(workbook.get_sheet_by_name(name))) for name in visible]


def _rows(sheet: python_calamine.CalamineSheet) -> list[Row]:
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise ValueError("more cells than we would ever read")
    rows = [[_as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        _spread(rows, top, bottom, left)
    return rows


def _spread(rows: list[Row], top: int, bottom: int, column: int) -> None:
    """A kelurahan written once beside three people, in merged cells, is the kelurahan of all three."""
    if top < len(rows) and column < len(rows[top]):
        for row in rows[top + 1 : bottom + 1]:
            row[column] = row[column] or rows[top][column]


def _as_text(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)
