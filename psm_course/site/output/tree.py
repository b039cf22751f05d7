"""A page as a tree: parsed once, changed in place, written once.

The parser is Lexbor, which reads HTML as a browser does.

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
    """An address on a page: the value of the attribute `href` or `src` of an element.

    `name` is the attribute, `target` the address.
    """

    element: LexborNode
    name: str
    target: str

    def change(self, target: str) -> None:
        """Replace the address in the attribute by `target`."""
        self.element.attrs[self.name] = target


def copied(page: Tree) -> Tree:
    """Return a copy of the page, with the content of its templates."""
    return LexborHTMLParser(written(page))


def written(page: Tree) -> str:
    """Return the page as HTML text. The text is not made shorter; `lighten.lightened` does that."""
    return page.html or ""


def elements(page: Tree, selector: str) -> Iterator[LexborNode]:
    """Yield the elements that a CSS selector finds: those in the document, then in templates."""
    for part in _parts(page.root) if page.root else ():
        yield from part.css(selector)


def _parts(part: LexborNode) -> Iterator[LexborNode]:
    """Yield a tree, then the content of each `<template>` in it, also of templates in templates."""
    yield part
    for held in part.template_fragments():
        yield from _parts(held)


def addresses(page: Tree) -> Iterator[Address]:
    """Yield every address (`href`, `src`) on a page, including those of other sites.

    Addresses that begin with `#` or `?` are left out, because they lead to the same page.
    """
    for name in _ADDRESSES:
        for element in elements(page, f"[{name}]"):
            target = element.attributes[name] or ""
            if target[:1] not in ("", "#", "?"):
                yield Address(element, name, target)


@lru_cache(maxsize=20_000)  # each page names each page, and is asked for it in several steps
def resolved(page: str, target: str) -> str | None:
    """Return the path from the site's root to which an address on a page leads.

    None if the address `target` is not relative. `page` is the path of the page.
    """
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))


def relative(page: str, inside: str) -> str:
    """Return the relative address that leads from one page to a path of the site.

    `page` is the path of the page; `inside` is the path to which the address leads. Both are paths
    from the site's root.
    """
    return posixpath.relpath(inside, posixpath.dirname(page) or ".")
