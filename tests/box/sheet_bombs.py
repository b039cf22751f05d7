"""Workbooks and text files made to break whoever reads them. Each function gives the bytes of one;
none is larger than an upload may be.
"""

from __future__ import annotations

import io
import struct
import zipfile

import xlsxwriter

from tests.interchange.sheets.old_excel import SECTOR, an_xls
from tests.interchange.sheets.open_document import a_row, an_ods

MB = 1024 * 1024
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATED = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)
_ONE_WORD = '<c r="A1" t="inlineStr"><is><t>a</t></is></c>'


def an_xlsx(
    rows: str = "",
    shared: str = "",
    styles: str = "",
    rest: str = "",
    before: str = "",
    sheets: int = 1,
    **more: str,
) -> bytes:
    """One sheet with these rows, as XML. `before`: the root element of the sheet; `rest`:
    the rows; `more`: other members.
    """
    listed = "".join(f'<sheet name="L{n}" sheetId="{n + 1}" r:id="rId1"/>' for n in range(sheets))
    made = {
        "xl/workbook.xml": f"<workbook {_MAIN} {_RELATED}><sheets>{listed}</sheets></workbook>",
        "xl/worksheets/sheet1.xml": (
            f"{before}<worksheet {_MAIN}><sheetData>{rows}</sheetData>{rest}</worksheet>"
        ),
        **({"xl/sharedStrings.xml": shared} if shared else {}),
        **({"xl/styles.xml": styles} if styles else {}),
    }
    return zipped(_empty_workbook() | made | more)


