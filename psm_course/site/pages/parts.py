"""`{cari}`, `{kemajuan}` and `{verifikasi}`: page parts with templates of their own.

The templates are filled in when all pages have been read.
"""

import json
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive

from psm_course.site.pages.navigation import Outline

# By the name of its directive: the place that a part takes, with the attribute by which its script
# finds it, and its template.
_PARTS = {
    "cari": ("<div data-search></div>", "_search.html"),
    "kemajuan": ("<div data-resume></div>", "_progress.html"),
    "verifikasi": ("<div data-verify></div>", "_verify.html"),
}


class PartDirective(Directive):
    """A directive that puts a placeholder for a page part into the page.

    The part is the one whose name is the name of the directive (`self.name`).
    """

    def run(self) -> list[nodes.Node]:
        """Return a placeholder for the part; `_fill` puts the content in its place later."""
        return [nodes.raw("", _PARTS[self.name][0], format="html")]


def connect(app: Any) -> None:
    """Connect this module's handlers to Sphinx; the extension's `setup` calls this."""
    for name in _PARTS:
        app.add_directive(name, PartDirective)
    # Before the page is cut at its first subsection.
    app.connect("html-page-context", _fill, priority=400)


def _fill(
    app: Any,
    pagename: str,  # noqa: ARG001
    templatename: str,  # noqa: ARG001
    context: dict[str, Any],
    doctree: nodes.document | None,  # noqa: ARG001
) -> None:
    if app.config.html_theme != "psm":
        return  # the parts are our theme's; under another one the page says no more than its text
    outline: Outline = app.builder.outline
    for place, template in _PARTS.values():
        if place in context.get("body", ""):
            values = {
                **context,
                "outline": outline,
                "layout": json.dumps(layout_of(outline), ensure_ascii=False, separators=(",", ":")),
            }
            context["body"] = context["body"].replace(
                place, app.builder.templates.render(template, values)
            )


def layout_of(outline: Outline) -> list[list[Any]]:
    """Return every lesson with its practice quizzes and their items; all sorted by name.

    A lesson is `[page, [[quiz, [item, …]], …]]`; `page` is the path of its file without ending.

    By a resume code a learner takes her progress to another phone. The code contains no names. The
    first bits of the progress are for the first lesson of this list, the next bits for the second
    lesson, and so on. So both phones need the same list. The list stays the same if a lesson is
    reworded, or gets another place in the table of contents. The list changes if, for example, a
    lesson's file is moved to another folder, because the lesson then has another `page`.
    """
    lessons = [
        page
        for part in outline.parts
        for module in part.pages
        for page in module.pages
        if page.facts.kind == "lesson"
    ]
    return sorted(
        [
            page.docname,
            sorted([practice.quiz, sorted(practice.items)] for practice in page.facts.practices),
        ]
        for page in lessons
    )
