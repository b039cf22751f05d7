"""Embeds the pictures of lessons in slides."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path

from psm_course.forms.slides.drawings import halves_of
from psm_course.forms.slides.pieces import Piece

_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}


def picture_piece(folder: Path, address: str, description: str) -> Piece:
    """Return a piece of a slide with a picture of a lesson; its HTML contains the picture's data.

    Args:
        folder: folder of the lesson.
        address: path of the picture, from that folder.
        description: text for people who cannot see the picture; shown instead if its file cannot be
            read.
    """
    path = folder / address
    try:
        content = path.read_bytes()
        kind = _TYPES[path.suffix.lower()]
    except (OSError, KeyError):
        return Piece(f'<p class="picture-missing">{escape(description)}</p>', rigid=True)
    if kind != _TYPES[".svg"]:
        return _piece(_img(kind, content, description))
    parts, width = halves_of(content.decode("utf-8"))
    sized = f' width="{width:.0f}"' if width else ""
    return _piece(
        *(
            _img(kind, part.encode(), "" if number else description, sized)
            for number, part in enumerate(parts)
        )
    )


def _piece(*images: str) -> Piece:
    return Piece(f'<div class="picture">{"".join(images)}</div>', rigid=True)


def _img(kind: str, content: bytes, description: str, sized: str = "") -> str:
    return (
        f'<img src="data:{kind};base64,{base64.b64encode(content).decode()}"'
        f' alt="{escape(description)}"{sized}>'
    )
