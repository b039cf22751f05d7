"""A page as a tree: parsed once, changed in place, written once.

The parser is Lexbor, like a browser's.

The content of a `<template>` is not part of the document: selectors do not reach it, and `clone`
loses it. So use `elements` to find elements, and `copied` to copy a page.
"""

import posixpath
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

Tree = LexborHTMLParser
_ADDRESSES = ("href", "src")


class Address(NamedTuple):
    """An attribute with an address that an element leads to or loads; `target` is this address."""

    element: LexborNode
    name: str
    target: str

    def change(self, target: str) -> None:
        """Replace the address in the attribute by `target`."""
        self.element.attrs[self.name] = target


def copied(page: Tree) -> Tree:
    """A copy of the page, with the content of its templates."""
    return LexborHTMLParser(written(page))


def written(page: Tree) -> str:
    """The page as HTML text; `lighten` makes it shorter."""
    return page.html or ""


def elements(page: Tree, selector: str) -> Iterator[LexborNode]:
    """The elements that a CSS selector finds: first in the document, then in its templates."""
    for part in _parts(page.root) if page.root else ():
        yield from part.css(selector)


def _parts(part: LexborNode) -> Iterator[LexborNode]:
    """Yield a tree, and the trees in its templates; templates may stand in templates."""
    yield part
    for held in part.template_fragments():
        yield from _parts(held)


def addresses(page: Tree) -> Iterator[Address]:
    """Every address (`href`, `src`) on a page, including those of other sites.

    Addresses that begin with `#` or `?` are left out: they stay on the same page.
    """
    for name in _ADDRESSES:
        for element in elements(page, f"[{name}]"):
            target = element.attributes[name] or ""
            if target[:1] not in ("", "#", "?"):
                yield Address(element, name, target)


@lru_cache(maxsize=20_000)  # each page names each page, and is asked for it in several steps
def resolved(page: str, target: str) -> str | None:
    """The path from the site's root to which the relative address `target` on page `page` leads.

    None if `target` is not a relative address.
    """
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))


def relative(page: str, inside: str) -> str:
    """The relative address that leads from the page `page` to the path `inside` below the root."""
    return posixpath.relpath(inside, posixpath.dirname(page) or ".")
