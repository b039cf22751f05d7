"""Turns authors' Markdown into HTML.

Raw HTML in the Markdown is shown as text and has no effect.
"""

import re

from markdown_it import MarkdownIt
from markupsafe import Markup

# A blank line, or the start of a numbered or dashed line.
_LINE_ENDS = re.compile(r"\n\s*\n|\n(?=\s*(?:\d+\.|-)\s)")
_OURS = re.compile(r"(?:^|;\s*)panduan kursus$|^panduan kursus;\s*", re.IGNORECASE)
RING = "<sup>°</sup>"  # behind what waits for an authority's word
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def block(text: str) -> Markup:
    """Return Markdown as HTML with paragraphs, lists and emphasis."""
    # Markdown-it escapes everything it does not write itself.
    return Markup(_MARKDOWN.render(text))  # noqa: S704


def inline(text: str) -> Markup:
    """Return Markdown as HTML without paragraphs: one line with emphasis and links."""
    return Markup(_MARKDOWN.renderInline(text))  # noqa: S704 - as above


def lines(text: str) -> Markup:
    """Return Markdown as HTML of inline elements, with a line for each paragraph and list item.

    Used in places where block elements are not allowed, such as a legend.
    """
    paragraphs = [part for part in _LINE_ENDS.split(text.strip()) if part]
    return Markup("").join(
        Markup('<span class="line">{}</span>').format(inline(part)) for part in paragraphs
    )


def beyond_ours(source: str) -> str:
    """Return the name of a source without the part "panduan kursus" (the course's own guidance).

    Used for the source of a text that waits for an authority's answer. Such a text has a ring (°)
    instead of the words "panduan kursus"; one line at the end of the page explains the ring.
    """
    return _OURS.sub("", source.strip())


def ringed(text: Markup) -> Markup:
    """Return the HTML of a text with a small ring (°) after its last word.

    The ring tells readers that the text waits for an authority's answer.
    """
    written = text.rstrip()
    return Markup(  # noqa: S704 - as above
        f"{written.removesuffix('</p>')}{RING}</p>"
        if written.endswith("</p>")
        else f"{written}{RING}"
    )
