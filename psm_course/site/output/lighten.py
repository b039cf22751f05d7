"""Makes pages smaller: removes spaces, quotes and end tags that browsers do not need."""

import re

import minify_html
from selectolax.lexbor import LexborNode

from psm_course.site.output.tree import Tree, elements, written

# Space beside one of these is never seen. The minifier
# takes it away only where blocks alone stand together.
_BLOCKS = {
    "article",
    "blockquote",
    "body",
    "details",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "head",
    "header",
    "legend",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "template",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
}
# Classes that the builder gives and no style sheet and no script of ours names (a test looks).
BUILDERS_CLASSES = {
    "align-default",
    "arabic",
    "compound",
    "external",
    "internal",
    "literal",
    "notranslate",
    "pre",
    "reference",
    "row-even",
    "row-odd",
    "simple",
    "std",
    "std-doc",
    "std-ref",
    "toctree-wrapper",
}

# A word that browsers would break. In code they must not: the style sheet keeps each span there on
# one line. A longer word, in letters twice as large, would make a page wider than its phone.
_BROKEN = re.compile(r"(?=.*[-/?].).{2,14}")


def lightened(page: Tree) -> str:
    """Return the page as HTML text that is as short as possible and still valid."""
    for element in list(elements(page, "[class]")):
        _without_builders_classes(element)
    for text in (
        [node for node in page.root.traverse(include_text=True) if node.is_text_node]
        if page.root
        else ()
    ):
        beside = {node.tag for node in (text.prev, text.next) if node is not None}
        if beside & _BLOCKS and not (text.text_content or "").strip(" \t\n\f\r"):
            text.decompose()
    return without_quotes(written(page))


def _without_builders_classes(element: LexborNode) -> None:
    """Remove Sphinx's CSS classes from an element, and the element itself if nothing needs it.

    If a span then has no attribute, it is replaced by its content. But a span in code stays if a
    browser could break the line within its word. If an empty div then has no attribute, it is
    deleted.
    """
    classes = (element.attributes["class"] or "").split()
    left = [each for each in classes if each not in BUILDERS_CLASSES]
    if left == classes:
        return
    if left:
        element.attrs["class"] = " ".join(left)
        return
    del element.attrs["class"]
    if element.tag == "span" and not element.attributes:
        if "pre" not in classes or not _BROKEN.fullmatch(element.text()):
            element.unwrap()
    elif element.tag == "div" and not element.attributes and not (element.inner_html or "").strip():
        element.decompose()


def without_quotes(markup: str) -> str:
    """Return markup without the quotes and end tags that HTML allows to leave out."""
    return minify_html.minify(markup, keep_input_type_text_attr=True)
