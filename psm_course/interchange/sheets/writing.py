"""Writes sheets row by row, so that memory use does not grow with the number of rows.

Text stays text: a text such as `=…` is never run as a formula, and `017` keeps its 0.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

from psm_course.authoring.numbers import write_number
from psm_course.errors import Refused, cause

Cell = str | int | Decimal
LONGEST_CELL = 32_767
MOST_ROWS = 1_000_000
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_sheet(
    path: Path,
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    widths: Sequence[int],
) -> None:
    """Write an .xlsx with a bold header that stays visible.

    Strings become text cells, numbers become numbers. Strings too long for a cell are cut. Excel
    allows about a million rows in a sheet: further rows go to another sheet, whose name has a
    number after the `title` (`Butir 2`). `widths` are the widths of the columns, in characters.
    """
    _write_whole(path, lambda part: _write_workbook(part, title, header, rows, widths))


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a CSV file as Indonesian Excel reads it.

    The file is UTF-8 with a byte order mark, semicolons and decimal commas. `csv_cell` makes
    strings safe.
    """

    def write(part: Path) -> None:
        with part.open("w", encoding="utf-8-sig", errors="replace", newline="") as stream:
            writer = csv.writer(stream, delimiter=";")
            writer.writerow([csv_cell(heading) for heading in header])
            writer.writerows(
                [
                    csv_cell(value) if isinstance(value, str) else write_number(Decimal(value))
                    for value in row
                ]
                for row in rows
            )

    _write_whole(path, write)


def csv_cell(value: str) -> str:
    """Return a string as a safe CSV cell.

    A string that a spreadsheet would run as a formula gets an apostrophe in front, as OWASP
    advises. A string that already begins with an apostrophe gets one more. Therefore removing one
    apostrophe always gives the original text.
    """
    return f"'{value}" if value.startswith((*_DANGEROUS, "'")) else value


def _write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Call `write` with a temporary path, then rename this file to `path`.

    So nobody can open a half-written sheet.

    Raises:
        Refused: the file cannot be written.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        write(part)
        part.replace(path)
    except OSError as error:
        raise Refused(
            f"{path}: tidak dapat ditulis ({cause(error)}). Periksa foldernya, dan tutup berkas itu"
            " bila sedang terbuka di Excel."
        ) from None
    finally:
        part.unlink(missing_ok=True)


def _write_workbook(
    path: Path,
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    widths: Sequence[int],
) -> None:
    with _workbook(path) as workbook:
        bold = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        # "@" keeps a number that somebody types into our sheet as they typed it: 0812… stays 0812….
        text = workbook.add_format({"num_format": "@"})
        for count, page in enumerate(_pages(rows), 1):
            ending = f" {count}" if count > 1 else ""
            sheet = workbook.add_worksheet(title[: 31 - len(ending)] + ending)
            sheet.freeze_panes(1, 0)
            for column, width in enumerate(widths):
                sheet.set_column(column, column, width, text)
            for column, heading in enumerate(header):
                sheet.write_string(0, column, heading, bold)
            for index, row in enumerate(page, 1):
                _write_row(sheet, index, row, text)


@contextmanager
def _workbook(path: Path) -> Iterator[xlsxwriter.Workbook]:
    """Yield a new workbook; it is written to `path` at the end of the block.

    Raises:
        OSError: the file cannot be written.
    """
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": True,
    }
    # Opened here, so that it is closed if xlsxwriter fails; and a folder of our own, because
    # xlsxwriter then leaves temporary files behind.
    try:
        with (
            path.open("wb") as stream,
            TemporaryDirectory() as folder,
            xlsxwriter.Workbook(_Forgetful(stream), options | {"tmpdir": folder}) as workbook,
        ):
            yield workbook
    except FileCreateError as error:
        raise error.args[0] from None  # the system's error, which xlsxwriter wraps in its own


class _Forgetful:
    """A stream to which one can still write after it was closed: these bytes are thrown away.

    If the disk is full, xlsxwriter leaves its ZIP file open. Python finishes the ZIP file later,
    when the stream is already closed. With a usual stream this would print a traceback.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(BytesIO() if self._stream.closed else self._stream, name)


def _pages(rows: Iterable[Sequence[Cell]]) -> Iterator[Iterable[Sequence[Cell]]]:
    """Split rows into groups of at most `MOST_ROWS`, and yield each group: one for each sheet.

    There is always at least one group, which may be empty. The caller must consume the rows of a
    group before it asks for the next group.
    """
    left = iter(rows)
    yield islice(left, MOST_ROWS)
    for first in left:
        yield chain([first], islice(left, MOST_ROWS - 1))


def _write_row(
    sheet: xlsxwriter.worksheet.Worksheet, index: int, row: Sequence[Cell], text: object
) -> None:
    for column, value in enumerate(row):
        if isinstance(value, int | Decimal):
            sheet.write_number(index, column, value)
        elif value:
            # xlsxwriter fails at a lone surrogate (half an emoji), which has no UTF-8 form.
            storable = value[:LONGEST_CELL].encode("utf-8", "replace").decode("utf-8")
            sheet.write_string(index, column, storable, text)
