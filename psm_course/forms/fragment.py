"""Changes a piece of HTML in place. For whole pages see `site.output.tree`."""

from selectolax.lexbor import LexborHTMLParser


def with_attribute(html: str, selector: str, name: str, value: str) -> str:
    """Set an attribute on every element that matches the CSS selector."""
    piece = LexborHTMLParser(html, is_fragment=True)
    for element in piece.css(selector):
        element.attrs[name] = value
    return piece.html or ""


def without(html: str, selector: str) -> str:
    """Remove every element that matches the CSS selector."""
    piece = LexborHTMLParser(html, is_fragment=True)
    for element in piece.css(selector):
        element.decompose()
    return piece.html or ""
