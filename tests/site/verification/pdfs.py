"""PDFs that the table of forgeries does not hold: as our printer makes them, signed and changed
afterwards, and written in other ways.
"""

from __future__ import annotations

import io
import zlib
from functools import cache

import pypdf

from psm_course.printing.certificate import CertificatePrinter
from tests.credentials.signed import a_badge, a_record, an_address, as_bytes

BADGE = as_bytes(a_badge())


@cache
def printed() -> bytes:
    """As it is given out."""
    return CertificatePrinter().render(a_record(), an_address(), BADGE)


def added_to(pdf: bytes, *, kept: bool = True) -> bytes:
    """With an update at its end, as a signing program writes it; `kept`: whether the credential
    stays in the list of attached files.
    """
    writer = pypdf.PdfWriter(io.BytesIO(pdf), incremental=True)
    writer.add_blank_page(842, 595)
    if not kept:
        del writer.root_object["/Names"]
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def in_streams(badge: bytes, *, flat: bool = True) -> bytes:
    """Objects in a packed stream, found by a packed table: how many programs write today."""
    held = [
        (1, b"<</Type/Catalog/Names<</EmbeddedFiles<</Names[(credential.json)2 0 R]>>>>>>"),
        (2, b"<</Type/Filespec/F(credential.json)/EF<</F 3 0 R>>>>"),
    ]
    offsets, bodies, at = b"", b"", 0
    for number, body in held:
        offsets += f"{number} {at} ".encode()
        bodies += body + b" "
        at = len(bodies)
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, dictionary, data in (
        (3, b"/Type/EmbeddedFile", badge),
        (4, b"/Type/ObjStm/N 2/First %d" % len(offsets), offsets + bodies),
    ):
        places[number] = len(out)
        packed = zlib.compress(data)
        out += b"%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
            number,
            dictionary,
            len(packed),
            packed,
        )
    start = len(out)
    rows = [(0, 0, 0), (2, 4, 0), (2, 4, 1), (1, places[3], 0), (1, places[4], 0), (1, start, 0)]
    table = b"".join(
        bytes([kind]) + one.to_bytes(4, "big") + bytes([two]) for kind, one, two in rows
    )
    if not flat:  # each row as its difference to the one above, as is usual
        lines = [table[at : at + 6] for at in range(0, len(table), 6)]
        above = [bytes(6), *lines[:-1]]
        table = b"".join(
            b"\2" + bytes((a - b) % 256 for a, b in zip(line, up, strict=True))
            for line, up in zip(lines, above, strict=True)
        )
    parms = b"" if flat else b"/DecodeParms<</Predictor 12/Columns 6>>"
    packed = zlib.compress(table)
    out += (
        b"5 0 obj\n<</Type/XRef/Size 6/W[1 4 1]/Root 1 0 R/Filter/FlateDecode%s/Length"
        b" %d>>\nstream\n%s\nendstream\nendobj\n"
        % (
            parms,
            len(packed),
            packed,
        )
    )
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


OTHER_PDFS = {
    "printed": printed(),
    "printed-and-added-to": added_to(printed()),
    "printed-and-credential-taken-out": added_to(printed(), kept=False),
    "printed-without-credential": CertificatePrinter().render(a_record(), an_address()),
    "printed-and-cut": printed()[:-400],
    "packed-objects": in_streams(BADGE),
    "packed-objects-with-differences": in_streams(BADGE, flat=False),
    "packed-credential-changed": in_streams(BADGE.replace(b"86.67", b"96.67")),
    "packed-credential-huge": in_streams(b" " * 5_000_000),
    "blanks-before": b"\n\n" + in_streams(BADGE),
}
