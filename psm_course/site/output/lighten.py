"""Pages as they go over the air: the same document, without idle space, quotes and end tags that a browser does not need."""

import minify_html

from psm_course.site.output.tree import Tree, written

# Space beside one of these is never seen. The minifier takes it away only where blocks alone stand together.
_BLOCKS = {"article", "blockquote", "body", "details", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1"}
_BLOCKS |= {"h2", "h3", "h4", "head", "header", "legend", "li", "link", "main", "meta", "nav", "ol", "p", "pre", "section", "summary"}
_BLOCKS |= {"table", "tbody", "td", "template", "th", "thead", "title", "tr", "ul"}


def lightened(page: Tree) -> str:
    """A page as text, made small. What remains is HTML by the book: nothing is left for browsers to guess."""
    for text in [node for node in page.root.traverse(include_text=True) if node.is_text_node] if page.root else ():
        beside = {node.tag for node in (text.prev, text.next) if node is not None}
        if beside & _BLOCKS and not (text.text_content or "").strip(" \t\n\f\r"):
            text.decompose()
    return without_quotes(written(page))


def without_quotes(markup: str) -> str:
    """Markup without the quotes and end tags that HTML can do without."""
    return minify_html.minify(markup, keep_input_type_text_attr=True)
