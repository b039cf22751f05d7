"""Small files that unfold into much, as somebody may bring them to the desk."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
_PART = '<Override PartName="/xl/{}.xml" ContentType="' + _KIND + '"/>'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default'
    ' Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    + _PART.format("workbook", "sheet.main")
    + _PART.format("worksheets/sheet1", "worksheet")
    + _PART.format("sharedStrings", "sharedStrings")
    + "</Types>"
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEETS = '<sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets>'
_LINKS = (
    "<Relationships"
    ' xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_LINK = '<Relationship Id="r{}" Type="' + _OFFICE + '/{}" Target="{}"/>'


def one_text_in_many_cells(letters: int = 1_000_000, cells: int = 4000) -> bytes:
    """An .xlsx of some 12 kB: each of its cells shows the same long text, 4 GB when copied."""
    row = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, cells + 1))
    return _zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _LINKS.format(_LINK.format(1, "officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": (
                f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{_SHEETS}</workbook>'
            ),
            "xl/_rels/workbook.xml.rels": _LINKS.format(
                _LINK.format(1, "worksheet", "worksheets/sheet1.xml")
                + _LINK.format(2, "sharedStrings", "sharedStrings.xml")
            ),
            "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}"><si><t>{"x" * letters}</t></si></sst>',
            "xl/worksheets/sheet1.xml": (
                f'<worksheet xmlns="{_MAIN}"><sheetData>{row}</sheetData></worksheet>'
            ),
        }
    )


def cells_without_end(cells: int = 2_000_000_000) -> bytes:
    """An .ods of 1 kB that says of one cell that it stands there so often."""
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    )
    cell = (
        '<table:table-cell office:value-type="float" office:value="1"'
        f' table:number-columns-repeated="{cells}"/>'
    )
    table = f'<table:table table:name="A"><table:table-row>{cell}</table:table-row></table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    return _zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": (
                "<manifest:manifest"
                ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
            ),
            "content.xml": f"<office:document-content {spaces}>{body}</office:document-content>",
        }
    )


def zeros(size: int = 200_000_000) -> bytes:
    """A .zip of 200 kB with one member of nothing but zeros, called an .xlsx."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/workbook.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(size // 1_000_000):
            member.write(bytes(1_000_000))
    return packed.getvalue()


def a_line_without_end(letters: int = 15_000_000) -> bytes:
    """A .csv of one cell."""
    return b"Nama;Kelurahan\n" + b"x" * letters


def _zipped(members: Mapping[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return packed.getvalue()


def bombs() -> dict[str, bytes]:
    """By the name under which each is brought."""
    return {
        "teks.xlsx": one_text_in_many_cells(),
        "sel.ods": cells_without_end(),
        "nol.xlsx": zeros(),
        "baris.csv": a_line_without_end(),
    }
