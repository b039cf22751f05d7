"""Lessons: notebooks with title, minutes and objectives.

The function that removes cells for trainers is in this module; the site calls it before anything is
built.
"""

import ast
import copy
import json
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from psm_course.authoring.notebooks import notebook_library, read_plain
from psm_course.authoring.problems import Problem, problem_on, shorten

Notebook = dict[str, Any]

TRAINER_TAG = "trainer"
SOURCES = "Sumber"  # the heading under which a lesson says where it has its knowledge from
# Used together with TRAINER_TAG: the hall sees this cell's output, the site does not.
WALL_TAG = "layar"
# This cell is for the page on the phone, not for the hall.
PHONE_TAG = "ponsel"
_WIDGETS = "widgets"  # where JupyterLab saves what widgets showed
_HEADING = re.compile(r"#\s+(.+)")


@dataclass(frozen=True, slots=True)
class Cut:
    """A part that the trainer may leave out if a lesson is late, and the minutes this saves."""

    title: str
    minutes: int


@dataclass(frozen=True)
class Lesson:
    """A page of a module, or the trainer's notebook of a session without a module.

    Attributes:
        path: the path of the notebook.
        file: the notebook's path from the root of the course, as messages name it.
        title: the first heading.
        minutes: the planned length.
        objectives: ids of the objectives.
        notebook: the content as JSON, trainer cells included.
        lines: the lines of the notebook file.
        session: id of the session if the session has no module; otherwise empty.
    """

    path: FilePath
    file: str
    title: str
    minutes: int
    objectives: tuple[str, ...]
    notebook: Notebook
    lines: tuple[str, ...]
    session: str = ""

    def markdown(self) -> Iterator[tuple[int, str]]:
        """Yield line and text of each Markdown cell, also of cells for trainers.

        The line is that of the cell in the notebook file.
        """
        return (
            (self.line_of(cell), cell["source"])
            for cell in self.notebook["cells"]
            if cell["cell_type"] == "markdown"
        )

    def calls(self, function: str) -> Iterator[tuple[int, str]]:
        """Yield line and first argument of each call of `function`, such as `kuis("latihan-ppks")`.

        The line is that of the code cell in the notebook file.
        """
        for cell in self.notebook["cells"]:
            if cell["cell_type"] == "code":
                for argument in calls_in(cell["source"], function):
                    yield self.line_of(cell), argument

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """The parts that the trainer may leave out; the part to leave out first comes first.

        They are written in the notebook's metadata under `psm`: `"cut": [{"title": "…", "minutes":
        5}]`.
        """
        written = self.notebook["metadata"].get("psm", {}).get("cut", [])
        return tuple(Cut(str(each["title"]), int(each["minutes"])) for each in written)

    def line_of(self, cell: dict[str, Any]) -> int:
        """Return the number of the file's line that has the id of a cell; 1 if it is not found."""
        # JupyterLab writes each cell's id on a line of its own;
        # an id is the only thing that is unique there.
        mark = f'"id": {json.dumps(cell.get("id", ""))}'
        return next((number for number, line in enumerate(self.lines, 1) if mark in line), 1)


def without_trainer_cells(notebook: Notebook) -> Notebook:
    """Return a copy of the notebook without the cells that are tagged for trainers."""
    kept = copy.deepcopy(notebook)
    kept["cells"] = [cell for cell in kept["cells"] if not is_for_trainers(cell)]
    return kept


def without_outputs(notebook: Notebook) -> Notebook:
    """Return a copy of the notebook without outputs and saved widgets.

    Outputs and saved widgets may show the results of real people.
    """
    kept = copy.deepcopy(notebook)
    kept["metadata"].pop(_WIDGETS, None)
    for cell in kept["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return kept


def is_for_trainers(cell: Mapping[str, Any]) -> bool:
    """True if a cell is for trainers, not for trainees."""
    return TRAINER_TAG in cell.get("metadata", {}).get("tags", [])


def is_for_the_wall(cell: Mapping[str, Any]) -> bool:
    """True if a cell for trainers shows its output on the hall's screen, but not on the site.

    Examples: a case or quiz that the trainer plays with the hall, a poll, the division into groups.
    """
    return is_for_trainers(cell) and WALL_TAG in cell["metadata"]["tags"]


def is_for_the_phone(cell: Mapping[str, Any]) -> bool:
    """True if a cell appears only on the lesson's page, not in the hall."""
    return PHONE_TAG in cell.get("metadata", {}).get("tags", [])


def calls_in(code: str, function: str) -> Iterator[str]:
    """Yield the first argument of each call of `function` in Python code, if it is a string.

    Nothing is yielded for code that cannot be parsed.
    """
    for call in _calls_of(code, function):
        first = call.args[0] if call.args else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


def _calls_of(code: str, function: str) -> Iterator[ast.Call]:
    try:
        tree = ast.parse(code)
    # An author may be in the middle of a line; the notebook's own run says what is wrong with it.
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == function
        ):
            yield node


def quizzes_played_in(code: str) -> Iterator[str]:
    """Yield the ids of practice quizzes that the trainer plays with the hall by running a cell.

    Such a cell contains `tampilkan("latihan-…")` or `kasus("…").main()`.
    """
    yield from calls_in(code, "tampilkan")
    for name in calls_in(code, "kasus"):
        yield f"kasus-{name.removeprefix('kasus-')}"


