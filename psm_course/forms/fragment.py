"""Changes elements within a piece of HTML. `site.output.tree` changes whole pages."""

from selectolax.lexbor import LexborHTMLParser


def with_attribute(html: str, selector: str, name: str, value: str) -> str:
    """Return the HTML with an attribute set on every element that matches the CSS selector.

    `name` is the name of the attribute, `value` its value.
    """
    piece = LexborHTMLParser(html, is_fragment=True)
    for element in piece.css(selector):
        element.attrs[name] = value
    return piece.html or ""


def without(html: str, selector: str) -> str:
    """Return the HTML without the elements that match the CSS selector."""
    piece = LexborHTMLParser(html, is_fragment=True)
    for element in piece.css(selector):
        element.decompose()
    return piece.html or ""
