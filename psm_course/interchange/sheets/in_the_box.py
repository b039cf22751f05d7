"""The functions that read sheets inside the box, the limited process for files from outside.

The functions read workbooks, delimited text and tables of a .docx, and yield each sheet as plain
lists and texts. A harmful file can make calamine, zipfile or expat fail, but only in that process.
`from_the_box` starts the reading, and turns the yielded values into `ReadSheet` values.
"""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from psm_course.errors import Refused
from psm_course.interchange.sheets.appearance import Appearance
from psm_course.interchange.sheets.delimited import delimited_rows
from psm_course.interchange.sheets.sheet_size import MOST_WRITTEN, TOO_WIDE, is_too_large
from psm_course.interchange.sheets.unreadable_file import ZIP

Rows = list[list[str]]


def workbook(content: bytes) -> Iterator[Any]:
    """Yield the sheets of an .xlsx, .xls or .ods.

    Each sheet is a list of five values: its name; its rows, without the empty cells at their ends;
    the full length of each row; True if the sheet is hidden; its appearance, None if the file does
    not show it.

    Raises:
        Refused: the file unpacks into more than the allowed size.
    """
    # Each kind loads its own readers.
    from psm_course.interchange.sheets.workbook import workbook_rows  # noqa: PLC0415

    if not content.startswith(ZIP):
        yield from (
            _sheet(name, rows, is_hidden) for name, rows, is_hidden in workbook_rows(content)
        )
        return
    from psm_course.interchange.sheets.xml.ods_appearance import ods_appearances  # noqa: PLC0415
    from psm_course.interchange.sheets.xml.xlsx_appearance import xlsx_appearances  # noqa: PLC0415

    _refuse_too_large(content)
    seen = {**xlsx_appearances(content), **ods_appearances(content)}
    for name, rows, is_hidden in workbook_rows(content):
        yield _sheet(name, rows, is_hidden, seen.get(name))


def delimited(content: bytes) -> Iterator[Any]:
    """Yield the only sheet of a text file.

    It is a list of five values: an empty name; the rows, without the empty cells at their ends; the
    full length of each row; False, because the sheet is not hidden; and None, because a text file
    shows no appearance.
    """
    yield _sheet("", delimited_rows(content))


def word(content: bytes) -> Iterator[Any]:
    """Yield each table of a .docx as a sheet.

    Each sheet is a list of five values: an empty name; the rows, without the empty cells at their
    ends; the full length of each row; False, because it is not hidden; and None for the appearance.

    Raises:
        Refused: the file unpacks into more than the allowed size.
    """
    from psm_course.interchange.sheets.xml.docx_tables import docx_tables  # noqa: PLC0415

    _refuse_too_large(content)
    yield from (_sheet("", table) for table in docx_tables(content))


def _refuse_too_large(content: bytes) -> None:
    if is_too_large(content):
        raise Refused(TOO_WIDE)


def _sheet(
    name: str, rows: Rows, is_hidden: bool = False, appearance: Appearance | None = None
) -> Any:
    """Return a sheet as a list of five values, which can be written as JSON.

    The values are: its name; its rows, without the empty cells at their ends; the full length of
    each row; True if the sheet is hidden; its appearance or None. The empty cells are left out,
    because a sheet that is formatted to its last column has very many of them.

    Raises:
        Refused: too many cells have text.
    """
    if sum(1 for row in rows for cell in row if cell) > MOST_WRITTEN:
        raise Refused(TOO_WIDE)
    written = [row[: next((at for at in range(len(row), 0, -1) if row[at - 1]), 0)] for row in rows]
    return [
        name,
        written,
        [len(row) for row in rows],
        is_hidden,
        _as_json(appearance) if appearance else None,
    ]


def _as_json(appearance: Appearance) -> dict[str, Any]:
    """Return the fields of an appearance as JSON values, by name.

    Sets become lists; `failed` becomes a list of pairs: the place of a cell, and its error.
    """
    written = {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in asdict(appearance).items()
    }
    return written | {"failed": sorted(appearance.failed.items())}
