"""Reads Excel and CSV sheets as rows of text.

Cells keep their address for messages such as `B14: …`. `writing.py` writes sheets.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from psm_course.box.box import NotRead
from psm_course.errors import Refused
from psm_course.interchange.sheets.appearance import PLAIN, Appearance
from psm_course.interchange.sheets.delimited import SUFFIXES
from psm_course.interchange.sheets.from_the_box import boxed_sheets
from psm_course.interchange.sheets.unreadable_file import OLE, ZIP, is_text, not_a_sheet

LARGEST = 20 * 1024 * 1024
Row = list[str]


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A problem of a cell. `message` is an Indonesian sentence that also says what to do."""

    cell: str
    message: str

    def __str__(self) -> str:
        return f"{self.cell}: {self.message}"


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A file as it was sent, from a folder or an upload.

    `name` is the file name, for messages; its suffix tells a text file (.csv, .txt) from a
    workbook.
    """

    name: str
    content: bytes

    @classmethod
    def at(cls, path: Path) -> SheetFile:
        """Read a file from disk.

        Raises:
            Refused: the file does not exist, is a folder, or is too large.
        """
        if not path.is_file():
            raise Refused(
                f"{path}: itu folder, bukan berkas."
                if path.is_dir()
                else f"{path}: berkas ini tidak ada."
            )
        if path.stat().st_size > LARGEST:
            raise _too_many_bytes(path.name)
        return cls(path.name, path.read_bytes())


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file. A text file has exactly one sheet, whose name is empty."""

    name: str
    rows: list[Row]
    is_hidden: bool = False
    appearance: Appearance = PLAIN


def read_sheets(source: Path | SheetFile) -> list[Sheet]:
    """Return the sheets of a file as rows of text; a .csv or .txt has exactly one sheet.

    The file is read in the box, a child process with limits. Its first bytes tell a workbook from a
    text file, because the suffix may be wrong: offices rename files.

    Raises:
        Refused: the file cannot be read.
    """
    file = source if isinstance(source, SheetFile) else SheetFile.at(source)
    if len(file.content) > LARGEST:
        raise _too_many_bytes(file.name)
    is_delimited = Path(file.name).suffix.lower() in SUFFIXES and is_text(file.content)
    if not is_delimited and not file.content.startswith((OLE, ZIP)):
        raise not_a_sheet(file.name, file.content)
    try:
        read = boxed_sheets(file.content, "delimited" if is_delimited else "workbook")
    except NotRead as unread:
        raise _not_read(file, unread) from None
    if is_delimited:
        return [Sheet("", sheet.rows) for sheet in read]
    return [
        Sheet(each.name, _to_the_last(each.rows, each.appearance), each.is_hidden, each.appearance)
        for each in read
    ]


def _not_read(file: SheetFile, unread: NotRead) -> Refused:
    if unread.why == "said":
        return Refused(f"{file.name}: {unread}")
    if unread.asks_too_much:
        return Refused(
            f"{file.name}: berkas ini {unread}. Salin tabelnya saja ke berkas baru, lalu ulangi."
        )
    return not_a_sheet(file.name, file.content)


def _too_many_bytes(name: str) -> Refused:
    return Refused(f"{name}: berkas lebih besar dari 20 MB. Simpan hanya lembar yang diperlukan.")


def _to_the_last(rows: list[Row], appearance: Appearance) -> list[Row]:
    """Return the rows, with empty rows added down to the last failed formula.

    calamine leaves out rows at the end that have only formulas without a result.
    """
    last = max((row for row, _ in appearance.failed), default=-1)
    return [*rows, *([] for _ in range(last + 1 - len(rows)))]
