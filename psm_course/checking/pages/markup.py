"""Finds raw HTML in an author's text, and all else that could run a script in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from psm_course.authoring.problems import Finding, shorten
from psm_course.authoring.texts import placed_texts
from psm_course.authoring.yaml_source import Tree
from psm_course.checking.prose import markdown

if TYPE_CHECKING:
    from markdown_it.token import Token

# The blocks of our pages, and those of MyST that only frame a text.
# Any other may write HTML of its own.
OURS = (
    "quiz",
    "bantuan",
    "cari",
    "cari-kategori",
    "ke-mana-merujuk",
    "istilah",
    "nomor-dicari",
    "rundown",
    "kemajuan",
    "verifikasi",
)
_FRAMES = (
    "note",
    "tip",
    "hint",
    "important",
    "warning",
    "caution",
    "attention",
    "danger",
    "seealso",
    "admonition",
)
_BLOCK = re.compile(r"\s*\{([^}]*)\}")
# A word between angle brackets that is no element, such as <nama>, is a blank to fill in.
_ELEMENTS = (
    "a|b|i|u|p|em|strong|br|hr|img|div|span|script|style|iframe|object|embed|svg|math"
    "|form|input|button|video|audio|link|meta|base|table|h[1-6]"
)
_TAG = re.compile(rf"</?(?:{_ELEMENTS})\b[^<>]*>|<[a-z][^<>]*=[^<>]*>|<!--", re.IGNORECASE)
_SCRIPT_ADDRESS = re.compile(r"\b(?:java|vb)script\s*:|\bdata\s*:\s*text/html", re.IGNORECASE)
_ACTIVE_DRAWING = re.compile(
    r"<(?:script|foreignObject|iframe)\b|\son\w+\s*=|javascript:", re.IGNORECASE
)
_PLAIN = "tulis dengan Markdown saja"


def tokens(text: str) -> Iterator[Token]:
    """Yield every token of a Markdown text: each block token, then the inline tokens inside it."""
    for token in markdown().parse(text):
        yield token
        for child in token.children or ():
            child.map = token.map
            yield child


def framed_text(token: Token) -> str | None:
    """Return the Markdown text inside a box such as `{note}`; None if the token is no such box."""
    return token.content if token.type == "fence" and _block_of(token) in _FRAMES else None


def token_trouble(token: Token) -> Iterator[tuple[str, str]]:
    """Yield message and hint for each danger in a Markdown token.

    A danger is raw HTML, a block `{…}` that the course does not use, or a link that runs a script,
    such as `javascript:…`.
    """
    block = _block_of(token) if token.type == "fence" else None
    if token.type in ("html_block", "html_inline"):
        yield f'ada HTML mentah "{shorten(token.content, 20)}"', _PLAIN
    elif block is not None and block not in (*OURS, *_FRAMES):
        yield (
            f'blok "{{{shorten(block)}}}" tidak dipakai di kursus ini',
            f"{_PLAIN}, atau pakai salah satu: {', '.join(OURS)}",
        )
    elif token.type == "text" and (found := _SCRIPT_ADDRESS.search(token.content)):
        yield (
            f'alamat "{shorten(found.group())}" dapat menjalankan skrip',
            "tulis alamat halaman biasa",
        )


def _block_of(token: Token) -> str | None:
    found = _BLOCK.match(token.info)
    return found[1].strip().lower() if found else None


def drawing_trouble(path: FilePath) -> Iterator[tuple[str, str]]:
    """Yield message and hint if an SVG picture contains a script, or HTML inside the drawing."""
    if (
        path.suffix.lower() == ".svg"
        and path.is_file()
        and (found := _ACTIVE_DRAWING.search(path.read_text("utf-8", "replace")))
    ):
        yield (
            f'gambar "{shorten(path.name)}" memuat skrip ("{found.group().strip()}")',
            "simpan lagi sebagai gambar biasa, tanpa skrip dan tautan",
        )


def markup_findings(tree: Tree | None) -> Iterator[Finding]:
    """Report raw HTML and links that run a script, in a quiz, a data file or a front matter.

    Pages show raw HTML as plain text: readers see the letters `<b>`, not bold words. The author may
    believe that the HTML works, so the author is told.
    """
    for path, text in placed_texts(tree):
        if found := _TAG.search(text):
            yield Finding(path, f'ada HTML mentah "{shorten(found.group(), 20)}"', _PLAIN)
        if found := _SCRIPT_ADDRESS.search(text):
            yield Finding(
                path,
                f'alamat "{shorten(found.group())}" dapat menjalankan skrip',
                "tulis alamat halaman biasa",
            )
