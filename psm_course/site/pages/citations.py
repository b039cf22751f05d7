"""Shows a source of law in a lesson's text as a small sign.

A tap on the sign shows the source and a link to the list of sources. The words stay in the page:
without scripts, on paper and for screen readers they are `(UU 12/2022 Pasal 23)`, as the author
wrote.
"""

from collections.abc import Iterator
from typing import Any

from docutils import nodes

from psm_course.authoring.citations import citations_in
from psm_course.content.lessons import SOURCES
from psm_course.site.pages.above import nodes_above

# Where it stays as it is: in the sources themselves, below a quotation, where it says whose words
# these are, and where `terms` marks none.
_UNTOUCHED = (
    nodes.title,
    nodes.reference,
    nodes.literal,
    nodes.literal_block,
    nodes.block_quote,
    nodes.caption,
    nodes.Invisible,
)


# Docutils names nodes so, and looks for `visit_citation_mark`.
class citation_mark(nodes.inline):  # noqa: N801
    """A docutils node: a source of law in brackets, with the space before the brackets."""


def connect(app: Any) -> None:
    """Connect this module's handlers to Sphinx; the extension's `setup` calls this."""
    app.add_node(citation_mark, html=(_open, _close))
    # Before words of the glossary are looked for (`terms`).
    app.connect("doctree-read", _mark, priority=400)


def _mark(_: Any, doctree: nodes.document) -> None:
    sources = next(
        (section for section in doctree.findall(nodes.section) if section[0].astext() == SOURCES),
        None,
    )
    if sources is None:
        return
    for text in list(doctree.findall(nodes.Text)):
        marked = (
            []
            if _is_untouched(text, sources)
            else list(_with_marks(text.astext(), sources["ids"][0]))
        )
        if marked:
            text.parent.replace(text, marked)


def _is_untouched(node: nodes.Node, sources: nodes.section) -> bool:
    return any(above is sources or isinstance(above, _UNTOUCHED) for above in nodes_above(node))


def _with_marks(text: str, anchor: str) -> Iterator[nodes.Node]:
    done = 0
    for start, end in citations_in(text):
        yield nodes.Text(text[done:start])
        yield citation_mark("", text[start:end], anchor=anchor)
        done = end
    if done:
        yield nodes.Text(text[done:])


def _open(writer: Any, node: citation_mark) -> None:
    writer.body.append(f'<a class="term law" href="#{node["anchor"]}"><span>')


def _close(writer: Any, _: citation_mark) -> None:
    writer.body.append("</span></a>")
