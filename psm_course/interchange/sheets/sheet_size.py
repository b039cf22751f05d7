"""Measures the grid of a workbook's sheets before the workbook is opened.

calamine reserves memory for the whole grid at once. One value in the far corner of a sheet
(XFD1048576) would need 500 GB and end the process without an exception. Therefore the addresses of
the cells are read first. In an .xls this is not possible.
"""

import re
from io import BytesIO

MOST_CELLS = 4_000_000  # of the grid, nearly all of them empty
MOST_WRITTEN = 300_000  # of them that say something, in one sheet
MOST_MEMBERS = 10_000
MOST_BYTES = 200 * 1024 * 1024
TOO_WIDE = (
    "lembarnya terlalu luas; ada isi yang jauh di luar tabel. Salin tabelnya saja ke berkas baru,"
    " lalu ulangi."
)
_ADDRESS = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,3})(\d{1,9})""")
_ODS_TAG = re.compile(rb"<(?:\w+:)?(table|table-row|table-cell|covered-table-cell)[\s/>][^>]*")
_ODS_ROWS = re.compile(rb"""number-rows-repeated\s*=\s*["'](\d{1,9})""")
_ODS_COLUMNS = re.compile(rb"""number-columns-repeated\s*=\s*["'](\d{1,9})""")
_ODS_VALUE = re.compile(rb"value-type|formula")


def is_too_large(raw: bytes) -> bool:
    """True if a zipped workbook (.xlsx, .ods) unpacks into too many files, bytes or cells.

    Raises:
        zipfile.BadZipFile: the bytes are no whole ZIP; `zipfile` may raise other errors too.
    """
    import zipfile  # noqa: PLC0415 - a text file needs only the sizes

    with zipfile.ZipFile(BytesIO(raw)) as archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_BYTES:
            return True
        measure = _ods_cells if "content.xml" in archive.namelist() else _xlsx_cells
        return any(measure(archive.read(member)) > MOST_CELLS for member in members)


def _xlsx_cells(sheet: bytes) -> int:
    rows = columns = 0
    for letters, number in (found.groups() for found in _ADDRESS.finditer(sheet)):
        rows, columns = max(rows, int(number)), max(columns, column_number(letters))
    return rows * columns


def column_number(letters: bytes) -> int:
    """Return the number of a column from its letters: 1 for `A`, 27 for `aa`, 0 without letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _ods_cells(content: bytes) -> int:
    """Return the number of cells of the largest table in an .ods.

    The cells of a table are counted as its last row with a value times its last column.
    """
    largest = rows = columns = row = column = repeated = 0
    for tag in _ODS_TAG.finditer(content):
        kind, text = tag.group(1), tag.group(0)
        if kind == b"table":
            largest, rows, columns, row, repeated = max(largest, rows * columns), 0, 0, 0, 0
        elif kind == b"table-row":
            row, column, repeated = row + repeated, 0, _times(_ODS_ROWS, text)
        else:
            column += _times(_ODS_COLUMNS, text)
            if _ODS_VALUE.search(text):
                rows, columns = max(rows, row + repeated), max(columns, column)
    return max(largest, rows * columns)


def _times(attribute: re.Pattern[bytes], tag: bytes) -> int:
    found = attribute.search(tag)
    return int(found.group(1)) if found else 1
