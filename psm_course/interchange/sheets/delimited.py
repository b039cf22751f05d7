"""Reads CSV and "Unicode text" with every separator and every encoding in which Excel saves."""

import codecs
import csv
import io

from psm_course.errors import Refused
from psm_course.interchange.sheets.sheet_size import MOST_CELLS, TOO_WIDE

SUFFIXES = {".csv", ".tsv", ".txt"}
_SEPARATORS = ";\t,"


def delimited_rows(raw: bytes) -> list[list[str]]:
    """Read the rows of a CSV or a similar text file.

    Raises:
        Refused: a quoted cell never ends, or the file has more than `MOST_CELLS` cells.
    """
    # "CSV (Macintosh)" ends its lines with \r, at which `csv.reader` stops.
    text = _decoded(raw).replace("\r\n", "\n").replace("\r", "\n")
    separator = _separator(text)
    if text[:4].casefold() == "sep=" and text[4:5] in _SEPARATORS:
        # Excel's own hint; Excel does not show that line, so it has no address.
        separator, text = text[4], text[6:]
    if text.count(separator) + text.count("\n") > MOST_CELLS:
        raise Refused(TOO_WIDE)
    try:
        return [list(row) for row in csv.reader(io.StringIO(text), delimiter=separator)]
    except csv.Error:
        raise Refused("bukan CSV yang utuh. Simpan ulang sebagai .xlsx, lalu ulangi.") from None


def _decoded(raw: bytes) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("windows-1252", errors="replace")


def _separator(text: str) -> str:
    """Return the character that separates cells: the one that is found on most lines.

    Cells may contain other separators; a name, for example, may contain a comma.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    return max(_SEPARATORS, key=lambda separator: sum(separator in line for line in lines))
