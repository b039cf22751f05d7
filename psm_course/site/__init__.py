"""The course site, and the Sphinx extension that makes its pages.

A plain Sphinx extension: it knows nothing of Jupyter Book, which only calls it.
"""

from typing import Any


def setup(app: Any) -> dict[str, Any]:
    """Connect our extension to Sphinx, which calls this, and return facts about the extension."""
    # Imported here: the check whether a site has to be built at all must not load Sphinx.
    from psm_course.site import extension  # noqa: PLC0415

    return extension.setup(app)
