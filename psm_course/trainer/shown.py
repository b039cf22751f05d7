"""A thing that a notebook cell shows: HTML for JupyterLab, and for the site a request to draw it in the page's own way."""

import hashlib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

# The site builder draws cells with this type itself (see `site.cells`), so that a changed quiz needs no notebook run again.
SITE_TYPE = "application/vnd.psm-course+json"


@dataclass(frozen=True)
class Shown:
    """`html` is a fragment without style; `for_site` names what the site should draw instead, when it should."""

    html: str
    for_site: dict[str, Any] = field(default_factory=dict)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Notebook protocol: every form in which this can be shown."""
        for_site = self.for_site or {"show": "html", "html": self.html}
        styled = f'<div class="psm-shown"><style>{projector_style()}</style>{self.html}</div>'
        plain = "(tampilan ini memerlukan JupyterLab atau situs kursus)"
        return {SITE_TYPE: for_site, "text/html": styled, "text/plain": plain}


@cache
def projector_style() -> str:
    """The style sheet for JupyterLab: large enough for a hall."""
    return files("psm_course.trainer").joinpath("projector.css").read_text(encoding="utf-8")


def key_of(*parts: object) -> str:
    """A short id for a figure, the same on every run."""
    return "g" + hashlib.sha256(repr(parts).encode()).hexdigest()[:8]
