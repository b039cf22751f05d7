"""The least that is an .ods: one table in a zip, for no library we have writes it."""

from __future__ import annotations

import io
import zipfile


def a_row(*values: str) -> str:
    """A row of text cells; what is empty is left empty, as LibreOffice does."""
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    cells = "".join(text.format(value) if value else "<table:table-cell/>" for value in values)
    return f"<table:table-row>{cells}</table:table-row>"


def an_ods(*rows: str, styles: str = "") -> bytes:
    """A file of one table with these rows, as XML, and these styles."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    table = f'<table:table table:name="Peserta">{"".join(rows)}</table:table>'
    head = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    body = f"{head}<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}>{body}</office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return stream.getvalue()
