"""Finds tables on a sheet.

A header may be below a letterhead, may take one row or two, and its columns may have many different
names. Lists beside and below each other become separate tables, so that nobody on a second list is
lost.
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
    """A column that may occur in a table.

    `title` is the heading of the column in our own sheets. `also` is a regular expression for its
    headings in other people's sheets; it is compared with the `heading_key` of a heading.
    """

    title: str
    also: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The regular expression that matches the `heading_key` of every heading of this column."""
        own = re.escape(heading_key(self.title))
        return re.compile(f"{own}|{self.also}" if self.also else own)

    def is_called(self, key: str) -> bool:
        """True if `key`, made by `heading_key`, is a heading of this column."""
        return self.pattern.fullmatch(key) is not None


Columns = Mapping[str, Column]
DEEPEST_HEADER = 100
LONGEST_HEADING = 300
_BRACKETS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below a header. `columns` maps our column names to their index, from 0.

    `first_row` is the row number of the first row on the sheet, from 1. `sheet` is the sheet's name
    for addresses, empty if addresses need none. Cells that belong to a table beside this one are
    empty in `rows`.
    """

    columns: Mapping[str, int]
    header: Row
    rows: list[Row]
    first_row: int
    sheet: str = ""
    appearance: Appearance = PLAIN

    @property
    def others(self) -> dict[int, str]:
        """The headings that belong to none of our columns, by column index."""
        ours = set(self.columns.values())
        return {
            index: heading
            for index, heading in enumerate(self.header)
            if heading.strip() and index not in ours
        }

    def cell(self, row: int, column: str) -> str:
        """Return the address of a cell in Excel's form, by row index and column name."""
        return self.address(row, self.columns[column])

    def address(self, row: int, index: int) -> str:
        """Return the address of a cell in Excel's form, for example `B14`.

        `row` is the row's index in `rows`, from 0; -1 is the header. `index` is the column's index,
        from 0.
        """
        name = xl_rowcol_to_cell(self.first_row + row - 1, index)
        return f"{self.sheet}!{name}" if self.sheet else name

    def value(self, row: int, column: str) -> str:
        """Return the stripped text of a cell; empty if the table has no such column."""
        index = self.columns.get(column)
        cells = self.rows[row]
        return cells[index].strip() if index is not None and index < len(cells) else ""

    def place(self, row: int, index: int) -> Place:
        """Return the (row, column) of a cell on its sheet, from 0."""
        return self.first_row + row - 1, index

    def is_hidden(self, row: int) -> bool:
        """True if the row with this index in `rows` is hidden."""
        return self.first_row + row - 1 in self.appearance.hidden_rows

    def is_struck(self, row: int, column: str) -> bool:
        """True if the whole text of the cell is crossed out (has a line through it).

        `row` is the row's index in `rows`, `column` is our name of the column.
        """
        return (
            column in self.columns
            and self.place(row, self.columns[column]) in self.appearance.struck
        )

    def is_partly_struck(self, row: int, column: str) -> bool:
        """True if only a part of the text of the cell is crossed out (has a line through it).

        `row` is the row's index in `rows`, `column` is our name of the column.
        """
        return (
            column in self.columns
            and self.place(row, self.columns[column]) in self.appearance.partly_struck
        )


def heading_key(heading: str) -> str:
    """Return the letters and digits of a heading, without bracketed parts.

    `Nama Lengkap (dengan gelar)` is `namalengkap`.
    """
    without_brackets = (
        _BRACKETS.sub("", heading[:LONGEST_HEADING])
        if "(" in heading
        else heading[:LONGEST_HEADING]
    )
    folded = without_brackets.casefold()
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))


def find_tables(
    sheet: Sheet, known: Columns, needed: tuple[str, ...], named: bool = False
) -> tuple[Table, ...]:
    """Find every table on a sheet whose header has the needed columns.

    Tables may be beside and below each other. A header that only repeats the one above it begins no
    new table. The result is empty if no header has the needed columns.

    Args:
        sheet: the sheet.
        known: all columns that can be recognised, by our names.
        needed: names of the columns that a header must have.
        named: True if addresses of cells include the sheet's name.
    """
    headers = _without_repeats(_headers(sheet.rows, known, needed))
    tables = tuple(_table(sheet, header, headers, named) for header in headers)
    # A list without people is still a list: nobody must read that its headings are missing.
    return tuple(table for table in tables if table.rows) or tables[:1]


def missing_columns(sheets: list[Sheet], known: Columns, needed: tuple[str, ...]) -> list[str]:
    """Return the titles of the needed columns that the most likely header lacks.

    The most likely header is the row with most known columns among the first rows of all sheets.

    Args:
        known: all columns that can be recognised, by our names.
        needed: names of the columns that a header must have.
    """
    best = max(
        (_columns(row, known) for sheet in sheets for row in sheet.rows[:DEEPEST_HEADER]),
        key=len,
        default={},
    )
    return [known[column].title for column in needed if column not in best]


