"""The course site, and the Sphinx extension that makes its pages.

A plain Sphinx extension: it knows nothing of Jupyter Book, which only calls it.
"""

from typing import Any


def setup(app: Any) -> dict[str, Any]:
    """Called by Sphinx. Imports the extension only now: a check for changes needs no Sphinx."""
    # Loaded here: whoever only asks whether anything has to be built need not load Sphinx for it.
    from psm_course.site import extension  # noqa: PLC0415

    return extension.setup(app)
