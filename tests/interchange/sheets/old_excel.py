"""The least that is an .xls: one sheet of BIFF8 records in an OLE file of one stream, for no
library we have writes it any more.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def an_xls(*rows: Sequence[str | float], far: bool = False) -> bytes:
    """An Excel 97 workbook with one sheet "Peserta"; [MS-XLS] 2.4, [MS-CFB] 2. `far`:
    with a cell where no Excel has one.
    """
    globals_ = _bof(0x0005) + _record(0x0042, struct.pack("<H", 1200))
    name = _text("Peserta", "<B")
    start = len(globals_) + 4 + 6 + len(name) + 4
    globals_ += _record(0x0085, struct.pack("<IBB", start, 0, 0) + name) + _record(0x000A)
    cells = b"".join(
        _cell(row, column, value)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
    )
    cells += _cell(65_535, 65_535, "jauh") if far else b""
    return _ole(globals_ + _bof(0x0010) + cells + _record(0x000A))


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _bof(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _text(value: str, length: str) -> bytes:
    return struct.pack(length, len(value)) + b"\x01" + value.encode("utf-16-le")


def _cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    return (
        _record(0x0204, place + _text(value, "<H"))
        if isinstance(value, str)
        else _record(0x0203, place + struct.pack("<d", value))
    )


def _ole(stream: bytes) -> bytes:
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\x00")
    sectors = len(stream) // SECTOR
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    )
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack(
        "<109I", 0, *[_FREE] * 108
    )
    chain = [_FAT, _END, *[sector + 1 for sector in range(2, sectors + 1)], _END]
    fat = struct.pack(f"<{SECTOR // 4}I", *chain, *[_FREE] * (SECTOR // 4 - len(chain)))
    directory = _entry("Root Entry", 5, child=1, start=_END, size=0) + _entry(
        "Workbook", 2, child=_FREE, start=2, size=len(stream)
    )
    return header + fat + directory.ljust(SECTOR, b"\x00") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    head = encoded.ljust(64, b"\x00") + struct.pack(
        "<HBBIII", len(encoded), kind, 1, _FREE, _FREE, child
    )
    return head + bytes(36) + struct.pack("<IQ", start, size)
