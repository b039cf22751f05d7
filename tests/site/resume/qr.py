"""A QR code as a decoder that is not ours reads it."""

from __future__ import annotations

import re

import zxingcpp


def rows_of(view_box: str, path: str) -> list[list[bool]]:
    """The dark and light squares of a drawn code, without the quiet zone around."""
    side = int(view_box.rpartition(" ")[2]) - 8
    dark = {(int(x) - 4, int(y) - 4) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path)}
    return [[(x, y) in dark for x in range(side)] for y in range(side)]


def seen_by_another(rows: list[list[bool]]) -> str:
    """The text of the drawn squares: eight dots a square, with the quiet zone around."""
    dots, quiet = 8, 4
    side = (len(rows) + 2 * quiet) * dots
    picture = bytearray(b"\xff" * side * side)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                for line in range(dots):
                    start = ((y + quiet) * dots + line) * side + (x + quiet) * dots
                    picture[start : start + dots] = b"\x00" * dots
    found = zxingcpp.read_barcodes(
        memoryview(bytes(picture)).cast("B", (side, side)), formats=zxingcpp.BarcodeFormat.QRCode
    )
    return found[0].text if found else ""
