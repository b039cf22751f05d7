"""Turns outputs of lesson cells into pieces of slides: the site's HTML, pictures, or plain text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import quote

from psm_course.content.help.contacts import Contact
from psm_course.content.review import without_marks
from psm_course.forms.fragment import without
from psm_course.forms.render import render_help
from psm_course.forms.slides.pieces import Piece, Run
from psm_course.forms.slides.tables import pieces_of_table
from psm_course.trainer.shown import SITE_TYPE

HELP = "Nomor bantuan"
_ONLY_IN_CLASS = 'class="only-in-class"'


def output_pieces(output: Mapping[str, Any], contacts: tuple[Contact, ...]) -> Iterator[Piece]:
    """Yield the pieces (parts of a slide that are never cut) for one output of a lesson's cell.

    A quiz gives no pieces, because it has its own slides. An exercise that works only in JupyterLab
    gives none either.

    Args:
        output: the output as the notebook file holds it.
        contacts: the help numbers, for an output that shows them.
    """
    data = output.get("data", {})
    if SITE_TYPE in data:
        yield from _ours(data[SITE_TYPE], _text(data.get("text/html", "")), contacts)
    # Vector pictures first: the wall is large, and Jupyter offers the same figure in several forms.
    elif "image/svg+xml" in data:
        yield _picture(f"image/svg+xml,{quote(_text(data['image/svg+xml']))}")
    elif "image/png" in data:
        yield _picture(f"image/png;base64,{_text(data['image/png']).strip()}")
    elif "text/html" in data:
        yield _drawn(_text(data["text/html"]))
    elif text := _text(data.get("text/plain", output.get("text", ""))).strip():
        yield Piece(
            f"<pre>{escape(text)}</pre>", tuple(Run(len(line)) for line in text.splitlines())
        )


def _ours(
    shown: Mapping[str, Any], in_class: str, contacts: tuple[Contact, ...]
) -> Iterator[Piece]:
    """Yield pieces of slides for output of the course's own functions (`kuis`, `tabel` and so on).

    Args:
        shown: the output as the site shows it: `show` is its kind, `html` the HTML.
        in_class: the HTML of the same output in JupyterLab. A figure is drawn from this HTML,
            because the JupyterLab HTML contains the figure's help numbers. The HTML for the site
            does not: the site shows the help numbers elsewhere.
        contacts: the help numbers, for an output that shows them.
    """
    match shown["show"]:
        case "quiz":
            return
        case "help":
            yield Piece(render_help(contacts), rigid=True, title=HELP)
        case "html" if _ONLY_IN_CLASS in shown["html"]:
            return
        case _:
            html = without_marks(shown["html"])
            yield from pieces_of_table(html) or [
                _drawn(without_marks(without(in_class, "style")) or html)
            ]


def _drawn(html: str) -> Piece:
    """Return a piece that shows this HTML on a slide of its own, as large as possible."""
    return Piece(f'<div class="drawn">{html}</div>', rigid=True)


def _picture(data: str) -> Piece:
    return Piece(f'<div class="picture"><img src="data:{data}" alt=""></div>', rigid=True)


def _text(value: object) -> str:
    """Return a text of a notebook file as one string; the file may have it as a list of lines."""
    return "".join(value) if isinstance(value, list) else str(value)
