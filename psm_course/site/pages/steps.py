"""A lesson's page in steps, of which a script shows one at a time.

Each step is a `<section>` directly under the lesson's section. `content/steps.py` defines where a
step begins. Most steps begin at a heading, which is a section already. For any other step a
directive `{langkah}` is put into the notebook before Sphinx reads it. Without the script the page
is read as one text.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive

from psm_course.content.lessons import SOURCES, Notebook
from psm_course.content.steps import steps_on_the_phone
from psm_course.forms.prose import RING

IN_STEPS = "in-steps"  # class of a lesson's section; `scripts/steps/` and `bundles.json` go by it
# Class of a step in which something waits for confirmation: the
# line that names the authority is shown together with such a step.
_RINGED = "ringed"
# Levels of headings: that of the page's title, and the last at which a step begins.
_TITLE, _LOWEST = 1, 3
_MARK = "```{{langkah}} langkah-{step.cell}\n{step.title}\n```"


class step_section(nodes.section):  # noqa: N801 - docutils names nodes so
    """A section that was moved out of its parent section; `level` is the level of its heading."""


class untitled_step(nodes.Element):  # noqa: N801
    """A docutils node for a step without a heading.

    `UntitledStep` puts it, still empty, at the beginning of the step; later the nodes of the step
    are moved into it.
    """


class UntitledStep(Directive):
    """The directive `{langkah}` with anchor and name of a step; `with_marks` writes it."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the node that shows where the step begins."""
        return [untitled_step(anchor=self.arguments[0], title=" ".join(self.content))]


def connect(app: Any) -> None:
    """Connect this module's handlers to Sphinx; the extension's `setup` calls this."""
    app.add_directive("langkah", UntitledStep)
    app.add_node(step_section, html=(_open_section, _close_section))
    app.add_node(untitled_step, html=(_open_untitled, _close_untitled))
    # Before a line comes below all steps (`review_marks`).
    app.connect("doctree-resolved", _put_side_by_side, priority=400)


def with_marks(notebook: Notebook) -> Notebook:
    """Put a directive `{langkah}` before each cell that begins a step without a heading.

    Returns the notebook with these directives.
    """
    from nbformat.v4 import new_markdown_cell  # noqa: PLC0415 - as in `execute`

    _, *steps = steps_on_the_phone(notebook)
    untitled = {step.cell: step for step in steps if not step.level}
    cells = []
    for cell in notebook["cells"]:
        if step := untitled.get(cell["id"]):
            mark = new_markdown_cell(_MARK.format(step=step))  # type: ignore[no-untyped-call]
            cells.append(mark)
        cells.append(cell)
    notebook["cells"] = cells
    return notebook


def level_of(section: nodes.Element) -> int:
    """Return the level of a section's heading, also after the section was moved.

    The page's title has level 1.
    """
    if "level" in section:
        return int(section["level"])
    return 1 + (level_of(section.parent) if isinstance(section.parent, nodes.section) else 0)


def _put_side_by_side(app: Any, doctree: nodes.document, docname: str) -> None:
    lesson = next(doctree.findall(nodes.section), None)
    if lesson is None or Path(app.env.doc2path(docname)).suffix != ".ipynb":
        return
    lesson["classes"].append(IN_STEPS)
    for step in _cut(lesson, _TITLE)[1:]:
        if any(RING in raw.astext() for raw in step.findall(nodes.raw)):
            step["classes"].append(_RINGED)
        lesson += step


def _cut(section: nodes.Element, level: int) -> list[nodes.Element]:
    """Cut a section into steps: return the section itself, then the steps moved out of it.

    The section then contains only its first step. A subsection "Sumber" stays in the step before
    it. `level` is the level of the section's heading.
    """
    steps, children = [section], section.children
    section.children = []
    for child in children:
        if isinstance(child, untitled_step):
            steps.append(child)
        elif not isinstance(child, nodes.section) or level == _LOWEST:
            steps[-1] += child
        elif child[0].astext() == SOURCES and (len(steps) > 1 or level > _TITLE):
            steps[-1] += _leaving(child, level + 1)
        else:
            steps += _cut(_leaving(child, level + 1), level + 1)
    return steps


def _leaving(section: nodes.Element, level: int) -> step_section:
    return step_section("", *section.children, level=level, **section.attributes)


def _open_section(writer: Any, node: step_section) -> None:
    node["around"], writer.section_level = writer.section_level, node["level"] - 1
    writer.visit_section(node)


def _close_section(writer: Any, node: step_section) -> None:
    writer.depart_section(node)
    writer.section_level = node["around"]


def _open_untitled(writer: Any, node: untitled_step) -> None:
    writer.body.append(
        writer.starttag(node, "section", ids=[node["anchor"]], **{"aria-label": node["title"]})
    )


def _close_untitled(writer: Any, _: untitled_step) -> None:
    writer.body.append("</section>\n")
