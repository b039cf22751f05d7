"""QR codes as SVG drawings: sharp at every size, small in the file."""

import re
from urllib.parse import urlsplit

import segno

_RUN = re.compile(b"\x01+")


def qr_svg(text: str) -> str:
    """Return a QR code as SVG, without its white border: the template leaves room around it.

    The code's error correction is level M or better, so a code with a small stain can be read.

    A QR code has one of eight masks (patterns laid over its data). We always use the same mask. To
    try all eight takes four times as long, and no mask is better for texts like ours, which look
    random.

    Raises:
        ValueError: the text is longer than 2,331 bytes.
    """
    rows = segno.make(text, error="m", mask=3, micro=False).matrix
    runs = (
        f"M{run.start()} {y}.5H{run.end()}"
        for y, row in enumerate(rows)
        for run in _RUN.finditer(row)
    )
    side = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path stroke="#000"'
        f' d="{"".join(runs)}"/></svg>'
    )


def short_address(link: str) -> str:
    """Return the part of a link that a person can type: no scheme, query or fragment."""
    parts = urlsplit(link)
    return f"{parts.netloc}{parts.path}".rstrip("/")