def hands_asked_in(code: str) -> tuple[str, ...]:
    """Return the question, then the choices, of the first poll in the code.

    In a poll learners raise their hands. It is a call such as `jajak("…", ["…", "…"])`. The result
    is empty if there is no poll, or if question and choices are not written as literals.
    """
    for call in _calls_of(code, "jajak"):
        try:
            question, choices = map(ast.literal_eval, call.args)
        except ValueError:
            return ()
        return (str(question), *map(str, choices)) if isinstance(choices, list | tuple) else ()
    return ()


def read_lesson(path: FilePath, shown_as: str) -> tuple[Lesson | None, list[Problem]]:
    """Read one notebook; return the lesson with all problems of the file.

    If the file is no notebook, there is None instead of the lesson. `shown_as` is the name of the
    file in messages.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        text = ""
    notebook = read_plain(text) or _read_with_library(text)
    if notebook is None:
        return None, [
            problem_on(
                shown_as,
                1,
                "notebook ini rusak atau bukan notebook",
                "buka dan simpan ulang dengan JupyterLab",
            )
        ]
    lines = tuple(text.splitlines())
    minutes, objectives, session = _declared(notebook)
    lesson = Lesson(path, shown_as, _title(notebook), minutes, objectives, notebook, lines, session)
    return lesson, list(_rules(lesson))


def _read_with_library(text: str) -> Notebook | None:
    nbformat = notebook_library()
    try:
        with warnings.catch_warnings():
            # A cell without an id gets one; nobody needs to hear of it in English.
            warnings.simplefilter("ignore", nbformat.warnings.MissingIDFieldWarning)
            notebook = nbformat.reads(text, as_version=4)
        nbformat.validate(notebook)
    except (
        ValueError,
        KeyError,
        AttributeError,
        TypeError,
        RecursionError,
        nbformat.ValidationError,
    ):
        return None
    return _plain(notebook)  # type: ignore[no-any-return]


def _plain(part: Any) -> Any:
    """Return a notebook, or a part of it, as plain lists and dicts.

    So a lesson can later be loaded from the cache without the library `nbformat`.
    """
    if isinstance(part, dict):
        return {name: _plain(value) for name, value in part.items()}
    return [_plain(value) for value in part] if isinstance(part, list) else part


def _declared(notebook: Notebook) -> tuple[int, tuple[str, ...], str]:
    written = notebook["metadata"].get("psm")
    declared = written if isinstance(written, dict) else {}
    minutes, objectives = declared.get("minutes"), declared.get("objectives")
    return (
        # `True` is an int to Python, and no number of minutes.
        minutes if type(minutes) is int else 0,
        tuple(str(name) for name in objectives) if isinstance(objectives, list) else (),
        str(declared.get("session", "")),
    )


def _title(notebook: Notebook) -> str:
    first = notebook["cells"][0] if notebook["cells"] else {"cell_type": "", "source": ""}
    found = _HEADING.match(first["source"]) if first["cell_type"] == "markdown" else None
    return found.group(1).strip() if found else ""


def _rules(lesson: Lesson) -> Iterator[Problem]:
    if not lesson.title:
        yield problem_on(
            lesson.file,
            1,
            "sel pertama bukan judul",
            'awali notebook dengan sel Markdown "# Judul"',
        )
    if lesson.minutes < 1:
        yield problem_on(
            lesson.file,
            1,
            "lama pelajaran belum ditulis",
            'isi metadata notebook: "psm": {"minutes": 40, "objectives": […]}',
        )
    if not lesson.objectives and not lesson.session:
        yield problem_on(
            lesson.file,
            1,
            "tujuan belajar belum ditulis",
            'isi metadata notebook: "psm": {"minutes": 40, "objectives": […]}',
        )
    if not _are_cuts(lesson.notebook["metadata"].get("psm")):
        hint = (
            'tulis di metadata notebook: "psm": {…, "cut": [{"title": "Renungan berpasangan",'
            ' "minutes": 4}]}'
        )
        yield problem_on(
            lesson.file, 1, 'yang boleh dipotong ("cut") belum berupa daftar judul dan menit', hint
        )
    yield from _saved_outputs(lesson)


def _are_cuts(declared: Any) -> bool:
    written = declared.get("cut", []) if isinstance(declared, dict) else []
    return isinstance(written, list) and all(
        isinstance(each, dict)
        and isinstance(each.get("title"), str)
        and type(each.get("minutes")) is int
        for each in written
    )


def _saved_outputs(lesson: Lesson) -> Iterator[Problem]:
    """Warn of saved outputs.

    They are no error, because JupyterLab saves outputs by itself, and the site runs every lesson
    again.
    """
    hint = 'pilih "Clear Outputs of All Cells", lalu simpan'
    if _WIDGETS in lesson.notebook["metadata"]:
        yield problem_on(lesson.file, 1, "notebook ini menyimpan keadaan widget", hint, "warning")
    for cell in lesson.notebook["cells"]:
        if cell["cell_type"] == "code" and (cell.get("outputs") or cell.get("execution_count")):
            name = shorten(str(cell.get("id", "")))
            yield problem_on(
                lesson.file,
                lesson.line_of(cell),
                f'sel "{name}" menyimpan keluaran',
                hint,
                "warning",
            )
