"""Lessons: notebooks with a title, minutes and objectives. Trainer-only cells are taken out here, before anything is built."""

import ast
import copy
import json
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from psm_course.authoring.notebooks import notebook_library
from psm_course.authoring.problems import Problem, problem_on, shorten

Notebook = dict[str, Any]

TRAINER_TAG = "trainer"
SOURCES = "Sumber"  # the heading under which a lesson says where it has its knowledge from
# Beside the other: what this cell of the trainer's shows is for the hall too, yet not for the site.
WALL_TAG = "layar"
# What this cell says is for the page on the phone, not for the hall.
PHONE_TAG = "ponsel"
_WIDGETS = "widgets"  # where JupyterLab saves what widgets showed
_HEADING = re.compile(r"#\s+(.+)")


@dataclass(frozen=True, slots=True)
class Cut:
    """What may be left out of a lesson that is late, and the minutes that it saves."""

    title: str
    minutes: int


@dataclass(frozen=True)
class Lesson:
    """One page of a module, read from a notebook; or the trainer's notebook of a session that teaches no module (`session`: its id)."""

    path: FilePath
    file: str
    title: str
    minutes: int
    objectives: tuple[str, ...]
    notebook: Notebook
    lines: tuple[str, ...]
    session: str = ""

    def markdown(self) -> Iterator[tuple[int, str]]:
        """Line in the notebook file and text of each Markdown cell, trainer cells included."""
        for cell in self.notebook["cells"]:
            if cell["cell_type"] == "markdown":
                yield self.line_of(cell), cell["source"]

    def calls(self, function: str) -> Iterator[tuple[int, str]]:
        """Line and first argument of each call such as `kuis("latihan-ppks")` in the code cells."""
        for cell in self.notebook["cells"]:
            if cell["cell_type"] == "code":
                for argument in calls_in(cell["source"], function):
                    yield self.line_of(cell), argument

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """What its metadata says may be cut (`"cut": [{"title": "…", "minutes": 5}]` in `psm`), the first to go first."""
        written = self.notebook["metadata"].get("psm", {}).get("cut", [])
        return tuple(Cut(str(each["title"]), int(each["minutes"])) for each in written)

    def line_of(self, cell: dict[str, Any]) -> int:
        """The line of the notebook file on which a cell says its id."""
        mark = f'"id": {json.dumps(cell.get("id", ""))}'
        return next((number for number, line in enumerate(self.lines, 1) if mark in line), 1)


def without_trainer_cells(notebook: Notebook) -> Notebook:
    """A copy of a notebook that holds no cell tagged for trainers."""
    kept = copy.deepcopy(notebook)
    kept["cells"] = [cell for cell in kept["cells"] if not is_for_trainers(cell)]
    return kept


