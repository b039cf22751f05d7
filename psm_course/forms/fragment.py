"""A piece of HTML as a tree, to change it in place. Pages as a whole are `site.output.tree`."""

from selectolax.lexbor import LexborHTMLParser


def with_attribute(html: str, selector: str, name: str, value: str) -> str:
    """A piece whose elements of that description say something more."""
    piece = LexborHTMLParser(html, is_fragment=True)
    for element in piece.css(selector):
        element.attrs[name] = value
    return piece.html or ""


def without(html: str, selector: str) -> str:
    """A piece without the elements of that description."""
    piece = LexborHTMLParser(html, is_fragment=True)
    for element in piece.css(selector):
        element.decompose()
    return piece.html or ""
