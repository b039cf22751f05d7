"""Finding the tables on a sheet: a header below any letterhead, in one row or over two, however its columns are called.

Lists stand beside and below one another; each is a table of its own, so that nobody is lost.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

from psm_course.interchange.sheets.appearance import PLAIN, Appearance, Place
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

    `first_row` counts from 1; `sheet` is empty when cells need no sheet's name. Cells of a table beside this one are empty here.
    """

    columns: Mapping[str, int]
    header: Row
    rows: list[Row]
    first_row: int
    sheet: str = ""
    appearance: Appearance = PLAIN

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

    def place(self, row: int, index: int) -> Place:
        """Where a cell is on its sheet."""
        return self.first_row + row - 1, index

    def is_hidden(self, row: int) -> bool:
        return self.first_row + row - 1 in self.appearance.hidden_rows

    def is_struck(self, row: int, column: str) -> bool:
        """Whether all that is written in the cell is struck out."""
        return column in self.columns and self.place(row, self.columns[column]) in self.appearance.struck

    def is_partly_struck(self, row: int, column: str) -> bool:
        return column in self.columns and self.place(row, self.columns[column]) in self.appearance.partly_struck


def heading_key(heading: str) -> str:
    """Letters and digits only, without what stands in brackets: `Nama Lengkap (dengan gelar)` is `namalengkap`."""
    without_brackets = re.sub(r"\([^)]*\)", "", heading[:LONGEST_HEADING])
    return "".join(character for character in without_brackets.casefold() if character.isalnum())


def find_tables(sheet: Sheet, known: Columns, needed: tuple[str, ...], named: bool = False) -> tuple[Table, ...]:
    """Every table whose header names the needed columns, as they are found on the sheet: beside and below one another.

    `named`: addresses carry the sheet's name. A header that only repeats the one above it begins no table.
    """
    headers = _without_repeats(_headers(sheet.rows, known, needed))
    tables = tuple(_table(sheet, header, headers, named) for header in headers)
    return tuple(table for table in tables if table.rows) or tables[:1]


def missing_columns(sheets: list[Sheet], known: Columns, needed: tuple[str, ...]) -> list[str]:
    """The titles that the best candidate for a header lacks, for a sentence."""
    best = max((_columns(row, known) for sheet in sheets for row in sheet.rows[:DEEPEST_HEADER]), key=len, default={})
    return [known[column].title for column in needed if column not in best]


# ---- headers -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Header:
    """`top` is the row where it begins, `start` the first row below it, counted from 0."""

    top: int
    start: int
    cells: Row
    columns: Mapping[str, int]

    @property
    def left(self) -> int:
        return min(self.columns.values())

    @property
    def right(self) -> int:
        return max(self.columns.values())

    def overlaps(self, other: "_Header") -> bool:
        return self.left <= other.right and other.left <= self.right


def _headers(rows: list[Row], known: Columns, needed: tuple[str, ...]) -> list[_Header]:
    """The first within `DEEPEST_HEADER` rows, others anywhere below, in rows that hold the first of the needed headings."""
    found: list[_Header] = []
    for index, row in enumerate(rows):
        if found and not any(known[needed[0]].is_called(heading_key(cell)) for cell in row):
            continue
        if not found and index >= DEEPEST_HEADER:
            break
        here = _headers_at(rows, index, known, needed, is_first=not found)
        found += [header for header in here if not any(header.overlaps(above) and index < above.start for above in found)]
    return found