# ---- headers -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Header:
    """A header found on a sheet. `top` is its first row, `start` the first row below it, from 0."""

    top: int
    start: int
    cells: Row
    columns: Mapping[str, int]

    @property
    def left(self) -> int:
        """The index of the header's first known column."""
        return min(self.columns.values())

    @property
    def right(self) -> int:
        """The index of the header's last known column."""
        return max(self.columns.values())

    def overlaps(self, other: "_Header") -> bool:
        """True if the two headers share columns."""
        return self.left <= other.right and other.left <= self.right


def _headers(rows: list[Row], known: Columns, needed: tuple[str, ...]) -> list[_Header]:
    """Return the headers on a sheet.

    The first header must be within the first `DEEPEST_HEADER` rows. Further headers may be in any
    later row that has the heading of the first needed column.
    """
    found: list[_Header] = []
    for index, row in enumerate(rows):
        if found and not any(known[needed[0]].is_called(heading_key(cell)) for cell in row if cell):
            continue
        if not found and index >= DEEPEST_HEADER:
            break
        found += [
            header
            for header in _headers_at(rows, index, known, needed, is_first=not found)
            if not any(header.overlaps(above) and index < above.start for above in found)
        ]
    return found


def _headers_at(
    rows: list[Row], index: int, known: Columns, needed: tuple[str, ...], is_first: bool
) -> list[_Header]:
    """Return the headers that begin in row `index`, from left to right; each has one row or two.

    `is_first` is True if no header was found above row `index`. If one was found, the row may be
    the last person of the list above. So if the next row alone is a complete header, the two rows
    are not read as one header of two rows.
    """
    row, below = rows[index], rows[index + 1] if index + 1 < len(rows) else []
    upper, lower, both = (
        _blocks(each, known, needed) for each in (row, below, _over_two(row, below))
    )
    # Somebody may stand above a header; the first may have a half-empty row above it.
    if not is_first:
        both = [columns for columns in both if not any(_overlap(columns, each) for each in lower)]
    headed_below = [at for at, heading in enumerate(below) if _names(heading, known)]
    two = [
        columns
        for columns in both
        if any(min(columns.values()) <= at <= max(columns.values()) for at in headed_below)
        and all(
            _only_sub_headings(below, each, needed) for each in upper if _overlap(columns, each)
        )
    ]
    one = [columns for columns in upper if not any(_overlap(columns, each) for each in two)]
    headers = [_Header(index, index + 2, _over_two(row, below), columns) for columns in two]
    headers += [_Header(index, index + 1, row, columns) for columns in one]
    return sorted(headers, key=lambda header: header.left)


def _blocks(row: Row, known: Columns, needed: tuple[str, ...]) -> list[dict[str, int]]:
    """Return the lists whose headings are in a row: for each list the index of every known column.

    A list is complete when it has all needed headings. If a known heading then comes a second time,
    it begins the next list beside it.
    """
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
    """Return the headers without those that only repeat an earlier header.

    A long list repeats its header on every page.
    """
    kept: list[_Header] = []
    for header in headers:
        above = next((each for each in reversed(kept) if each.overlaps(header)), None)
        if above is None or above.columns != header.columns:
            kept.append(header)
    return kept


def _table(sheet: Sheet, header: _Header, headers: list[_Header], named: bool) -> Table:
    """Return the table that belongs to a header.

    The table ends above the next header below it, and left of the next header beside it. Columns
    left of the first header belong to the table of the first header.
    """
    # Columns such as "No." stand left of the first known heading, and belong to the first list.
    left = header.left if any(each.right < header.left for each in headers) else 0
    right = min((each.left for each in headers if each.left > header.right), default=None)
    end = min(
        (each.top for each in headers if each.top >= header.start and each.overlaps(header)),
        default=None,
    )
    return Table(
        header.columns,
        _within(header.cells, left, right),
        [_within(row, left, right) for row in sheet.rows[header.start : end]],
        header.start + 1,
        sheet.name if named else "",
        sheet.appearance,
    )


def _within(row: Row, left: int, right: int | None) -> Row:
    """Return the row with only the cells from `left` up to `right`, at their places.

    `right` is the index of the first cell that is left out; None: all cells from `left`.
    """
    return row if left == 0 and right is None else [*[""] * left, *row[left:right]]


def _over_two(upper: Row, lower: Row) -> Row:
    """Return the headings of a header of two rows, as one row.

    The heading of a column is the cell of the lower row; if this cell is empty, it is the cell of
    the upper row.
    """
    width = max(len(upper), len(lower))
    padded = [[*row, *[""] * (width - len(row))] for row in (upper, lower)]
    return [below if below.strip() else above for above, below in zip(*padded, strict=True)]


def _only_sub_headings(below: Row, upper: Mapping[str, int], needed: tuple[str, ...]) -> bool:
    """True if `below` is the second row of a header, not the first row of people.

    In a header of two rows, the needed headings are merged with the cells below, so these cells are
    empty. Below a complete header they have the data of a person.
    """
    return all(upper[column] >= len(below) or not below[upper[column]].strip() for column in needed)


def _columns(row: Row, known: Columns) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, heading in enumerate(row):
        new = next((name for name in _names(heading, known) if name not in found), None)
        if new:
            found[new] = index
    return found


def _names(heading: str, known: Columns) -> list[str]:
    """Return our names of the columns that may have this heading."""
    key = heading_key(heading) if heading else ""
    return [name for name, column in known.items() if column.is_called(key)] if key else []
