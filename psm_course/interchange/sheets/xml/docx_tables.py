"""Reads the tables of a .docx as rows of text."""

import zipfile
from dataclasses import dataclass, field
from io import BytesIO

from psm_course.interchange.sheets.xml.parts import Attributes, Part, read_part

_PART = "word/document.xml"


def docx_tables(content: bytes) -> list[list[list[str]]]:
    """Return every table as a list of rows, and each row as a list of cell texts.

    The text of a cell has a line for each paragraph. Tables are in the order in which they end in
    the file: a table inside another table comes before the outer table. For a broken file an error
    of `zipfile` or one of the exceptions in `parts.BROKEN` is raised.
    """
    reader = _Reader()
    with zipfile.ZipFile(BytesIO(content)) as archive:
        read_part(archive, _PART, reader)
    return reader.tables


@dataclass
class _Reader(Part):
    tables: list[list[list[str]]] = field(default_factory=list)
    _open: list[list[list[str]]] = field(default_factory=list)
    _in_text: bool = False

    # Every part has the same three functions.
    def start(self, tag: str, attributes: Attributes) -> None:  # noqa: ARG002
        if tag == "tbl":
            self._open.append([])
        elif not self._open:
            return
        elif tag == "tr":
            self._open[-1].append([])
        elif tag == "tc" and self._open[-1]:
            self._open[-1][-1].append("")
        elif tag in ("p", "br") and self._cell():
            self._add("\n")
        elif tag == "t":
            self._in_text = True

    def end(self, tag: str) -> None:
        if tag == "t":
            self._in_text = False
        elif tag == "tbl" and self._open:
            self.tables.append([[cell.strip() for cell in row] for row in self._open.pop()])

    def text(self, text: str) -> None:
        if self._in_text:
            self._add(text)

    def _cell(self) -> str:
        row = self._open[-1][-1] if self._open and self._open[-1] else []
        return row[-1] if row else ""

    def _add(self, text: str) -> None:
        if self._open and self._open[-1] and self._open[-1][-1]:
            self._open[-1][-1][-1] += text
