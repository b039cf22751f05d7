"""The copy of the lessons that a trainer works in and that is thrown away afterwards. The course folder itself is never written."""

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psm_course.content.lessons import Notebook, calls_in, is_for_the_wall, is_for_trainers, quizzes_played_in, read_lesson, without_outputs
from psm_course.content.review import without_marks
from psm_course.content.steps import SOURCES, Step, steps_of
from psm_course.forms.slides.drawings import halves_of
from psm_course.trainer.quiet import is_quiet

_COPIED = ("modules", "quizzes")
_OURS = {"name": "python3", "display_name": "Python 3", "language": "python"}
_WITH_THE_HALL = {"psm": {"step": "Bersama di layar"}}
_AFTERWARDS = {"psm": {"step": "Sesudahnya"}}
_ON_THE_PHONE = {"psm": {"phone": True}}
_DRAWING = re.compile(r"!\[(?P<words>[^\]]*)\]\((?P<address>[^():]+\.svg)\)")
_LEFT_OUT = shutil.ignore_patterns(".ipynb_checkpoints", "kernel-ipc-*")


@dataclass(frozen=True, slots=True)
class Opened:
    """A lesson in the copy: its path from the copy's root, with slashes, and its title."""

    path: str
    title: str


def copy_lessons(root: Path, to: Path) -> tuple[Opened, ...]:
    """Copy the course under `root` into the empty folder `to`, every lesson made ready for the hall; the lessons in their order.

    A notebook that is no lesson is copied as it is: what is wrong with it is said by `psm check`, and stops no class.
    """
    for name in _COPIED:
        if (root / name).is_dir():
            shutil.copytree(root / name, to / name, ignore=_LEFT_OUT)
    opened = []
    for name in lesson_paths(to):
        path = to / name
        lesson, _ = read_lesson(path, name)
        if lesson:
            ready = ready_for_the_hall(lesson.notebook, is_quiet(folder=path.parent))
            _halve_drawings(ready, path.parent)
            path.write_text(json.dumps(ready, ensure_ascii=False, indent=1), encoding="utf-8")
            opened.append(Opened(name, lesson.title))
    return tuple(opened)


def _halve_drawings(ready: Notebook, folder: Path) -> None:
    """Put the two halves of each tall drawing beside it in `folder`, and both into the text in its place: so it is seen in one go."""

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
    """All notebooks of the modules, from the course's root, with slashes, in their order."""
    found = sorted((root / "modules").rglob("*.ipynb"))
    return tuple(path.relative_to(root).as_posix() for path in found if ".ipynb_checkpoints" not in path.parts)


def ready_for_the_hall(notebook: Notebook, quiet: bool) -> Notebook:
    """A copy of a lesson with its code folded away and its steps marked, as `extension/psm-course/files/steps.js` reads them.

    Args:
        notebook: every cell with an id.
        quiet: it is taught without a clock.
    """
    ready = without_outputs(notebook)
    for cell in ready["cells"]:
        cell["source"] = without_marks(cell["source"])
    ready["metadata"]["kernelspec"] = _OURS  # a lesson that names none, or somebody else's, would be asked about
    ready["metadata"]["psm"] = {**ready["metadata"].get("psm", {}), "quiet": quiet}
    together = frozenset(name for cell in ready["cells"] if is_for_the_wall(cell) for name in quizzes_played_in(cell["source"]))
    steps = steps_of(ready)
    pieces = [piece for cell in ready["cells"] for piece in _pieces(cell, steps, together)]
    ready["cells"] = list(_apart_from_play(map(_off_the_wall, pieces)))
    for cell in ready["cells"]:
        cell["metadata"] = {**cell["metadata"], "deletable": False}  # two slips of the D key would take a quiz off the wall
    return ready


def _off_the_wall(cell: dict[str, Any]) -> dict[str, Any]:
    """The sources of a lesson are not read out: they become a note of the step above them."""
    about = cell["metadata"]
    if about.get("psm", {}).get("step") != SOURCES:
        return cell
    kept = {name: value for name, value in about.items() if name != "psm"}
    return {**cell, "metadata": {**kept, "tags": [*about.get("tags", []), "trainer"]}}


def _apart_from_play(cells: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The same cells; text that follows a quiz or a case begins a step, and is not shown below a question that was answered."""
    played = False
    for cell in cells:
        is_text = cell["cell_type"] == "markdown" and not is_for_trainers(cell)
        begins = played and is_text and "step" not in cell["metadata"].get("psm", {})
        yield {**cell, "metadata": cell["metadata"] | _AFTERWARDS} if begins else cell
        played = not is_text and (played or is_for_the_wall(cell) or any(calls_in(cell["source"], "kuis")))


def _pieces(cell: dict[str, Any], steps: Sequence[Step], together: Set[str]) -> Iterator[dict[str, Any]]:
    """A cell, or, where several steps stand in one Markdown cell, a cell for each of them: a step begins at a cell of its own."""
    begun = [step for step in steps if step.cell == cell["id"] and step.quiz not in together and not is_for_trainers(cell)]
    if cell["cell_type"] == "code":
        folded = {**cell["metadata"], "jupyter": {**cell["metadata"].get("jupyter", {}), "source_hidden": True}}
        yield {**cell, "metadata": folded | _mark_of_code(cell, begun, together)}
    elif len(begun) < 2:
        yield {**cell, "metadata": cell["metadata"] | (_mark(begun[0]) if begun else {})}
    else:
        for number, step in enumerate(step for step in steps if step in begun or any(part.cell == cell["id"] for part in step.parts)):
            heading = [f"{'#' * step.level} {step.title}"] if step in begun else []
            text = "\n\n".join([*heading, *(part.source for part in step.parts if part.cell == cell["id"])])
            mark = _mark(step) if step in begun else {}
            yield {**cell, "id": f"{cell['id'][:60]}-{number}", "source": text, "metadata": cell["metadata"] | mark}


def _mark_of_code(cell: dict[str, Any], begun: Sequence[Step], together: Set[str]) -> dict[str, Any]:
    if begun:
        return _mark(begun[0])
    if is_for_the_wall(cell):
        return _WITH_THE_HALL
    return _ON_THE_PHONE if together & set(calls_in(cell["source"], "kuis")) else {}


def _mark(step: Step) -> dict[str, Any]:
    return {"psm": {"step": step.title if step.quiz is None else f"{step.title}: kuis"}}
