"""The library that reads notebooks, loaded when the first one is read and without what notebooks never ask of it."""

import sys
from typing import Any

# The grammars of web addresses, colours and spans of time, which the library's own library would make ready where they are installed (they
# come with JupyterLab): 1.5 seconds of every command, for data that nobody here validates.
GRAMMARS = ("rfc3987_syntax", "rfc3986_validator", "isoduration", "webcolors", "uri_template", "fqdn")


def notebook_library() -> Any:
    """Load `nbformat`. Afterwards the grammars can be loaded by whoever asks for them."""
    left_out = [name for name in GRAMMARS if name not in sys.modules]
    for name in left_out:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        import nbformat.warnings  # noqa: PLC0415 - most commands read no notebook
    finally:
        for name in left_out:
            del sys.modules[name]
    return nbformat
