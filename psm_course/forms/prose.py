"""Turns authors' Markdown into HTML. Raw HTML in it is shown as text and has no effect."""

import re

from markdown_it import MarkdownIt
from markupsafe import Markup

# A blank line, or the start of a numbered or dashed line.
_LINE_ENDS = re.compile(r"\n\s*\n|\n(?=\s*(?:\d+\.|-)\s)")
_OURS = re.compile(r"(?:^|;\s*)panduan kursus$|^panduan kursus;\s*", re.IGNORECASE)
RING = "<sup>°</sup>"  # behind what waits for an authority's word
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def block(text: str) -> Markup:
    """Markdown as HTML, with paragraphs, lists and emphasis."""
    # Markdown-it escapes everything it does not write itself.
    return Markup(_MARKDOWN.render(text))  # noqa: S704


def inline(text: str) -> Markup:
    """Markdown as HTML without paragraphs: one line with emphasis and links."""
    return Markup(_MARKDOWN.renderInline(text))  # noqa: S704 - as above


def lines(text: str) -> Markup:
    """Markdown as HTML, with each paragraph and list item as a line of its own, in inline elements.

    Used in places where block elements are not allowed, such as a legend.
    """
    paragraphs = [part for part in _LINE_ENDS.split(text.strip()) if part]
    return Markup("").join(
        Markup('<span class="line">{}</span>').format(inline(part)) for part in paragraphs
    )


def beyond_ours(source: str) -> str:
    """The name of a source without the part "panduan kursus".

    The page names that part once, at its end; beside the text a ring (°) stands for it.
    """
    return _OURS.sub("", source.strip())


def ringed(text: Markup) -> Markup:
    """Put a small ring (°) after the last word, to show that the text waits for an answer."""
    written = text.rstrip()
    return Markup(  # noqa: S704 - as above
        f"{written.removesuffix('</p>')}{RING}</p>"
        if written.endswith("</p>")
        else f"{written}{RING}"
    )
