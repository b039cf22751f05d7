"""Excel and CSV sheets as rows of text, with the address of every cell for messages such as `B14: …`."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import python_calamine
import xlsxwriter  # type: ignore[import-untyped]

from psm_course.errors import Refused

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
class SheetTable:
    """The rows below a header row. `columns` maps our column names to their index; `first_row` counts from 1."""

    columns: dict[str, int]
    rows: list[Row]
    first_row: int

    def cell(self, row: int, column: str) -> str:
        return cell_name(self.first_row + row, self.columns[column])

    def value(self, row: int, column: str) -> str:
        index = self.columns.get(column)
        cells = self.rows[row]
        return cells[index].strip() if index is not None and index < len(cells) else ""


def cell_name(row: int, column: int) -> str:
    """`cell_name(14, 1)` is `B14`: rows from 1, columns from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def read_rows(path: Path) -> list[Row]:
    """The first sheet of an .xlsx, .xls or .ods, or a .csv, as text. Refused when it cannot be read."""
    if not path.is_file():
        raise Refused(f"{path}: itu folder, bukan berkas." if path.is_dir() else f"{path}: berkas ini tidak ada.")
    if path.stat().st_size > LARGEST:
        raise Refused(f"{path.name}: berkas lebih besar dari 20 MB. Simpan hanya lembar yang diperlukan.")
    return _csv_rows(path) if path.suffix.lower() == ".csv" else _workbook_rows(path)


def _workbook_rows(path: Path) -> list[Row]:
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
        rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError):
        raise Refused(f"{path.name}: bukan berkas Excel yang utuh. Simpan ulang sebagai .xlsx, lalu ulangi.") from None
    return [[_as_text(cell) for cell in row] for row in rows]


def _as_text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)


def _csv_rows(path: Path) -> list[Row]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("windows-1252", errors="replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # The separator stands on nearly every line; a letterhead or a name may hold the other one.
    lines = [line for line in text.split("\n") if line.strip()]
    semicolons, commas = (sum(separator in line for line in lines) for separator in ";,")
    try:
        return [list(row) for row in csv.reader(io.StringIO(text), delimiter=";" if semicolons > commas else ",")]
    except csv.Error:
        raise Refused(f"{path.name}: bukan CSV yang utuh. Simpan ulang sebagai .xlsx, lalu ulangi.") from None


def find_table(name: str, rows: list[Row], known: Mapping[str, tuple[str, ...]], needed: tuple[str, ...]) -> SheetTable:
    """The table whose header row names the needed columns; letterheads above it are passed over.

    `known` maps our column names to the headings people use. Refused when no row holds all needed columns.
    """
    best: dict[str, int] = {}
    for index, row in enumerate(rows):
        columns = _columns(row, known)
        if all(column in columns for column in needed):
            return SheetTable(columns, rows[index + 1 :], index + 2)
        if len(columns) > len(best):
            best = columns
    missing = [known[column][0] for column in needed if column not in best]
    raise Refused(f"{name}: tidak ada kolom {' dan '.join(missing)}. Tulis judul kolom itu di satu baris, lalu ulangi.")


def _columns(row: Row, known: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, heading in enumerate(row):
        key = _heading_key(heading)
        for column, headings in known.items():
            if column not in found and key in (_heading_key(h) for h in headings):
                found[column] = index
    return found


def _heading_key(heading: str) -> str:
    return "".join(character for character in heading.casefold() if character.isalnum())


def write_sheet(path: Path, title: str, header: Row, rows: list[Row], widths: list[int]) -> None:
    """One sheet with a bold header. Every cell is written as text, so `=…` is never a formula and `017` keeps its nought."""
    try:
        _write(path, title, header, rows, widths)
    except xlsxwriter.exceptions.FileCreateError:
        raise Refused(f"{path}: tidak dapat ditulis. Periksa foldernya, dan tutup berkas itu bila sedang terbuka di Excel.") from None


def _write(path: Path, title: str, header: Row, rows: list[Row], widths: list[int]) -> None:
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        sheet = workbook.add_worksheet(title[:31])
        bold = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for column, heading in enumerate(header):
            sheet.write_string(0, column, heading, bold)
        for index, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                sheet.write_string(index, column, value)
        sheet.freeze_panes(1, 0)