def _empty_workbook() -> dict[str, str]:
    """Its parts, as a library of today writes them."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as workbook:
        workbook.add_worksheet()
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def zipped(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def _shared(*texts: str) -> str:
    return f"<sst {_MAIN}>{''.join(f'<si><t>{text}</t></si>' for text in texts)}</sst>"


def _cells(row: int, *columns: str, text: str = "<v>0</v>", kind: str = "s") -> str:
    cells = "".join(f'<c r="{column}{row}" t="{kind}">{text}</c>' for column in columns)
    return f'<row r="{row}">{cells}</row>'


# ---- .xlsx ---------------------------------------------------------------------------------------


def one_text_in_many_cells() -> bytes:
    """The seen one: 12 kB that took 3.9 GB, as every cell has its own text of 32,767 letters."""
    return an_xlsx("".join(_cells(row, "A") for row in range(1, 120_001)), _shared("a" * 32_767))


def a_far_cell() -> bytes:
    return an_xlsx('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def a_cell_of_150_mb() -> bytes:
    return an_xlsx(
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"a" * (150 * MB)}</t></is></c></row>'
    )


def spaces_without_end() -> bytes:
    return an_xlsx(f'<row r="1">{_ONE_WORD}</row>', rest=" " * (190 * MB))


def more_than_is_unpacked() -> bytes:
    return an_xlsx(**{"xl/x.xml": " " * (201 * MB)})


def a_size_that_lies() -> bytes:
    """It says one kilobyte of itself, and unpacks to 60 MB."""
    honest = bytearray(an_xlsx(f'<row r="1">{_ONE_WORD}</row>', rest=" " * (60 * MB)))
    size = struct.pack("<I", honest_size(bytes(honest)))
    while (at := honest.find(size)) >= 0:
        honest[at : at + 4] = struct.pack("<I", 1_000)
    return bytes(honest)


def honest_size(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.getinfo("xl/worksheets/sheet1.xml").file_size


def laughs_in_a_sheet() -> bytes:
    return an_xlsx(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&a9;</t></is></c></row>', before=_LAUGHS
    )


def laughs_in_shared_texts() -> bytes:
    return an_xlsx(_cells(1, "A"), _LAUGHS + _shared("&a9;"))


def one_entity_many_times() -> bytes:
    entity = f"<!DOCTYPE x [<!ENTITY a '{'a' * 100_000}'>]>"
    return an_xlsx(_cells(1, "A"), entity + _shared("&a;" * 20_000))


def ten_thousand_sheets() -> bytes:
    return an_xlsx(
        "".join(_cells(row, *"ABCDE", text="<v>1</v>", kind="n") for row in range(1, 1_000)),
        sheets=10_000,
    )


def merged_without_end() -> bytes:
    merged = '<mergeCell ref="A1:XFD1048576"/>' * 200_000
    return an_xlsx(
        "".join(_cells(row, "A", text="<v>1</v>", kind="n") for row in range(1, 60_001)),
        rest=f"<mergeCells>{merged}</mergeCells>",
    )


def elements_within_elements() -> bytes:
    return an_xlsx(f'<row r="1">{_ONE_WORD}</row>', rest="<x>" * 300_000 + "</x>" * 300_000)


def an_attribute_of_60_mb() -> bytes:
    return an_xlsx(f'<row r="1" hidden="{"1" * (60 * MB)}">{_ONE_WORD}</row>')


def two_million_rows_hidden() -> bytes:
    return an_xlsx('<row hidden="1"/>' * 2_000_000 + f'<row r="1">{_ONE_WORD}</row>')


def two_million_formats() -> bytes:
    struck = f"<fonts><font><strike/></font></fonts><cellXfs>{'<xf/>' * 5_000_000}</cellXfs>"
    return an_xlsx(
        f'<row r="1">{_ONE_WORD}</row>', styles=f"<styleSheet {_MAIN}>{struck}</styleSheet>"
    )


def eleven_thousand_members() -> bytes:
    return an_xlsx(f'<row r="1">{_ONE_WORD}</row>', **{f"xl/x{n}.xml": "" for n in range(11_000)})


def failed_formulas_without_end() -> bytes:
    return an_xlsx(
        "".join(
            _cells(row, *"ABCDEFGHIJ", text="<f>1/0</f><v>#DIV/0!</v>", kind="e")
            for row in range(1, 90_001)
        )
    )


def many_short_words() -> bytes:
    return an_xlsx("".join(_cells(row, *"ABCDEFGHIJ") for row in range(1, 31_001)), _shared("ab"))


def long_words_in_many_cells() -> bytes:
    """Within all bounds of cells, and yet 15 MB of text."""
    return an_xlsx(
        "".join(_cells(row, *"ABC") for row in range(1, 5_001)), _shared("panjang " * 125)
    )


# ---- .ods ----------------------------------------------------------------------------------------

_VALUE = 'office:value-type="string"'


def a_cell_repeated_without_end() -> bytes:
    """The seen one: 1 kB that asked for more than any machine has, and ended its reader."""
    cell = (
        f"<table:table-cell {_VALUE}"
        ' table:number-columns-repeated="2147483647"><text:p>a</text:p></table:table-cell>'
    )
    return an_ods(
        f'<table:table-row table:number-rows-repeated="2147483647">{cell}</table:table-row>'
    )


def a_number_of_ten_digits() -> bytes:
    """More digits than the pattern of the size takes for a number."""
    cell = (
        f"<table:table-cell {_VALUE}"
        ' table:number-columns-repeated="99999999999"><text:p>a</text:p></table:table-cell>'
    )
    return an_ods(f"<table:table-row>{cell}</table:table-row>")


def a_long_cell_repeated() -> bytes:
    cell = (
        f"<table:table-cell {_VALUE}"
        f' table:number-columns-repeated="1000"><text:p>{"a" * 30_000}</text:p></table:table-cell>'
    )
    return an_ods(f'<table:table-row table:number-rows-repeated="1000">{cell}</table:table-row>')


def spaces_by_their_number() -> bytes:
    return an_ods(
        f"<table:table-row><table:table-cell {_VALUE}><text:p>a<text:s"
        ' text:c="4000000000"/></text:p></table:table-cell></table:table-row>'
    )


def empty_cells_without_end() -> bytes:
    empty = '<table:table-cell table:number-columns-repeated="2147483647"/>'
    return an_ods(
        a_row("a"),
        *[
            f'<table:table-row table:number-rows-repeated="2147483647">{empty}</table:table-row>'
            * 20_000
        ],
    )


def columns_hidden_without_end() -> bytes:
    column = (
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="20000"/>'
    )
    return an_ods(column * 20_000, a_row("a"))


def styles_of_styles() -> bytes:
    styles = "".join(
        f'<style:style style:name="s{n}" style:parent-style-name="s{n + 1}"/>'
        for n in range(60_000)
    )
    return an_ods(a_row("a"), styles=styles)


def laughs_in_a_document() -> bytes:
    honest = io.BytesIO(an_ods(a_row("&a9;")))
    with zipfile.ZipFile(honest) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    return zipped(parts | {"content.xml": _LAUGHS + parts["content.xml"]})


def a_document_of_190_mb() -> bytes:
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": "<a>" + " " * (190 * MB) + "</a>",
        }
    )


# ---- .xls ----------------------------------------------------------------------------------------


def an_old_far_cell() -> bytes:
    return an_xls(("Nama",), far=True)


def a_circle_of_sectors() -> bytes:
    """The chain of the one stream never ends."""
    made = bytearray(an_xls(("Nama",)))
    struct.pack_into("<I", made, SECTOR + 4 * 5, 2)
    return bytes(made)


def a_stream_of_four_gigabytes() -> bytes:
    made = bytearray(an_xls(("Nama",)))
    at = made.index("Workbook".encode("utf-16-le")) + 120
    struct.pack_into("<Q", made, at, 0xFFFF_FFF0)
    struct.pack_into("<I", made, SECTOR + 4 * 5, 2)
    return bytes(made)


def a_circle_of_tables() -> bytes:
    """The list of further allocation tables begins at itself."""
    made = bytearray(an_xls(("Nama",)))
    struct.pack_into("<II", made, 68, 2, 0x7FFF_FFFF)
    return bytes(made)


def a_sector_of_two_to_the_sixtieth() -> bytes:
    made = bytearray(an_xls(("Nama",)))
    struct.pack_into("<H", made, 30, 60)
    return bytes(made)


# ---- text ----------------------------------------------------------------------------------------


def one_line_without_end() -> bytes:
    return b"a" * (19 * MB)


def a_quote_never_closed() -> bytes:
    return b'Nama;Kelurahan\n"' + b"a;\n" * (6 * MB)


def four_million_separators() -> bytes:
    return b";" * 4_100_000


def nothing_but_lines() -> bytes:
    return b"\n" * 3_900_000


def faces_without_end() -> bytes:
    """Four bytes a letter make four bytes a letter of all the others too."""
    return ("😀" + "a;" * (9 * MB)).encode()


def a_text_of_another_width() -> bytes:
    return ("a\t" * 4_900_000).encode("utf-16")


def short_words_without_end() -> bytes:
    return b"ab;cd\n" * 160_000
