"""Reads an .xlsx, .xls or .ods as rows of text, with calamine."""

from datetime import date, datetime
from io import BytesIO

import python_calamine

from psm_course.interchange.sheets.sheet_size import MOST_CELLS


def workbook_rows(content: bytes) -> list[tuple[str, list[list[str]], bool]]:
    """Return for each sheet its name, its rows, and True if it is hidden.

    For a broken file the errors of calamine are raised. calamine reserves memory for the whole grid
    of a sheet, so a value in a far cell of an .xls can end the process.
    """
    with python_calamine.CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
        sheets = [
            (sheet.name, sheet.visible != python_calamine.SheetVisibleEnum.Visible)
            for sheet in workbook.sheets_metadata
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        return [
            (name, _rows(workbook.get_sheet_by_name(name)), is_hidden) for name, is_hidden in sheets
        ]


def _rows(sheet: python_calamine.CalamineSheet) -> list[list[str]]:
    # An .xls could not be measured before it was opened (`sheet_size`).
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise ValueError("more cells than we would ever read")
    # `skip_empty_area` would begin at the first filled cell: every address would be wrong.
    rows = [[_as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        _spread(rows, top, bottom, left)
    return rows


def _spread(rows: list[list[str]], top: int, bottom: int, column: int) -> None:
    """Copy the value of vertically merged cells into each of the rows that the merged cells cover.

    A kelurahan that is written once beside three people then belongs to all three people.
    """
    if top < len(rows) and column < len(rows[top]):
        for row in rows[top + 1 : bottom + 1]:
            row[column] = row[column] or rows[top][column]


def _as_text(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()
    # Excel stores every number as a float: the year 1980 is read as 1980.0.
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)
