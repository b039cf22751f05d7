"""The result that a notebook cell shows: HTML for JupyterLab, and data for the site builder."""

import hashlib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from psm_course.forms.fragment import with_attribute

# The site builder draws cells with this type itself (see `site.cells`), so that a changed quiz
# needs no notebook run again.
SITE_TYPE = "application/vnd.psm-course+json"
# An element with this attribute gets the keys itself, not JupyterLab: arrows move the choice, and
# `d d` deletes no cell. On an element further up it has no effect, because JupyterLab binds the
# keys of a notebook to the element that has the focus.
OWN_KEYS = "data-lm-suppress-shortcuts"
_TAKES_FOCUS = "a, button, input, select, summary, textarea, [tabindex]"


@dataclass(frozen=True)
class Shown:
    """The result of a cell.

    `html` is a piece of HTML without style, for JupyterLab. `for_site` tells the site builder what
    to draw; if it is empty, the site shows the same HTML.
    """

    html: str
    for_site: dict[str, Any] = field(default_factory=dict)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Return every form in which this result can be shown; notebook programs call this."""
        plain = "(tampilan ini memerlukan JupyterLab atau situs kursus)"
        if self.for_site and not self.html:  # the site, for which this was made, draws it
            return {SITE_TYPE: self.for_site, "text/plain": plain}
        for_site = self.for_site or {"show": "html", "html": self.html}
        styled = (
            "<div"
            f' class="psm-shown"><style>{projector_style()}</style>{with_own_keys(self.html)}</div>'
        )
        return {SITE_TYPE: for_site, "text/html": styled, "text/plain": plain}


@dataclass(frozen=True)
class Notice(Shown):
    """A sentence that is shown instead of the result that the trainer asked for.

    A cell may call `kasus("…").main()`. If `kasus` cannot show the case, it returns a notice.
    Therefore a notice has the method `main` too.
    """

    sentence: str = ""

    def main(self) -> "Notice":
        """Return this notice.

        If `kasus("…")` returns a notice, a cell with `kasus("…").main()` shows its `sentence`.
        """
        return self


def with_own_keys(html: str) -> str:
    """Return the HTML with the attribute `OWN_KEYS` on every button, input, link and the like.

    While an element with this attribute has the focus, JupyterLab does not react to keys.
    """
    return with_attribute(html, _TAKES_FOCUS, OWN_KEYS, "true")


@cache
def projector_style() -> str:
    """Return the style sheets for JupyterLab, with letters large enough for a projector."""
    folder = files("psm_course.trainer")
    return "".join(
        folder.joinpath(name).read_text(encoding="utf-8")
        for name in ("projector.css", "widgets/words.css")
    )


def key_of(*parts: object) -> str:
    """Return a short id for a picture; the same parts always give the same id."""
    return "g" + hashlib.sha256(repr(parts).encode()).hexdigest()[:8]
