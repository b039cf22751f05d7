"""Turns authors' Markdown into HTML. Raw HTML in it is shown as text, never run."""

import re

from markdown_it import MarkdownIt
from markupsafe import Markup

# A blank line, or the start of a numbered or dashed line.
_LINE_ENDS = re.compile(r"\n\s*\n|\n(?=\s*(?:\d+\.|-)\s)")
_OURS = re.compile(r"(?:^|;\s*)panduan kursus$|^panduan kursus;\s*", re.IGNORECASE)
RING = "<sup>°</sup>"  # behind what waits for an authority's word
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def block(text: str) -> Markup:
    """Markdown with paragraphs, lists and emphasis."""
    # Markdown-it escapes everything it does not write itself.
    return Markup(_MARKDOWN.render(text))  # noqa: S704


def inline(text: str) -> Markup:
    """Markdown without paragraphs: one line with emphasis and links."""
    return Markup(_MARKDOWN.renderInline(text))  # noqa: S704 - as above


def lines(text: str) -> Markup:
    """Markdown with each paragraph and list item as a line of its own, without block elements.

    It is for places that allow inline elements only, such as a legend.
    """
    paragraphs = [part for part in _LINE_ENDS.split(text.strip()) if part]
    return Markup("").join(
        Markup('<span class="line">{}</span>').format(inline(part)) for part in paragraphs
    )


def beyond_ours(source: str) -> str:
    """A source without the part "panduan kursus".

    The page names that part once, at its end; beside the text a ring (°) stands for it.
    """
    return _OURS.sub("", source.strip())


def ringed(text: Markup) -> Markup:
    """Put a small ring (°) after the last word: the text waits for an authority's answer."""
    written = text.rstrip()
    return Markup(  # noqa: S704 - as above
        f"{written.removesuffix('</p>')}{RING}</p>"
        if written.endswith("</p>")
        else f"{written}{RING}"
    )