def without_outputs(notebook: Notebook) -> Notebook:
    """A copy of a notebook as if nothing had been run in it: what JupyterLab saved of an earlier run may hold anybody's results."""
    kept = copy.deepcopy(notebook)
    kept["metadata"].pop(_WIDGETS, None)
    for cell in kept["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return kept


def is_for_trainers(cell: Mapping[str, Any]) -> bool:
    """Whether a cell of a notebook is written for trainers, not for those whom they teach."""
    return TRAINER_TAG in cell.get("metadata", {}).get("tags", [])


def is_for_the_wall(cell: Mapping[str, Any]) -> bool:
    """Whether what a cell of the trainer's shows is worked with the hall: a case, a tally, groups."""
    return is_for_trainers(cell) and WALL_TAG in cell["metadata"]["tags"]


def is_for_the_phone(cell: Mapping[str, Any]) -> bool:
    """Whether a cell of a lesson is shown on its page alone, not to the hall."""
    return PHONE_TAG in cell.get("metadata", {}).get("tags", [])


def calls_in(code: str, function: str) -> Iterator[str]:
    """The first argument of each call of `function` in Python code, where it is a text; none in code that cannot be read."""
    for call in _calls_of(code, function):
        first = call.args[0] if call.args else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


def _calls_of(code: str, function: str) -> Iterator[ast.Call]:
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function:
            yield node


def quizzes_played_in(code: str) -> Iterator[str]:
    """The ids of the practice quizzes that a cell plays with the hall: `tampilkan("latihan-…")`, `kasus("…").main()`."""
    yield from calls_in(code, "tampilkan")
    for name in calls_in(code, "kasus"):
        yield f"kasus-{name.removeprefix('kasus-')}"


def hands_asked_in(code: str) -> tuple[str, ...]:
    """The question of `jajak("…", ["…", "…"])`, then its choices; none where they are not written there as plain texts."""
    for call in _calls_of(code, "jajak"):
        try:
            question, choices = map(ast.literal_eval, call.args)
        except ValueError:
            return ()
        return (str(question), *map(str, choices)) if isinstance(choices, list | tuple) else ()
    return ()


def read_lesson(path: FilePath, shown_as: str) -> tuple[Lesson | None, list[Problem]]:
    """Read one notebook, naming what keeps it from being a lesson."""
    nbformat = notebook_library()
    try:
        text = path.read_text(encoding="utf-8")
        with warnings.catch_warnings():
            # A cell without an id gets one; nobody needs to hear of it in English.
            warnings.simplefilter("ignore", nbformat.warnings.MissingIDFieldWarning)
            notebook = nbformat.reads(text, as_version=4)
        nbformat.validate(notebook)
    except (OSError, ValueError, KeyError, AttributeError, TypeError, RecursionError, nbformat.ValidationError):
        return None, [problem_on(shown_as, 1, "notebook ini rusak atau bukan notebook", "buka dan simpan ulang dengan JupyterLab")]
    lines = tuple(text.splitlines())
    lesson = Lesson(path, shown_as, _title(notebook), *_declared(notebook), _plain(notebook), lines, _session(notebook))
    return lesson, list(_rules(lesson))


def _plain(part: Any) -> Any:
    """A notebook as nothing but lists and dicts: a lesson that was kept is then found again without loading nbformat."""
    if isinstance(part, dict):
        return {name: _plain(value) for name, value in part.items()}
    return [_plain(value) for value in part] if isinstance(part, list) else part


def _declared(notebook: Notebook) -> tuple[int, tuple[str, ...]]:
    written = notebook["metadata"].get("psm")
    declared = written if isinstance(written, dict) else {}
    minutes, objectives = declared.get("minutes"), declared.get("objectives")
    return (
        minutes if type(minutes) is int else 0,
        tuple(str(name) for name in objectives) if isinstance(objectives, list) else (),
    )


def _session(notebook: Notebook) -> str:
    written = notebook["metadata"].get("psm")
    return str(written.get("session", "")) if isinstance(written, dict) else ""


def _title(notebook: Notebook) -> str:
    first = notebook["cells"][0] if notebook["cells"] else {"cell_type": "", "source": ""}
    found = _HEADING.match(first["source"]) if first["cell_type"] == "markdown" else None
    return found.group(1).strip() if found else ""


def _rules(lesson: Lesson) -> Iterator[Problem]:
    if not lesson.title:
        yield problem_on(lesson.file, 1, "sel pertama bukan judul", 'awali notebook dengan sel Markdown "# Judul"')
    if lesson.minutes < 1:
        yield problem_on(lesson.file, 1, "lama pelajaran belum ditulis", 'isi metadata notebook: "psm": {"minutes": 40, "objectives": […]}')
    if not lesson.objectives and not lesson.session:
        yield problem_on(lesson.file, 1, "tujuan belajar belum ditulis", 'isi metadata notebook: "psm": {"minutes": 40, "objectives": […]}')
    if not _are_cuts(lesson.notebook["metadata"].get("psm")):
        hint = 'tulis di metadata notebook: "psm": {…, "cut": [{"title": "Renungan berpasangan", "minutes": 4}]}'
        yield problem_on(lesson.file, 1, 'yang boleh dipotong ("cut") belum berupa daftar judul dan menit', hint)
    yield from _saved_outputs(lesson)


def _are_cuts(declared: Any) -> bool:
    written = declared.get("cut", []) if isinstance(declared, dict) else []
    return isinstance(written, list) and all(
        isinstance(each, dict) and isinstance(each.get("title"), str) and type(each.get("minutes")) is int for each in written
    )


def _saved_outputs(lesson: Lesson) -> Iterator[Problem]:
    """Warnings: JupyterLab saves by itself, nobody else's work stops for it, and whoever builds the site runs the lesson anew."""
    hint = 'pilih "Clear Outputs of All Cells", lalu simpan'
    if _WIDGETS in lesson.notebook["metadata"]:
        yield problem_on(lesson.file, 1, "notebook ini menyimpan keadaan widget", hint, "warning")
    for cell in lesson.notebook["cells"]:
        if cell["cell_type"] == "code" and (cell.get("outputs") or cell.get("execution_count")):
            name = shorten(str(cell.get("id", "")))
            yield problem_on(lesson.file, lesson.line_of(cell), f'sel "{name}" menyimpan keluaran', hint, "warning")
