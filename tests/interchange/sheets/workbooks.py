"""Workbooks as Excel writes them when people hide, filter, strike out or set lists side by side."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Sequence
from typing import Any

import xlsxwriter

from psm_course.interchange.sheets.sheets import SheetFile

HEADER = ("No", "Nama", "Kelurahan")


def a_workbook(fill: Callable[[Any], None], name: str = "peserta.xlsx") -> SheetFile:
    """The workbook that `fill` makes with xlsxwriter."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as workbook:
        fill(workbook)
    return SheetFile(name, stream.getvalue())


def a_table(
    *rows: Sequence[Any],
    hidden: Collection[int] = (),
    hidden_columns: str = "",
    struck: Collection[str] = (),
    partly: Collection[str] = (),
    name: str = "peserta.xlsx",
) -> SheetFile:
    """One sheet with these rows. `hidden` are rows as Excel counts them, `hidden_columns` such as
    `D:D`, `struck` and `partly` cells.
    """

    def fill(workbook: Any) -> None:
        sheet, line = workbook.add_worksheet("Data"), workbook.add_format({"font_strikeout": True})
        for index, row in enumerate(rows):
            for column, value in enumerate(row):
                cell = f"{chr(ord('A') + column)}{index + 1}"
                if cell in partly:
                    first, _, rest = str(value).partition(" ")
                    sheet.write_rich_string(cell, line, first, f" {rest}")
                elif value != "":
                    sheet.write(cell, value, line if cell in struck else None)
        for row in hidden:
            sheet.set_row(row - 1, None, None, {"hidden": True})
        if hidden_columns:
            sheet.set_column(hidden_columns, None, None, {"hidden": True})

    return a_workbook(fill, name)
