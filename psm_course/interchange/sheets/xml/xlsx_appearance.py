"""Reads the appearance of every sheet of an .xlsx from its XML.

This is needed because calamine reads text only (decision 0047). Each XML part is read once. Memory
holds only the places that are hidden, crossed out (a line through the text) or failed.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO

from psm_course.interchange.sheets.appearance import PLAIN, UNSEEN, Appearance, Place
from psm_course.interchange.sheets.sheet_size import column_number
from psm_course.interchange.sheets.xml.parts import BROKEN, Attributes, Part, read_part

# What a run of text says of itself: struck, not struck, or as the cell is.
Struck = bool | None
_TEXTS = "xl/sharedStrings.xml"
_WIDEST = 16_384
_NOTABLE = re.compile(
    rb"""hidden|strike|<(?:\w+:)?f[\s/>]|\s(?:t\s*=\s*["']e["']|(?:ht|width)\s*=\s*["']0)"""
)


def xlsx_appearances(content: bytes) -> dict[str, Appearance]:
    """Return the appearance of each sheet, by the sheet's name.

    If the XML of a sheet is broken, its appearance is `UNSEEN` (nothing is known about it). The
    result is empty if an XML file about all sheets (list of sheets, styles, texts) is broken, or if
    the file is no .xlsx but an .ods. For a broken ZIP the errors of `zipfile` are raised.
    """
    with zipfile.ZipFile(BytesIO(content)) as archive:
        try:
            workbook, relations, fonts = _Workbook(), _Relations(), _Styles()
            read_part(archive, "xl/workbook.xml", workbook)
            read_part(archive, "xl/_rels/workbook.xml.rels", relations)
            read_part(archive, "xl/styles.xml", fonts, needed=False)
            shared = _Texts()
            if _TEXTS in archive.namelist() and b"strike" in archive.read(_TEXTS):
                read_part(archive, _TEXTS, shared)
        except BROKEN:
            return {}
        paths = {name: relations.targets.get(identity, "") for name, identity in workbook.sheets}
        return {
            name: _appearance(archive, path, fonts.struck, shared.texts)
            for name, path in paths.items()
        }


def _appearance(
    archive: zipfile.ZipFile, path: str, struck: set[int], texts: Mapping[int, set[Struck]]
) -> Appearance:
    sheet = _Sheet(struck, texts)
    try:
        if not struck and not texts and not _NOTABLE.search(archive.read(path)):
            # Nearly every sheet; reading it tag by tag takes four times as long as calamine does.
            return PLAIN
        read_part(archive, path, sheet)
    except BROKEN:
        return UNSEEN
    return Appearance(
        frozenset(sheet.hidden_rows),
        frozenset(sheet.hidden_columns),
        frozenset(sheet.struck),
        frozenset(sheet.partly_struck),
        sheet.failed,
    )


def _is_true(attributes: Attributes, name: str) -> bool:
    return attributes.get(name, "0") in {"1", "true"}


def _is_nought(attributes: Attributes, name: str) -> bool:
    return name in attributes and float(attributes[name]) == 0


# ---- the parts -----------------------------------------------------------------------------------


@dataclass
class _Workbook(Part):
    """Collects the name and the relation id of each sheet."""

    sheets: list[tuple[str, str]] = field(default_factory=list)

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            self.sheets.append((attributes["name"], attributes["id"]))


@dataclass
class _Relations(Part):
    targets: dict[str, str] = field(default_factory=dict)

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "Relationship":
            self.targets[attributes["Id"]] = posixpath.normpath(
                posixpath.join("/xl", attributes["Target"])
            ).lstrip("/")


@dataclass
class _Styles(Part):
    """Collects the cell formats that put a line through the text (`struck`)."""

    struck: set[int] = field(default_factory=set)
    _within: str = ""
    _fonts: list[bool] = field(default_factory=list)
    _formats: int = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag in {"fonts", "cellXfs"}:
            self._within = tag
        elif self._within == "fonts" and tag == "font":
            self._fonts.append(False)
        elif self._within == "fonts" and tag == "strike":
            self._fonts[-1] = attributes.get("val", "1") in {"1", "true"}
        elif self._within == "cellXfs" and tag == "xf":
            if self._fonts[int(attributes.get("fontId", 0)) :][:1] == [True]:
                self.struck.add(self._formats)
            self._formats += 1

    def end(self, tag: str) -> None:
        if tag == self._within:
            self._within = ""


@dataclass
class _Runs:
    """Reads the runs (parts with one format) of one text.

    `said` is a set. The set contains True if a run of the text is crossed out, False if a run is
    not crossed out, and None if a run has the format of its cell.
    """

    said: set[Struck] = field(default_factory=set)
    _struck: Struck = None
    _reads: bool = False
    _phonetic: bool = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "rPh":
            self._phonetic = True
        elif tag == "rPr":
            self._struck = False
        elif tag == "strike":
            self._struck = attributes.get("val", "1") in {"1", "true"}
        elif tag == "t":
            self._reads = not self._phonetic

    def end(self, tag: str) -> None:
        if tag == "rPh":
            self._phonetic = False
        elif tag == "r":
            self._struck = None
        elif tag == "t":
            self._reads = False

    def text(self, text: str) -> None:
        if self._reads and text.strip():
            self.said.add(self._struck)


@dataclass
class _Texts(Part):
    """Finds crossed-out parts in the texts that several cells share (`sharedStrings.xml`).

    A run is a part of a text with one format. `texts` maps the index of a shared text to a set. The
    set contains True if a run of the text is crossed out, False if a run is not crossed out, and
    None if a run has the format of its cell. Texts in which every run has the format of its cell
    are not in `texts`.
    """

    texts: dict[int, set[Struck]] = field(default_factory=dict)
    _count: int = 0
    _runs: _Runs = field(default_factory=_Runs)

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "si":
            self._runs = _Runs()
        self._runs.start(tag, attributes)

    def end(self, tag: str) -> None:
        self._runs.end(tag)
        if tag == "si":
            if self._runs.said - {None}:
                self.texts[self._count] = self._runs.said
            self._count += 1

    def text(self, text: str) -> None:
        self._runs.text(text)


@dataclass
class _Cell:
    place: Place
    is_struck: bool
    kind: str
    value: str = ""
    has_formula: bool = False
    runs: _Runs = field(default_factory=_Runs)


@dataclass
class _Sheet(Part):
    """Reads the appearance of one sheet in one pass.

    `formats` are the cell formats that put a line through the text. `texts` maps the index of a
    text that several cells share to a set. The set contains True if a part of the text is crossed
    out, False if a part is not crossed out, and None if a part has the format of its cell.
    """

    formats: set[int]
    texts: Mapping[int, set[Struck]]
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: set[Place] = field(default_factory=set)
    partly_struck: set[Place] = field(default_factory=set)
    failed: dict[Place, str] = field(default_factory=dict)
    _row: int = -1
    _column: int = -1
    _cell: _Cell | None = None
    _in_value: bool = False

    def start(self, tag: str, attributes: Attributes) -> None:
        known: dict[str, Callable[[Attributes], None]] = {
            "col": self._a_column,
            "row": self._a_row,
            "c": self._a_cell,
        }
        if tag in known:
            known[tag](attributes)
        elif self._cell is not None:
            self._in_value = self._in_value or tag == "v"
            self._cell.has_formula = self._cell.has_formula or tag == "f"
            self._cell.runs.start(tag, attributes)

    def end(self, tag: str) -> None:
        if tag == "c" and self._cell is not None:
            self._judge(self._cell)
            self._cell = None
        elif self._cell is not None:
            self._in_value = self._in_value and tag != "v"
            self._cell.runs.end(tag)

    def text(self, text: str) -> None:
        if self._cell is not None and self._in_value:
            self._cell.value += text
        elif self._cell is not None:
            self._cell.runs.text(text)

    def _a_column(self, attributes: Attributes) -> None:
        if _is_true(attributes, "hidden") or _is_nought(attributes, "width"):
            self.hidden_columns.update(
                range(int(attributes["min"]) - 1, min(int(attributes["max"]), _WIDEST))
            )

    def _a_row(self, attributes: Attributes) -> None:
        self._row, self._column = int(attributes.get("r", self._row + 2)) - 1, -1
        if _is_true(attributes, "hidden") or _is_nought(attributes, "ht"):
            self.hidden_rows.add(self._row)

    def _a_cell(self, attributes: Attributes) -> None:
        self._column = (
            column_number(attributes["r"].rstrip("0123456789").encode()) - 1
            if "r" in attributes
            else self._column + 1
        )
        self._cell = _Cell(
            (self._row, self._column),
            int(attributes.get("s", 0)) in self.formats,
            attributes.get("t", "n"),
        )

    def _judge(self, cell: _Cell) -> None:
        value = cell.value.strip()
        if cell.kind == "e":
            self.failed[cell.place] = value
        elif cell.has_formula and not value and cell.kind != "str":
            # "str": it was computed, and says nothing.
            self.failed[cell.place] = ""
        said = (
            self.texts.get(int(value), {None})
            if cell.kind == "s" and value
            else cell.runs.said or {None}
        )
        struck = {cell.is_struck if each is None else each for each in said}
        if struck == {True} and (value or cell.runs.said):
            self.struck.add(cell.place)
        elif len(struck) == 2:
            self.partly_struck.add(cell.place)
