"""QR codes as drawings: sharp at every size, and small in the file."""

import re
from urllib.parse import urlsplit

import segno

_RUN = re.compile(b"\x01+")


def qr_svg(text: str) -> str:
    """An SVG of the modules alone; the template leaves the quiet zone. Level M or better: a fold or a stain does not end it.

    The mask is fixed: choosing the best of eight takes four times as long, and the text is as good as random.
    ValueError beyond 2,331 bytes.
    """
    rows = segno.make(text, error="m", mask=3, micro=False).matrix
    runs = (f"M{run.start()} {y}.5H{run.end()}" for y, row in enumerate(rows) for run in _RUN.finditer(row))
    side = len(rows)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path stroke="#000" d="{"".join(runs)}"/></svg>'


def short_address(link: str) -> str:
    """What a person can type of a link: no scheme, nothing from the fragment or the query on."""
    parts = urlsplit(link)
    return f"{parts.netloc}{parts.path}".rstrip("/")
