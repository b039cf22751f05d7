"""Turns Markdown into pieces: paragraphs, list items, table rows.

Raw HTML in the Markdown is shown as text and has no effect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from html import escape
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from psm_course.forms.slides.pieces import Frame, Piece, Run
from psm_course.forms.slides.tables import table_pieces

_LISTS = ("bullet_list_open", "ordered_list_open")
_INDENT = 64
_QUOTE = 48

# From the address and the description of a picture to its piece.
Picture = Callable[[str, str], Piece]


def described(address: str, description: str) -> Piece:  # noqa: ARG001 - the signature of a picture
    """Return a piece that shows the description of a picture as text, instead of the picture.

    `address` is the address of the picture; it is not used.
    """
    return Piece(f"<p>{escape(description)}</p>", (Run(1),), rigid=True)


def markdown_pieces(text: str, picture: Picture = described) -> Iterator[Piece]:
    """Yield the pieces of a Markdown text, in order.

    `picture` is a function: it gets the address and the description of a picture, and returns the
    piece for it.
    """
    for block in _blocks(_markdown().parse(text)):
        yield from _pieces(block, picture)


def block_html(text: str) -> str:
    """Return Markdown as HTML in one string, for the notes of a slide."""
    return str(_markdown().render(text))


def block_tree(text: str) -> list[dict[str, Any]]:
    """Return Markdown as a list of dictionaries, one per block, for notes on paper.

    A dictionary has the keys `kind` (the name of the block in Markdown-it), `text` and `inside`.
    `inside` is a list of such dictionaries, for the blocks within this block; if it is not empty,
    `text` is empty. An ordered list also has the key `start`, its first number.
    """
    return [_plain(node) for node in SyntaxTreeNode(_markdown().parse(text)).children]


def _plain(node: SyntaxTreeNode) -> dict[str, Any]:
    # The parser puts an empty text before a line that begins in bold.
    shown = (child for child in node.children if child.type != "text" or child.content)
    inside = [_plain(child) for child in shown]
    plain: dict[str, Any] = {"kind": node.type, "text": "", "inside": inside}
    if not inside:
        plain["text"] = node.content
    if node.type == "ordered_list":
        plain["start"] = int(node.attrs.get("start", 1))
    return plain


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _blocks(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of each outermost block, such as a paragraph, a list or a table."""
    block: list[Token] = []
    depth = 0
    for token in tokens:
        block.append(token)
        depth += token.nesting
        if not depth:
            yield block
            block = []


def _pieces(block: list[Token], picture: Picture) -> Iterator[Piece]:
    kind = block[0].type
    if kind in _LISTS:
        yield from _items(block)
    elif kind == "table_open":
        yield from _table(block)
    elif kind == "blockquote_open":
        yield Piece(_html(block), _runs(block, _QUOTE), space=16)
    elif kind == "paragraph_open" and (shown := _lone_picture(block)):
        yield picture(str(shown.attrs["src"]), shown.content)
    else:
        yield Piece(_html(block), _runs(block), keep=_text(block).rstrip().endswith(":"))


def _items(block: list[Token]) -> Iterator[Piece]:
    ordered = block[0].tag == "ol"
    first = int(block[0].attrs.get("start", 1)) if ordered else 1
    frame = Frame('<ol start="{start}">' if ordered else "<ul>", f"</{block[0].tag}>")
    for number, item in enumerate(_blocks(block[1:-1]), first):
        yield Piece(_html(item), _runs(item, _INDENT), frame, number, space=14)


def _table(block: list[Token]) -> Iterator[Piece]:
    rows: list[list[tuple[str, int]]] = []
    for opening, inline in pairwise(block):
        if opening.type == "tr_open":
            rows.append([])
        elif opening.type in ("th_open", "td_open"):
            rows[-1].append((_html([inline]), len(_text([inline]))))
    return table_pieces("", rows[0], rows[1:], "")


def _lone_picture(block: list[Token]) -> Token | None:
    children = block[1].children or []
    return children[0] if len(children) == 1 and children[0].type == "image" else None


def _runs(block: list[Token], indent: int = 0) -> tuple[Run, ...]:
    return tuple(
        Run(len(_text([token])), indent)
        for token in block
        if token.type in ("inline", "fence", "code_block")
    )


def _text(block: list[Token]) -> str:
    """Return the visible characters of a block, without Markdown signs."""
    return " ".join(
        "".join(
            child.content or " "
            for child in token.children or ()
            if child.type in ("text", "code_inline", "softbreak", "hardbreak")
        )
        if token.type == "inline"
        else token.content
        for token in block
    )


def _html(block: list[Token]) -> str:
    markdown = _markdown()
    return str(markdown.renderer.render(block, markdown.options, {})).strip()
