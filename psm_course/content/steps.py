"""The steps of a lesson: what is said and shown in one go. Reader, slides and projector are all cut here.

A step begins at each second- or third-level heading and at each `kuis("…")`. What stands before the first heading, with the lesson's
title, is the opening step. What is written for trainers is kept apart, in the step in which it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from psm_course.content.lessons import Notebook, calls_in, is_for_the_wall, is_for_trainers
from psm_course.content.review import without_marks

SOURCES = "Sumber"  # the step in which a lesson says where it has its knowledge from
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3}


@dataclass(frozen=True, slots=True)
class Part:
    """A code cell, or the piece of a Markdown cell that belongs to one step, without its heading.

    `cell` is the cell's id; `shows` is false for cells that neither text nor output of is shown to anybody (`remove-cell`).
    `outputs` are as the notebook holds them: empty where it was not run.
    """

    cell: str
    kind: Literal["markdown", "code"]
    source: str
    shows: bool = True
    outputs: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `level` is that of its heading: 1 for the opening; 0 for a quiz, which has the title of the step before it.

    `cell` is the id of the cell in which it begins, `quiz` the id of the quiz with which it begins, `notes` the trainers' Markdown,
    `played` the code of what they play with the hall.
    """

    title: str
    level: int
    cell: str
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()
    played: tuple[str, ...] = ()
    quiz: str | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """What the room reads or hears: paragraphs, list items and table cells, without the title and without outputs of code."""
        return tuple(text for part in self.parts if part.kind == "markdown" for text in _texts(part.source))


def steps_of(notebook: Notebook) -> tuple[Step, ...]:
    """The steps of a lesson's notebook, run or not, in order. Every cell is in one step; one cell may be in several."""
    steps: list[Step] = []
    for begins, part, told in _pieces(notebook):
        if begins is not None or not steps:
            steps.append(begins or Step("", 1, part.cell))
            if begins is not None and begins.quiz is not None and len(steps) > 1:
                steps[-1] = replace(begins, title=steps[-2].title)
        last = steps[-1]
        steps[-1] = _with_told(last, part.kind, told) if told else replace(last, parts=(*last.parts, part))
    return tuple(replace(step, parts=tuple(part for part in step.parts if part.kind == "code" or part.source)) for step in steps)


def _with_told(step: Step, kind: str, told: str) -> Step:
    return replace(step, played=(*step.played, told)) if kind == "code" else replace(step, notes=(*step.notes, told))


def _pieces(notebook: Notebook) -> Iterator[tuple[Step | None, Part, str]]:
    """Each piece of a cell, with the step that begins with it (None: it goes on) and the text or code it has for trainers."""
    for cell in notebook["cells"]:
        name, source = str(cell.get("id", "")), cell["source"]
        if is_for_the_wall(cell) and cell["cell_type"] == "code":
            yield None, Part(name, "code", ""), source
        elif is_for_trainers(cell):
            yield None, Part(name, "markdown", ""), source if cell["cell_type"] == "markdown" else ""
        elif cell["cell_type"] == "markdown":
            for begins, text in _cut(without_marks(source), name):
                yield begins, Part(name, "markdown", text), ""
        elif cell["cell_type"] == "code":
            quiz = next(calls_in(source, "kuis"), None)
            shows = "remove-cell" not in cell["metadata"].get("tags", [])
            part = Part(name, "code", source, shows, tuple(cell.get("outputs", ())))
            yield (None if quiz is None else Step("", 0, name, quiz=quiz)), part, ""


def _cut(source: str, cell: str) -> Iterator[tuple[Step | None, str]]:
    """A Markdown cell cut at its headings, each with the text below it."""
    lines, tokens = source.splitlines(), _markdown().parse(source)
    begins, start = None, 0
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and opening.level == 0 and opening.tag in _HEADINGS and opening.map:
            above = "\n".join(lines[start : opening.map[0]]).strip()
            if above or begins:
                yield begins, above
            begins, start = Step(_plain(inline), _HEADINGS[opening.tag], cell), opening.map[1]
    yield begins, "\n".join(lines[start:]).strip()


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def _texts(source: str) -> Iterator[str]:
    return (_plain(token) for token in _markdown().parse(source) if token.type == "inline")


def _plain(inline: Token) -> str:
    """The words of a line as they are read: without marks, addresses, and the descriptions of pictures."""
    breaks = {"softbreak": " ", "hardbreak": " "}
    return "".join(
        breaks.get(token.type, token.content)
        for token in inline.children or ()
        if token.type in ("text", "code_inline", "softbreak", "hardbreak")
    )