def _headers_at(rows: list[Row], index: int, known: Columns, needed: tuple[str, ...], is_first: bool) -> list[_Header]:
    """The headers that begin in this row, from left to right, each in one row or over two."""
    row, below = rows[index], rows[index + 1] if index + 1 < len(rows) else []
    upper, lower, both = (_blocks(each, known, needed) for each in (row, below, _over_two(row, below)))
    if not is_first:  # somebody may stand above a header; the first may have a half-empty row above it
        both = [columns for columns in both if not any(_overlap(columns, each) for each in lower)]
    headed_below = [at for at, heading in enumerate(below) if _names(heading, known)]
    two = [
        columns
        for columns in both
        if any(min(columns.values()) <= at <= max(columns.values()) for at in headed_below)
        and all(_only_sub_headings(below, each, needed) for each in upper if _overlap(columns, each))
    ]
    one = [columns for columns in upper if not any(_overlap(columns, each) for each in two)]
    headers = [_Header(index, index + 2, _over_two(row, below), columns) for columns in two]
    headers += [_Header(index, index + 1, row, columns) for columns in one]
    return sorted(headers, key=lambda header: header.left)


def _blocks(row: Row, known: Columns, needed: tuple[str, ...]) -> list[dict[str, int]]:
    """The complete lists that a row of headings begins: where a heading comes again after all that is needed, another list begins."""
    blocks: list[dict[str, int]] = [{}]
    for index, heading in enumerate(row):
        names = _names(heading, known)
        new = next((name for name in names if name not in blocks[-1]), None)
        if new:
            blocks[-1][new] = index
        elif names and _is_complete(blocks[-1], needed):
            blocks.append({names[0]: index})
    if len(blocks) > 1 and not _is_complete(blocks[-1], needed):
        rest = blocks.pop()  # no list, but further columns of the last one
        blocks[-1] = rest | blocks[-1]
    return [block for block in blocks if _is_complete(block, needed)]


def _is_complete(columns: Mapping[str, int], needed: tuple[str, ...]) -> bool:
    return all(column in columns for column in needed)


def _overlap(one: Mapping[str, int], other: Mapping[str, int]) -> bool:
    return min(one.values()) <= max(other.values()) and min(other.values()) <= max(one.values())


def _without_repeats(headers: list[_Header]) -> list[_Header]:
    """Long lists repeat their header on every page."""
    kept: list[_Header] = []
    for header in headers:
        above = next((each for each in reversed(kept) if each.overlaps(header)), None)
        if above is None or above.columns != header.columns:
            kept.append(header)
    return kept


def _table(sheet: Sheet, header: _Header, headers: list[_Header], named: bool) -> Table:
    """A table reaches to the next one beside it and below it; what stands to its left is the first one's."""
    left = header.left if any(each.right < header.left for each in headers) else 0
    right = min((each.left for each in headers if each.left > header.right), default=None)
    end = min((each.top for each in headers if each.top >= header.start and each.overlaps(header)), default=None)
    rows = [_within(row, left, right) for row in sheet.rows[header.start : end]]
    name = sheet.name if named else ""
    return Table(header.columns, _within(header.cells, left, right), rows, header.start + 1, name, sheet.appearance)


def _within(row: Row, left: int, right: int | None) -> Row:
    """The cells of these columns at their places."""
    return row if left == 0 and right is None else [*[""] * left, *row[left:right]]


def _over_two(upper: Row, lower: Row) -> Row:
    """A header over two rows: the lower heading where there is one, else the upper."""
    width = max(len(upper), len(lower))
    padded = [[*row, *[""] * (width - len(row))] for row in (upper, lower)]
    return [below if below.strip() else above for above, below in zip(*padded, strict=True)]


def _only_sub_headings(below: Row, upper: Mapping[str, int], needed: tuple[str, ...]) -> bool:
    """Under merged headings stands nothing, or the same again; under a finished header stand people."""
    return all(upper[column] >= len(below) or not below[upper[column]].strip() for column in needed)


def _columns(row: Row, known: Columns) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, heading in enumerate(row):
        new = next((name for name in _names(heading, known) if name not in found), None)
        if new:
            found[new] = index
    return found


def _names(heading: str, known: Columns) -> list[str]:
    """Our names of the columns that may be called so."""
    key = heading_key(heading) if heading else ""
    return [name for name, column in known.items() if column.is_called(key)] if key else []
