"""Changes elements within a piece of HTML. For whole pages see `site.output.tree`."""

from selectolax.lexbor import LexborHTMLParser


def with_attribute(html: str, selector: str, name: str, value: str) -> str:
    """The HTML with an attribute set on every element that matches the CSS selector."""
    piece = LexborHTMLParser(html, is_fragment=True)
    for element in piece.css(selector):
        element.attrs[name] = value
    return piece.html or ""


def without(html: str, selector: str) -> str:
    """The HTML without the elements that match the CSS selector."""
    piece = LexborHTMLParser(html, is_fragment=True)
    for element in piece.css(selector):
        element.decompose()
    return piece.html or ""
