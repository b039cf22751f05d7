"""QR codes as drawings: sharp at every size, and small in the file."""

from __future__ import annotations

from urllib.parse import urlsplit

import segno


def qr_svg(text: str) -> str:
    """An SVG of the modules alone; the template leaves the quiet zone. Level M or better: a fold or a stain does not end it.

    The mask is fixed: choosing the best of eight costs 12 of 15 ms and gains nothing where the text is as good as random, as ours is.
    """
    return segno.make(text, error="m", mask=3, micro=False).svg_inline(border=0, omitsize=True)


def short_address(link: str) -> str:
    """What a person can type of a link: no scheme, nothing from the fragment or the query on."""
    parts = urlsplit(link)
    return f"{parts.netloc}{parts.path}".rstrip("/")
