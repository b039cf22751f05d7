"""The course site, and the Sphinx extension that makes its pages.

It is a plain Sphinx extension that uses nothing of Jupyter Book. Jupyter Book only calls it.
"""

from typing import Any


def setup(app: Any) -> dict[str, Any]:
    """Connect our extension to Sphinx; return the extension's version and settings for Sphinx.

    Sphinx calls this function.
    """
    # Imported here: the check whether a site has to be built at all must not load Sphinx.
    from psm_course.site import extension  # noqa: PLC0415

    return extension.setup(app)
