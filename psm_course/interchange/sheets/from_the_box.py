"""Lets the box, a child process with limits, read a file; turns its answers into sheets.

The reasons for the box are in decisions 0084 and 0139.
"""

from typing import Any, Literal, NamedTuple

from psm_course.box.box import NotRead, open_box
from psm_course.interchange.sheets.appearance import UNSEEN, Appearance
from psm_course.interchange.sheets.sheet_size import MOST_CELLS

Kind = Literal["workbook", "delimited", "word"]


class ReadSheet(NamedTuple):
    """A sheet as the box read it: its rows of text, its appearance, and if it is hidden."""

    name: str
    rows: list[list[str]]
    is_hidden: bool
    appearance: Appearance


def boxed_sheets(content: bytes, kind: Kind) -> list[ReadSheet]:
    """Read the sheets of a file in the box, a child process with limits.

    `kind` selects the function of `in_the_box` that reads the file: a `workbook` (.xlsx, .xls,
    .ods) may have several sheets, a `delimited` text file has one, and the sheets of a .docx
    (`word`) are its tables.

    Raises:
        NotRead: the file is broken, or asks for too much memory or time.
    """
    with open_box() as box:
        try:
            return [_sheet(*sheet) for sheet in box.read(kind, content)]
        except (TypeError, ValueError, KeyError):  # our reader never answers so: it was taken over
            raise NotRead("broken") from None


def _sheet(
    name: str,
    written: list[list[str]],
    widths: list[int],
    is_hidden: bool,
    seen: dict[str, Any] | None,
) -> ReadSheet:
    # A harmful file may have taken the box over: a few bytes of widths could then fill our memory.
    if sum(widths) > MOST_CELLS:
        raise ValueError("more cells than we would ever read")
    rows = [[*row, *[""] * (width - len(row))] for row, width in zip(written, widths, strict=True)]
    return ReadSheet(name, rows, is_hidden, _appearance(seen))


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
