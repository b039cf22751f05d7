"""The Sphinx extension `psm_course.site`: lessons for trainees, our directives, the theme."""

import json
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.util import logging

from psm_course import __version__
from psm_course.errors import ContentFaulty
from psm_course.site.bundles import write_bundles
from psm_course.site.execute import DRAWING, digest_of, executed_source, unfinished_source
from psm_course.site.output import offline, own_pages, search_index
from psm_course.site.pages import (
    citations,
    navigation,
    outdated,
    parts,
    pictures,
    review_marks,
    steps,
    terms,
)
from psm_course.site.pages.directives import DIRECTIVES

_WRAPPERS = {"cell", "cell_output"}
# In the order in which they connect their handlers: of two for one event the first runs first.
_CONNECTED = (
    outdated,
    navigation,
    pictures,
    citations,
    terms,
    parts,
    steps,
    review_marks,
    search_index,
    offline,
    own_pages,
)
_LOG = logging.getLogger(__name__)


def setup(app: Any) -> dict[str, Any]:
    """Connect our directives, handlers and theme to Sphinx; return the extension's metadata.

    Sphinx calls this function. The metadata are the versions, and that Sphinx may use several
    processes.
    """
    app.add_config_value("psm_preview", default=False, rebuild="env")
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    app.connect("builder-inited", _without_english_pages)
    app.connect("source-read", _read_lesson)
    app.connect("doctree-resolved", _without_scripts, priority=900)
    app.connect("doctree-resolved", _without_wrappers, priority=900)
    app.connect("build-finished", write_bundles)
    for module in _CONNECTED:
        module.connect(app)
    with as_file(files("psm_course.site").joinpath("theme")) as theme:
        app.add_html_theme("psm", str(theme))
    # Pages keep our drawn HTML, and Sphinx copies no style sheet where no page is stale: so new
    # code or a new look makes all stale.
    stale_when_changed = int(digest_of(*DRAWING, "psm_course.site")[:8], 16)
    return {
        "version": __version__,
        "env_version": stale_when_changed,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _without_english_pages(app: Any) -> None:
    """Turn off Sphinx's own search page and index, which are English and large.

    `output.search_index` makes our own index.
    """
    app.builder.search = False


def _without_scripts(_: Any, doctree: nodes.document, __: str) -> None:
    """Remove the scripts that Jupyter Book's extensions write into every page."""
    for raw in list(doctree.findall(nodes.raw)):
        if raw.astext().lstrip().startswith("<script"):
            raw.parent.remove(raw)


def _without_wrappers(_: Any, doctree: nodes.document, __: str) -> None:
    """Remove boxes around cells, and class names for a formula library that no page loads.

    Our style and scripts use neither, and both make pages larger.
    """
    for box in list(doctree.findall(nodes.container)):
        if _WRAPPERS.intersection(box["classes"]):
            box.parent.replace(box, box.children)
    for section in doctree.findall(nodes.section):
        section["classes"] = [name for name in section["classes"] if not name.endswith("_ignore")]


def _read_lesson(app: Any, docname: str, source: list[str]) -> None:
    """Give Sphinx the lesson as trainees see it: with outputs, and without trainer cells."""
    path = Path(app.env.doc2path(docname))
    if path.suffix != ".ipynb":
        return
    try:
        source[0] = _in_steps(
            executed_source(
                path, Path(app.srcdir), Path(app.doctreedir).parent / "executed", _LOG.info
            )
        )
    except ContentFaulty as error:
        if not app.config.psm_preview:
            raise
        source[0] = _in_steps(unfinished_source(path, str(error)))


def _in_steps(source: str) -> str:
    import nbformat  # noqa: PLC0415 - as in `execute`

    notebook = nbformat.reads(source, as_version=4)  # type: ignore[no-untyped-call]
    return json.dumps(steps.with_marks(notebook), ensure_ascii=False)
