"""The first use of a glossary word on a page links to the word's meaning.

Authors do not have to mark these words.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes

from psm_course.content.glossary import GLOSSARY_FILE, Glossary, read_glossary
from psm_course.site.pages.above import nodes_above
from psm_course.site.pages.citations import citation_mark

PAGE = "book/istilah"
# Words stand unmarked where a link would disturb, or would stand inside another one.
_UNTOUCHED = (
    nodes.title,
    nodes.reference,
    nodes.literal,
    nodes.literal_block,
    nodes.raw,
    nodes.math,
    nodes.caption,
    nodes.Invisible,
)


# Docutils names nodes so, and looks for `visit_term_use`.
class term_use(nodes.inline):  # noqa: N801
    """A docutils node: a glossary word in running text, linked to its meaning."""


def connect(app: Any) -> None:
    """Connect this module's handlers to Sphinx; the extension's `setup` calls this."""
    app.add_node(term_use, html=(_open, _close))
    app.connect("builder-inited", _read)
    app.connect("doctree-read", _mark)


def _read(app: Any) -> None:
    app.builder.glossary, _ = read_glossary(Path(app.srcdir))


def _mark(app: Any, doctree: nodes.document) -> None:
    """Mark the first use of each glossary word on a page.

    The page depends on the glossary: Sphinx reads it again when the glossary changes.
    """
    glossary: Glossary | None = app.builder.glossary
    if glossary is None or PAGE not in app.env.found_docs or app.env.docname == PAGE:
        return
    app.env.note_dependency(str(Path(app.srcdir) / GLOSSARY_FILE))
    used: set[str] = set()
    for text in list(doctree.findall(nodes.Text)):
        marked = [] if _is_untouched(text) else list(_with_marks(text.astext(), glossary, used))
        if marked:
            text.parent.replace(text, marked)


def _is_untouched(node: nodes.Node) -> bool:
    return any(
        isinstance(above, (*_UNTOUCHED, citation_mark)) or above.tagname == "pending_xref"
        for above in nodes_above(node)
    )


def _with_marks(text: str, glossary: Glossary, used: set[str]) -> Iterator[nodes.Node]:
    done = 0
    for start, end, term in glossary.found_in(text):
        if term.id not in used:
            used.add(term.id)
            yield nodes.Text(text[done:start])
            yield term_use("", text[start:end], anchor=term.id, meaning=term.short)
            done = end
    if done:
        yield nodes.Text(text[done:])


def _open(writer: Any, node: term_use) -> None:
    address = writer.builder.get_relative_uri(writer.builder.current_docname, PAGE)
    writer.body.append(
        f'<a class="term" href="{address}#{node["anchor"]}"'
        f' data-meaning="{writer.attval(node["meaning"])}">'
    )


def _close(writer: Any, _: term_use) -> None:
    writer.body.append("</a>")
