"""Finding the table on a sheet: the header below any letterhead, in one row or over two, however its columns are called."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

from psm_course.interchange.sheets.sheets import Row, Sheet


@dataclass(frozen=True)
class Column:
    """A column we know: `title` as we write it; `also` matches the headings of others, as `heading_key` leaves them."""

    title: str
    also: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        own = re.escape(heading_key(self.title))
        return re.compile(f"{own}|{self.also}" if self.also else own)

    def is_called(self, key: str) -> bool:
        return self.pattern.fullmatch(key) is not None


Columns = Mapping[str, Column]
DEEPEST_HEADER = 100
LONGEST_HEADING = 300


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below a header. `columns` maps our column names to their index.

    `first_row` counts from 1; `sheet` is empty when cells need no sheet's name.
    """

    columns: Mapping[str, int]
    header: Row
    rows: list[Row]
    first_row: int
    sheet: str = ""

    @property
    def others(self) -> dict[int, str]:
        """The headings that are none of ours."""
        ours = set(self.columns.values())
        return {index: heading for index, heading in enumerate(self.header) if heading.strip() and index not in ours}

    def cell(self, row: int, column: str) -> str:
        return self.address(row, self.columns[column])

    def address(self, row: int, index: int) -> str:
        """What Excel calls a cell: row -1 is the header, columns count from 0."""
        name = xl_rowcol_to_cell(self.first_row + row - 1, index)
        return f"{self.sheet}!{name}" if self.sheet else name

    def value(self, row: int, column: str) -> str:
        index = self.columns.get(column)
        cells = self.rows[row]
        return cells[index].strip() if index is not None and index < len(cells) else ""


def heading_key(heading: str) -> str:
    """Letters and digits only, without what stands in brackets: `Nama Lengkap (dengan gelar)` is `namalengkap`."""
    without_brackets = re.sub(r"\([^)]*\)", "", heading[:LONGEST_HEADING])
    return "".join(character for character in without_brackets.casefold() if character.isalnum())


def find_table(sheet: Sheet, known: Columns, needed: tuple[str, ...], named: bool = False) -> Table | None:
    """The table whose header names the needed columns, or None. `named`: addresses carry the sheet's name."""
    rows = sheet.rows
    for index, row in enumerate(rows[:DEEPEST_HEADER]):
        below = rows[index + 1] if index + 1 < len(rows) else []
        upper, both = _columns(row, known), _columns(_over_two(row, below), known)
        below_known = _columns(below, known)
        enough = all(column in upper for column in needed)
        if below_known and all(column in both for column in needed) and (not enough or _only_sub_headings(below, upper, needed)):
            return _table(sheet, _over_two(row, below), both, index + 2, named)
        if enough:
            return _table(sheet, row, upper, index + 1, named)
    return None


def missing_columns(sheets: list[Sheet], known: Columns, needed: tuple[str, ...]) -> list[str]:
    """The titles that the best candidate for a header lacks, for a sentence."""
    best = max((_columns(row, known) for sheet in sheets for row in sheet.rows[:DEEPEST_HEADER]), key=len, default={})
    return [known[column].title for column in needed if column not in best]


def _table(sheet: Sheet, header: Row, columns: dict[str, int], start: int, named: bool) -> Table:
    return Table(columns, header, sheet.rows[start:], start + 1, sheet.name if named else "")


def _over_two(upper: Row, lower: Row) -> Row:
    """A header over two rows: the lower heading where there is one, else the upper."""
    width = max(len(upper), len(lower))
    padded = [[*row, *[""] * (width - len(row))] for row in (upper, lower)]
    return [below if below.strip() else above for above, below in zip(*padded, strict=True)]


def _only_sub_headings(below: Row, upper: dict[str, int], needed: tuple[str, ...]) -> bool:
    """Under merged headings stands nothing, or the same again; under a finished header stand people."""
    return all(upper[column] >= len(below) or not below[upper[column]].strip() for column in needed)


def _columns(row: Row, known: Columns) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, heading in enumerate(row):
        key = heading_key(heading)
        if key:
            for name, column in known.items():
                if name not in found and column.is_called(key):
                    found[name] = index
                    break
    return found
