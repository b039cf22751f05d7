"""Leaves out libraries that Sphinx and Jupyter Book import although no page needs them.

This saves a third of the time of a build. Extensions for other themes are left out, with their
settings. Libraries that run notebooks are replaced by empty modules in the composing process: we
run lessons ourselves (`execute.py`), and the setting `execute_notebooks: "off"` tells Jupyter Book
not to run them.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from psm_course.authoring.notebooks import GRAMMARS

# In the settings of Jupyter Book; one that the course's
# own `_config.yml` asks for by name is not on this list.
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
# Sphinx's own extensions for what is no part of a build: asking the web whether links still answer,
# and other forms than pages.
_NEVER_ASKED = {
    f"sphinx.builders.{name}"
    for name in ("changes", "epub3", "linkcheck", "manpage", "texinfo", "text", "xml")
}
# Jupyter Book asks it which kernels there are, where it makes a notebook of a text; the composer
# runs none while it loads.
_KERNELS = {"jupyter_client": "find_kernel_specs", "jupyter_client.kernelspec": "find_kernel_specs"}
# What shows and colours things in a running notebook, and what fetches pictures from the web: our
# pages show none from there.
_NEVER_SHOWN = {"IPython": "display", "IPython.display": "display"}
_NEVER_FETCHED = {"sphinx.util.requests": "get"}


def for_our_pages(settings: dict[str, Any]) -> dict[str, Any]:
    """Return Jupyter Book's settings without those for other themes.

    The numbering of figures is turned off, because no page has numbered figures. If the course uses
    another theme than ours, the settings are returned unchanged.
    """
    if settings["html_theme"] != _OURS:
        return settings
    needed = {name: value for name, value in settings.items() if name not in _THEIR_SETTINGS}
    extensions = [name for name in settings["extensions"] if name not in _FOR_OTHER_THEMES]
    return {**needed, "extensions": extensions, "numfig": False}


def load_jupyter_book() -> Any:
    """Import Jupyter Book's module `config` without kernel libraries, and return the module.

    A lesson can still import these kernel libraries later.
    """
    with _without(_KERNELS):
        # Only a builder loads it.
        import jupyter_book.config  # type: ignore[import-untyped]  # noqa: PLC0415
    with _without(_NEVER_SHOWN):
        import myst_nb.ext.glue  # noqa: F401, PLC0415
    return jupyter_book.config


@contextmanager
def _without(names: Mapping[str, str]) -> Iterator[None]:
    """While the block runs, put empty modules in the place of modules that are not imported yet.

    `names` maps a module's name to the one name that the empty module contains.
    """
    absent = [name for name in names if name not in sys.modules]
    for name in absent:
        sys.modules[name] = _with_names(name, names[name])
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


def leave_out() -> None:
    """Put empty modules in the place of libraries that no page needs.

    Call this before Sphinx is imported, in a process that only composes pages.
    """
    for name, asked_for in {**_RUNNING, **_NEVER_FETCHED}.items():
        sys.modules.setdefault(name, _with_names(name, asked_for))
    for grammar in GRAMMARS:
        sys.modules.setdefault(grammar, None)  # type: ignore[arg-type]


def sphinx_without_more() -> Any:
    """Import Sphinx's module `application` without extensions that we never use, and return it."""
    import sphinx.application  # noqa: PLC0415 - only a builder loads it

    needed = (name for name in sphinx.application.builtin_extensions if name not in _NEVER_ASKED)
    sphinx.application.builtin_extensions = tuple(needed)
    return sphinx.application


def _with_names(name: str, asked_for: str) -> ModuleType:
    """Return a module called `name` that contains only an empty class called `asked_for`.

    So code that imports this class from the module does not fail.
    """
    module = ModuleType(name)
    setattr(module, asked_for, type(asked_for, (), {}))
    return module
