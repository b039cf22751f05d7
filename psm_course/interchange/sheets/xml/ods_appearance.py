"""Reads the appearance of every sheet of an .ods: hidden rows and columns, crossed-out text."""

import zipfile
from dataclasses import dataclass, field
from io import BytesIO

from psm_course.interchange.sheets.appearance import Appearance, Place
from psm_course.interchange.sheets.xml.parts import BROKEN, Attributes, Part, read_part

# Of empty rows and columns to the end of the sheet, only the first are of use.
_MOST_REPEATED = 20_000
_ROWS, _COLUMNS = "number-rows-repeated", "number-columns-repeated"


def ods_appearances(content: bytes) -> dict[str, Appearance]:
    """Return the appearance of each sheet by its name; empty if the XML cannot be understood.

    For a broken ZIP the errors of `zipfile` are raised.
    """
    styles, tables = _Styles(), _Tables()
    with zipfile.ZipFile(BytesIO(content)) as archive:
        try:
            read_part(archive, "styles.xml", styles, needed=False)
            read_part(archive, "content.xml", styles)
            tables.styles = frozenset(filter(styles.is_struck, styles.parents))
            read_part(archive, "content.xml", tables)
        except BROKEN:
            return {}
    return {table.name: table.appearance() for table in tables.tables}


@dataclass
class _Styles(Part):
    """Collects styles, to find those that put a line through the text.

    `own` maps the name of a style to True if it puts a line through the text, False if it puts
    none. A style that is not in `own` does the same as its parent style. `parents` maps the name of
    each style to the name of its parent.
    """

    own: dict[str, bool] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    _style: str = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "style":
            self._style = attributes.get("name", "")
            self.parents[self._style] = attributes.get("parent-style-name", "")
        elif tag == "text-properties" and "text-line-through-style" in attributes:
            self.own[self._style] = attributes["text-line-through-style"] != "none"

    def is_struck(self, style: str) -> bool:
        seen = set[str]()
        while style in self.parents and style not in self.own and style not in seen:
            seen.add(style)
            style = self.parents[style]
        return self.own.get(style, False)


@dataclass
class _Table:
    name: str
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: set[Place] = field(default_factory=set)
    partly_struck: set[Place] = field(default_factory=set)
    column_styles: dict[int, str] = field(default_factory=dict)
    row: int = 0
    row_times: int = 1
    row_style: str = ""
    column: int = 0
    columns: int = 0

    def appearance(self) -> Appearance:
        return Appearance(
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            frozenset(self.struck),
            frozenset(self.partly_struck),
        )


@dataclass
class _Tables(Part):
    styles: frozenset[str] = frozenset()
    tables: list[_Table] = field(default_factory=list)
    _cell_style: str | None = None
    _spans: list[str] = field(default_factory=list)
    _said: set[bool] = field(default_factory=set)
    _times: int = 1

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "table":
            self.tables.append(_Table(attributes.get("name", "")))
        elif not self.tables:
            return
        elif tag == "table-column":
            self._a_column(self.tables[-1], attributes)
        elif tag == "table-row":
            self._a_row(self.tables[-1], attributes)
        elif tag in {"table-cell", "covered-table-cell"}:
            self._a_cell(self.tables[-1], attributes)
        elif tag == "span":
            self._spans.append(attributes.get("style-name", ""))

    def end(self, tag: str) -> None:
        if tag == "span" and self._spans:
            self._spans.pop()
        elif tag == "table-row" and self.tables:
            self.tables[-1].row += self.tables[-1].row_times
        elif tag in {"table-cell", "covered-table-cell"} and self.tables:
            self._judge(self.tables[-1])

    def text(self, text: str) -> None:
        if self._cell_style is not None and text.strip():
            self._said.add(any(style in self.styles for style in [*self._spans, self._cell_style]))

    def _a_column(self, table: _Table, attributes: Attributes) -> None:
        times = _times(attributes, _COLUMNS)
        here = range(table.columns, table.columns + times)
        table.columns += times
        table.column_styles |= dict.fromkeys(here, attributes.get("default-cell-style-name", ""))
        if _is_hidden(attributes):
            table.hidden_columns.update(here)

    def _a_row(self, table: _Table, attributes: Attributes) -> None:
        table.column, table.row_times = 0, _times(attributes, _ROWS)
        table.row_style = attributes.get("default-cell-style-name", "")
        if _is_hidden(attributes):
            table.hidden_rows.update(range(table.row, table.row + table.row_times))

    def _a_cell(self, table: _Table, attributes: Attributes) -> None:
        self._cell_style = (
            attributes.get("style-name")
            or table.row_style
            or table.column_styles.get(table.column, "")
        )
        self._said, self._spans, self._times = set(), [], _times(attributes, _COLUMNS)

    def _judge(self, table: _Table) -> None:
        places = (
            [(table.row, table.column + n) for n in range(self._times)]
            if True in self._said
            else []
        )
        (table.partly_struck if False in self._said else table.struck).update(places)
        table.column += self._times
        self._cell_style = None


def _is_hidden(attributes: Attributes) -> bool:
    return attributes.get("visibility") in {"collapse", "filter"}


def _times(attributes: Attributes, name: str) -> int:
    return min(int(attributes.get(name, 1)), _MOST_REPEATED)
