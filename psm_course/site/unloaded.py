"""Leaving out libraries that the builder would import for nothing: a third of its time.

Extensions for other themes are left out, with their settings. Libraries that run notebooks are
replaced by empty names in the composing process: we run lessons ourselves (`execute.py`), and
Jupyter Book is told so (`execute_notebooks: "off"`).
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from psm_course.authoring.notebooks import GRAMMARS

# In the settings of Jupyter Book; one that the course's own `_config.yml` asks for by name is not on this list.
_FOR_OTHER_THEMES = {
    "sphinx_togglebutton",
    "sphinx_copybutton",
    "sphinx_thebe",
    "sphinx_comments",
    "sphinx.ext.intersphinx",
    "sphinx_design",
    "sphinx_book_theme",
    "sphinx_jupyterbook_latex",
    "sphinx_multitoc_numbering",
}
_THEIR_SETTINGS = {"comments_config"}
_OURS = "psm"
# Modules that run notebooks, with what the builder takes from each.
_RUNNING = {
    "myst_nb.core.execute.cache": "NotebookClientCache",
    "myst_nb.core.execute.direct": "NotebookClientDirect",
    "myst_nb.core.execute.inline": "NotebookClientInline",
}
# Of Sphinx's own extensions: it asks the web whether links still answer, which is no part of a build.
_NEVER_ASKED = {"sphinx.builders.linkcheck"}
# Jupyter Book asks it which kernels there are, where it makes a notebook of a text; the composer runs none while it loads.
_KERNELS = ("jupyter_client", "jupyter_client.kernelspec")


def for_our_pages(settings: dict[str, Any]) -> dict[str, Any]:
    """Jupyter Book's settings without those for other themes.

    Figures are not numbered; no page has any.
    """
    if settings["html_theme"] != _OURS:
        return settings
    needed = {name: value for name, value in settings.items() if name not in _THEIR_SETTINGS}
    extensions = [name for name in settings["extensions"] if name not in _FOR_OTHER_THEMES]
    return {**needed, "extensions": extensions, "numfig": False}


@contextmanager
def without_kernels() -> Iterator[None]:
    """Import Jupyter Book without kernel libraries while the block runs.

    A lesson can import them later.
    """
    names = [name for name in _KERNELS if name not in sys.modules]
    for name in names:
        sys.modules[name] = _with_names(name, "find_kernel_specs")
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]


def leave_out() -> None:
    """Put empty modules in place, before the builder is imported, in a process of its own."""
    for name, asked_for in _RUNNING.items():
        sys.modules.setdefault(name, _with_names(name, asked_for))
    for grammar in GRAMMARS:
        sys.modules.setdefault(grammar, None)  # type: ignore[arg-type]


def sphinx_without_more() -> Any:
    """Sphinx's module `application`, without its extensions that nobody needs."""
    import sphinx.application  # noqa: PLC0415 - only a builder loads it

    needed = (name for name in sphinx.application.builtin_extensions if name not in _NEVER_ASKED)
    sphinx.application.builtin_extensions = tuple(needed)
    return sphinx.application


def _with_names(name: str, asked_for: str) -> ModuleType:
    """A module that holds no more than one empty name."""
    module = ModuleType(name)
    setattr(module, asked_for, type(asked_for, (), {}))
    return module
