"""Writes the size of each picture into the page, so that text does not move when a picture loads.

A picture below the first screen is loaded only when a reader comes near it.
"""

import re
import struct
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.util import logging

from psm_course.site.pages.above import nodes_above

_LOG = logging.getLogger(__name__)
_VIEW_BOX = re.compile(
    rb"""<svg\b[^>]*\bviewBox=["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*["']"""
)
_PNG_START = b"\x89PNG\r\n\x1a\n"
_ENOUGH = 2048


class picture(nodes.image):  # noqa: N801 - docutils names nodes so, and looks for `visit_picture`
    """A docutils node for an image of the course whose width and height (`size`) are known."""


def connect(app: Any) -> None:
    """Connect this module's handlers to Sphinx; the extension's `setup` calls this."""
    app.add_node(picture, html=(_open, _close))
    # After Sphinx has found the files. It reads a page again when one of its images changes.
    app.connect("doctree-read", _measure, priority=600)


def size_of(path: Path) -> tuple[int, int] | None:
    """Return width and height of an SVG (from its viewBox) or a PNG; None for any other file."""
    with path.open("rb") as stream:
        start = stream.read(_ENOUGH)
    if start.startswith(_PNG_START) and len(start) >= 24:
        width, height = struct.unpack(">II", start[16:24])
        return width, height
    found = _VIEW_BOX.search(start)
    size = (round(float(found[1])), round(float(found[2]))) if found else (0, 0)
    return size if all(size) else None


def _measure(app: Any, doctree: nodes.document) -> None:
    for image in list(doctree.findall(nodes.image)):
        path = Path(app.srcdir) / image["uri"]
        if not path.is_file():
            continue  # an outside address; of a missing file Sphinx has already complained
        size = size_of(path)
        if size is None:
            _LOG.warning(
                'ukuran gambar "%s" tidak terbaca. Pakai SVG dengan viewBox, atau PNG.',
                image["uri"],
                location=image,
            )
            continue
        measured = picture(image.rawsource, **image.attributes, size=size)
        if _is_below_first_screen(image):
            measured["loading"] = "lazy"
        if isinstance(image.parent, nodes.paragraph) and len(image.parent) == 1:
            image.parent["classes"] += ["picture", "wide" if size[0] > size[1] else "tall"]
        image.replace_self(measured)


def _is_below_first_screen(image: nodes.image) -> bool:
    """True if an image is in a subsection.

    Everything before a page's first subsection is on the first screen.
    """
    section = next(
        (above for above in nodes_above(image) if isinstance(above, nodes.section)), None
    )
    return section is not None and isinstance(section.parent, nodes.section)


def _open(writer: Any, node: picture) -> None:
    writer.visit_image(node)  # Sphinx knows where it puts the file
    width, height = node["size"]
    writer.body[-1] = writer.body[-1].replace(
        "<img ", f'<img width="{width}" height="{height}" decoding="async" ', 1
    )


def _close(writer: Any, node: picture) -> None:
    writer.depart_image(node)
