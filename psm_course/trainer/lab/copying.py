"""The temporary copy of the lessons in which a trainer works; the course folder stays unchanged."""

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any

from psm_course.content.course import find_course_file
from psm_course.content.lessons import (
    TRAINER_TAG,
    Notebook,
    is_for_trainers,
    read_lesson,
    without_outputs,
)
from psm_course.content.review import without_marks
from psm_course.content.steps import Step, steps_of
from psm_course.forms.slides.drawings import halves_of
from psm_course.trainer.quiet import is_quiet

_COPIED = ("modules", "quizzes")
_OURS = {"name": "python3", "display_name": "Python 3", "language": "python"}
_DRAWING = re.compile(r"!\[(?P<words>[^\]]*)\]\((?P<address>[^():]+\.svg)\)")
_LEFT_OUT = shutil.ignore_patterns(".ipynb_checkpoints", "kernel-ipc-*")


@dataclass(frozen=True, slots=True)
class Opened:
    """A lesson in the copy: its path below the copy's root, with slashes, and its title."""

    path: str
    title: str


def copy_lessons(root: Path, to: Path) -> tuple[Opened, ...]:
    """Copy the course into the empty folder `to`; every lesson is made ready to be shown.

    Returns the lessons in the order of the course's sessions; the page for the projector shows them
    in this order. If the course file cannot be read, the lessons are in the order of their names.

    A notebook that is no valid lesson is copied unchanged and not returned. `psm check` reports the
    mistake, which must not stop a class.
    """
    for name in _COPIED:
        if (root / name).is_dir():
            shutil.copytree(root / name, to / name, ignore=_LEFT_OUT)
    file = find_course_file(to)
    taught = [session.module or session.id for session in file.sessions] if file else []
    places = {name: place for place, name in enumerate(dict.fromkeys(taught))}
    opened = []
    for name in lesson_paths(to):
        path = to / name
        lesson, _ = read_lesson(path, name)
        if lesson:
            ready = ready_for_the_hall(lesson.notebook, is_quiet(folder=path.parent))
            _halve_drawings(ready, path.parent)
            path.write_text(json.dumps(ready, ensure_ascii=False, indent=1), encoding="utf-8")
            place = places.get(lesson.session or path.parent.name, len(places))
            opened.append((place, Opened(name, lesson.title)))
    return tuple(lesson for _, lesson in sorted(opened, key=itemgetter(0)))


def _halve_drawings(ready: Notebook, folder: Path) -> None:
    """Replace each tall drawing in the text by its two halves, which are shown beside each other.

    The drawing is a file in `folder`; the files of its halves are written to the same folder.
    """

    def in_halves(found: re.Match[str]) -> str:
        drawn = folder / found["address"]
        parts = halves_of(drawn.read_text(encoding="utf-8"))[0] if drawn.is_file() else []
        if len(parts) < 2:
            return found[0]
        for number, part in enumerate(parts):
            drawn.with_name(f"{drawn.stem}-{number}.svg").write_text(part, encoding="utf-8")
        stem = found["address"].removesuffix(".svg")
        return f"![{found['words']}]({stem}-0.svg)![]({stem}-1.svg)"

    for cell in ready["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = _DRAWING.sub(in_halves, cell["source"])


def lesson_paths(root: Path) -> tuple[str, ...]:
    """Return the paths of all notebooks of the modules below the root, sorted by name.

    The paths have slashes on every system.
    """
    return tuple(
        path.relative_to(root).as_posix()
        for path in sorted((root / "modules").rglob("*.ipynb"))
        if ".ipynb_checkpoints" not in path.parts
    )


def ready_for_the_hall(notebook: Notebook, quiet: bool) -> Notebook:
    """Return a copy of a lesson in which code is hidden and the steps are named in the metadata.

    `extension/psm-course/files/steps.js` reads these metadata.

    Args:
        notebook: a notebook in which every cell has an id.
        quiet: True if the lesson is taught without a clock.
    """
    ready = without_outputs(notebook)
    for cell in ready["cells"]:
        cell["source"] = without_marks(cell["source"])
    # A lesson that names none, or somebody else's, would be asked about.
    ready["metadata"]["kernelspec"] = _OURS
    ready["metadata"]["psm"] = {**ready["metadata"].get("psm", {}), "quiet": quiet}
    steps = steps_of(ready)
    ready["cells"] = [piece for cell in ready["cells"] for piece in _pieces(cell, steps)]
    for cell in ready["cells"]:
        # Two slips of the D key would take a quiz off the wall.
        cell["metadata"] = {**cell["metadata"], "deletable": False}
    return ready


def _pieces(cell: dict[str, Any], steps: Sequence[Step]) -> Iterator[dict[str, Any]]:
    """Split a Markdown cell with several steps: yield one cell for each step, with its metadata.

    A code cell is yielded as one cell whose code JupyterLab hides. A cell for trainers is yielded
    unchanged.
    """
    if cell["cell_type"] == "code":
        folded = {"jupyter": {**cell["metadata"].get("jupyter", {}), "source_hidden": True}}
        about = cell["metadata"] | folded | _mark_of_code(cell["id"], steps)
        yield {**cell, "metadata": about}
        return
    pieces = [] if is_for_trainers(cell) else list(_texts_of(cell, steps))
    for number, (text, about) in enumerate(pieces):
        apart = {"id": f"{cell['id'][:60]}-{number}", "source": text} if len(pieces) > 1 else {}
        yield {**cell, **apart, "metadata": cell["metadata"] | about}
    if not pieces:
        yield cell


def _texts_of(cell: dict[str, Any], steps: Sequence[Step]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield for each step of a Markdown cell a pair: the text in this step, and its metadata.

    The text begins with the step's heading, if the step begins in this cell.
    """
    for step in steps:
        begins = step.cell == cell["id"]
        texts = [part.source for part in (*step.lead, *step.parts) if part.cell == cell["id"]]
        if begins or texts:
            heading = [f"{'#' * step.level} {step.title}"] if begins and step.level else []
            leads = (begins and step.is_worked) or any(
                part.cell == cell["id"] for part in step.lead
            )
            mark = ({"step": step.title} if begins else {}) | ({"lead": True} if leads else {})
            yield "\n\n".join([*heading, *texts]), {"psm": mark} if mark else {}
        for part in step.sources:
            if part.cell == cell["id"]:
                yield part.source, {"tags": [*cell["metadata"].get("tags", []), TRAINER_TAG]}


def _mark_of_code(cell: str, steps: Sequence[Step]) -> dict[str, Any]:
    begun = [("step", step.title) for step in steps if step.cell == cell]
    phone = [
        ("phone", True)
        for step in steps
        for part in (*step.lead, *step.parts)
        if part.cell == cell and part.is_played
    ]
    return {"psm": dict([*begun, *phone])} if begun or phone else {}
