"""`{tinjau}`: a small ring behind text that waits for an authority's answer.

A line at the end of the page names the authority. When the ledger has the answer, ring and line
disappear. For this, Sphinx reads every page that can have a ring again when the ledger changes.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from selectolax.lexbor import LexborHTMLParser

from psm_course.content.review import (
    AUTHORITIES,
    REVIEW_FILE,
    Entry,
    Review,
    marks_in,
    read_review,
    replace_marks,
)
from psm_course.forms.prose import RING

# What a table says whose whole source is ours, without capitals and spaces.
_OURS = "sumber:panduankursus°"
_LINE = '<p class="waits">° Panduan kursus; menunggu konfirmasi {}.</p>'
_WAITS = "psm-waits"


def connect(app: Any) -> None:
    """Connect this module's handlers to Sphinx; the extension's `setup` calls this."""
    app.add_role("tinjau", _role)
    app.connect("doctree-resolved", _say_for_whom)


def with_rings(env: Any, html: str) -> str:
    """Return HTML of one of our templates with a ring instead of each review mark (`{tinjau}`).

    If the ledger entry of a mark does not wait for an answer any more, the mark is only removed.
    """
    names = [*marks_in(html)]
    entries = review_of(env).by_id() if names else {}
    waiting = [entries[name] for name in names if name in entries and entries[name].is_open]
    note(env, waiting)
    return _ring_in_title(replace_marks(html, {entry.id: RING for entry in waiting}))


def _ring_in_title(html: str) -> str:
    """Put a ring (the sign °) behind the titles of tables whose only source is "panduan kursus".

    The table's line with this source is removed, because the end of the page names the source for
    all rings. HTML without any ring is returned unchanged.
    """
    if RING not in html:
        return html
    piece = LexborHTMLParser(html, is_fragment=True)
    for figure in piece.css("figure"):
        title, source = figure.css_first("caption"), figure.css_first(".chart-source")
        if title and source and "".join(source.text().lower().split()) == _OURS:
            title.inner_html = f"{title.inner_html}{RING}"
            source.decompose()
    return piece.html or ""


def review_of(env: Any) -> Review:
    """Read the review ledger, and tell Sphinx that the page being read depends on it."""
    path = Path(env.srcdir) / REVIEW_FILE
    if path.exists():
        env.note_dependency(str(path))
    return read_review(Path(env.srcdir))[1]


def note(env: Any, waiting: Iterable[Entry]) -> None:
    """Remember that the page being read waits for the authorities of these ledger entries."""
    noted = env.metadata[env.docname]  # forgotten when the page is read again
    noted[_WAITS] = noted.get(_WAITS, frozenset()) | {entry.authority for entry in waiting}


def _role(
    name: str,  # noqa: ARG001
    rawtext: str,  # noqa: ARG001
    text: str,
    lineno: int,  # noqa: ARG001
    inliner: Any,
    *_: Any,
) -> tuple[list[nodes.Node], list[Any]]:
    ring = with_rings(inliner.document.settings.env, f"{{tinjau}}`{text}`")
    return ([nodes.raw("", ring, format="html")] if ring else []), []


def _say_for_whom(app: Any, doctree: nodes.document, docname: str) -> None:
    waits = app.env.metadata[docname].get(_WAITS)
    if waits and (section := next(doctree.findall(nodes.section), None)):
        section += nodes.raw(
            "",
            _LINE.format(_listed([name for key, name in AUTHORITIES.items() if key in waits])),
            format="html",
        )


def _listed(names: list[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} dan {last}" if most else last
