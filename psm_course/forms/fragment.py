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


def said_in_caption(html: str, within: str, selector: str, text: str, more: str) -> str:
    """A piece in which an element that says no more than `text`, whatever the case, makes room for `more` (HTML) in the caption beside it.

    Args:
        within: what holds the caption and the element.
        selector: the element.
    """
    piece = LexborHTMLParser(html, is_fragment=True)
    for holder in piece.css(within):
        caption, element = holder.css_first("caption"), holder.css_first(selector)
        if caption and element and " ".join(element.text().split()).replace(" °", "°").lower() == text:
            caption.inner_html = (caption.inner_html or "") + more
            element.decompose()
    return piece.html or ""
