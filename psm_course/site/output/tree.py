"""A page as a tree: parsed once, changed in place, written once. The parser is Lexbor, which follows the rules of browsers.

What stands in a `<template>` is no part of the document: selectors do not reach it, and `clone` forgets it. So elements are looked for
with `elements`, and a page is copied with `copied`.
"""

import posixpath
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

Tree = LexborHTMLParser
_ADDRESSES = ("href", "src")


class Address(NamedTuple):
    """Where an element leads to or what it loads; `target` is what its attribute says."""

    element: LexborNode
    name: str
    target: str

    def change(self, target: str) -> None:
        self.element.attrs[self.name] = target


def parsed(text: str) -> Tree:
    """A whole page."""
    return LexborHTMLParser(text)


def copied(page: Tree) -> Tree:
    """The same page once more, with what its templates hold."""
    return LexborHTMLParser(written(page))


def written(page: Tree) -> str:
    """The page as text, by the rules of HTML and no shorter than these ask for; see `lighten`."""
    return page.html or ""


def elements(page: Tree, selector: str) -> Iterator[LexborNode]:
    """The elements of a page that a CSS selector describes: first those of the document, then those in its templates."""
    for part in _parts(page.root) if page.root else ():
        yield from part.css(selector)


def _parts(part: LexborNode) -> Iterator[LexborNode]:
    """A tree, and all that its templates hold; templates may stand in templates."""
    yield part
    for held in part.template_fragments():
        yield from _parts(held)


def addresses(page: Tree) -> Iterator[Address]:
    """Every address on a page, outside ones too; not those that only name a place on the page itself."""
    for name in _ADDRESSES:
        for element in elements(page, f"[{name}]"):
            target = element.attributes[name] or ""
            if target[:1] not in ("", "#", "?"):
                yield Address(element, name, target)


def resolved(page: str, target: str) -> str | None:
    """A relative address on the page at the path `page`, from the site's root; None for anything else."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))


def relative(page: str, inside: str) -> str:
    """The way from a page to a path below the root."""
    return posixpath.relpath(inside, posixpath.dirname(page) or ".")
