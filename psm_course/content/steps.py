"""Cuts a lesson into steps, parts that are told and shown in one go.

`psm check`, the slides, the projector and the phone all cut lessons with this module.

A step begins at each second- or third-level heading, at each `kuis("…")`, and at each cell that the
trainer plays with the hall. A step also begins after such a quiz or such a cell. The text before
the first heading, with the lesson's title, is the opening step.

Three parts are no steps of their own. The list of sources belongs to the step above it: the trainer
reads it in the notes of that step. A few words that lead to a quiz are shown above that quiz. A
quiz for the phone that the trainer plays with the hall stays in the step around it. Cells for
trainers are kept separately, in their step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from psm_course.content.lessons import (
    PHONE_TAG,
    SOURCES,
    Notebook,
    calls_in,
    hands_asked_in,
    is_for_the_phone,
    is_for_the_wall,
    is_for_trainers,
    quizzes_played_in,
)
from psm_course.content.review import without_marks

LEAD = 30  # words: what says no more than this before a quiz has no screen of its own
_HANDS, _TOGETHER, _AFTERWARDS = "Angkat tangan", "Bersama di layar", "Sesudahnya"
_QUIZ = ": kuis"
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3}
_PLAIN = {"paragraph_open", "inline", "paragraph_close"}
_Role = Literal["parts", "notes", "sources"]


@dataclass(frozen=True, slots=True)
class Part:
    """A code cell, or the piece of a Markdown cell that belongs to one step, without its heading.

    Attributes:
        cell: the cell's id.
        kind: the kind of cell.
        source: the code, or the Markdown text.
        shows: False if the hall does not see the cell (`remove-cell`, `ponsel`).
        outputs: the outputs as in the notebook; empty if the cell was not run.
        is_played: True if the trainer plays the cell's quiz with the hall. The hall then sees only
            the name of the quiz, which is on the phone.
    """

    cell: str
    kind: Literal["markdown", "code"]
    source: str
    shows: bool = True
    outputs: tuple[dict[str, Any], ...] = ()
    is_played: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a part of a lesson that is told and shown in one go.

    Attributes:
        title: the heading of the step, or another name if the step has no heading.
        level: level of the heading: 1 for the opening, 2 or 3; 0 if the step has no heading.
        cell: id of the step's first cell.
        parts: the content in order.
        notes: Markdown for trainers.
        sources: the lesson's sources, if they follow this step.
        lead: a few words that stand above the quiz, or above the cell that is played.
        quiz: id of the quiz that the step shows; None if it shows none.
        played: code of the cell that the trainer plays with the hall; empty if there is none.
    """

    title: str
    level: int
    cell: str
    parts: tuple[Part, ...] = ()
    notes: tuple[Part, ...] = ()
    sources: tuple[Part, ...] = ()
    lead: tuple[Part, ...] = ()
    quiz: str | None = None
    played: str = ""

    @property
    def is_worked(self) -> bool:
        """True if the class does something in this step, for example answers a quiz."""
        return bool(self.quiz or self.played)

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts that people in the room read or hear, without title and outputs.

        The texts are paragraphs, list items and table cells.
        """
        shown = (
            part for part in (*self.lead, *self.parts) if part.kind == "markdown" and part.shows
        )
        return tuple(text for part in shown for text in _texts(part.source))


def steps_of(notebook: Notebook) -> tuple[Step, ...]:
    """Return the steps of a lesson's notebook, in order.

    The notebook may have outputs or not. A cell may belong to several steps.
    """
    steps: list[Step] = []
    for begins, part, role in _with_sources_apart(_pieces(notebook)):
        if begins is not None or not steps or (role == "parts" and _is_afterwards(steps[-1], part)):
            steps.append(
                _titled(
                    begins or Step(_AFTERWARDS if steps else "", 0 if steps else 1, part.cell),
                    steps,
                )
            )
        if _holds(part):
            steps[-1] = _with(steps[-1], part, role)
    return tuple(_led(steps))


def steps_on_the_phone(notebook: Notebook) -> tuple[Step, ...]:
    """Return the steps of a lesson's page on the phone, without cells for trainers."""
    return steps_of(
        {
            **notebook,
            "cells": [
                _on_the_phone(cell) for cell in notebook["cells"] if not is_for_trainers(cell)
            ],
        }
    )


def _on_the_phone(cell: dict[str, Any]) -> dict[str, Any]:
    tags = [tag for tag in cell["metadata"].get("tags", []) if tag != PHONE_TAG]
    return {**cell, "metadata": {**cell["metadata"], "tags": tags}}


def _with(step: Step, part: Part, role: _Role) -> Step:
    match role:
        case "parts":
            return replace(step, parts=(*step.parts, part))
        case "notes":
            return replace(step, notes=(*step.notes, part))
        case "sources":
            return replace(step, sources=(*step.sources, part))


def _holds(part: Part) -> bool:
    return part.kind == "code" or bool(part.source)


def _titled(step: Step, before: list[Step]) -> Step:
    """Return the step with a title.

    A step without a title gets the title of the last step in `before`, followed by ": kuis".
    `before` are the steps before this step.
    """
    if step.title or not before:
        return step
    return replace(step, title=before[-1].title.removesuffix(_QUIZ) + _QUIZ)


def _is_afterwards(last: Step, part: Part) -> bool:
    """True if a part begins a new step because the hall has already worked in the step `last`.

    After the hall has answered a quiz or played a case, further text is not shown below it.
    """
    return last.is_worked and part.cell != last.cell and part.shows and _holds(part)


def _led(steps: list[Step]) -> Iterator[Step]:
    """Yield the steps; if a step only leads to a quiz or case, join it with the next step.

    A step leads if it has only a few words (`_only_leads`) and the class does something in the next
    step. Its words become the `lead` of the next step.
    """
    lead: Step | None = None
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        whole = _under(lead, step) if lead else step
        lead = whole if following and following.is_worked and _only_leads(whole) else None
        if lead is None:
            yield whole


def _under(lead: Step, step: Step) -> Step:
    return replace(
        step,
        title=lead.title if lead.level else step.title,
        level=lead.level,
        cell=lead.cell,
        lead=lead.parts,
        notes=(*lead.notes, *step.notes),
    )


def _only_leads(step: Step) -> bool:
    """True if a step has nothing but a few words (at most `LEAD`) in plain paragraphs."""
    shown = [part for part in step.parts if part.shows and not part.is_played]
    return (
        not step.is_worked
        and step.level != 1
        and all(part.kind == "markdown" and _is_plain(part.source) for part in shown)
        and sum(len(text.split()) for text in step.texts) <= LEAD
    )


def _is_plain(source: str) -> bool:
    tokens = _markdown().parse(source)
    # Lists, pictures and tables are worth a screen of their own, however short.
    return all(
        token.type in _PLAIN and not any(child.type == "image" for child in token.children or ())
        for token in tokens
    )


# A piece of a cell: the step that begins with it (None: it goes on), and what it is of its step.
_Piece = tuple[Step | None, Part, _Role]


def _with_sources_apart(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """Yield the pieces of a lesson; mark the pieces of its list of sources.

    A piece is a part of a cell, with its role in the step: "parts" (content), "notes" or "sources".
    The pieces of the list get the role "sources", so the hall does not see them.
    """
    among_sources, has_begun = False, False
    for begins, part, role in pieces:
        if begins is not None:
            # "Sumber" as the very first heading is a lesson about sources, not its list of them.
            among_sources = has_begun and begins.title == SOURCES
        if among_sources and role == "parts" and part.kind == "markdown":
            heading = f"{'#' * begins.level} {begins.title}\n\n" if begins else ""
            yield None, replace(part, source=f"{heading}{part.source}".strip()), "sources"
        else:
            yield begins, part, role
        has_begun = True


def _pieces(notebook: Notebook) -> Iterator[_Piece]:
    # Quizzes that the trainer plays with the hall: their cells for the phone begin no step.
    together = frozenset(
        name
        for cell in notebook["cells"]
        if is_for_the_wall(cell)
        for name in quizzes_played_in(cell["source"])
    )
    for cell in notebook["cells"]:
        name, source, is_text = (
            str(cell.get("id", "")),
            without_marks(cell["source"]),
            cell["cell_type"] == "markdown",
        )
        if is_for_the_wall(cell) and cell["cell_type"] == "code":
            asks = _HANDS if hands_asked_in(source) else _TOGETHER
            yield Step(asks, 0, name, played=source), Part(name, "code", source), "parts"
        elif is_for_trainers(cell):
            yield None, Part(name, "markdown", source if is_text else ""), "notes"
        elif is_text:
            for begins, text in _cut(source, name):
                yield begins, Part(name, "markdown", text, not is_for_the_phone(cell)), "parts"
        elif cell["cell_type"] == "code":
            yield _code(cell, name, together)


def _code(cell: dict[str, Any], name: str, together: Set[str]) -> _Piece:
    quiz = next(calls_in(cell["source"], "kuis"), None)
    shows = "remove-cell" not in cell["metadata"].get("tags", []) and not is_for_the_phone(cell)
    part = Part(
        name,
        "code",
        cell["source"],
        shows,
        tuple(cell.get("outputs", ())),
        is_played=quiz in together,
    )
    begins = (
        None
        if quiz is None or part.is_played or is_for_the_phone(cell)
        else Step("", 0, name, quiz=quiz)
    )
    return begins, part, "parts"


def _cut(source: str, cell: str) -> Iterator[tuple[Step | None, str]]:
    """Yield the parts into which headings cut a Markdown cell.

    Each is a pair: the step that begins at the heading, and the text below the heading. For text
    above the first heading there is None instead of a step.
    """
    lines, tokens = source.splitlines(), _markdown().parse(source)
    begins, start = None, 0
    for opening, inline in pairwise(tokens):
        if (
            opening.type == "heading_open"
            and opening.level == 0
            and opening.tag in _HEADINGS
            and opening.map
        ):
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
    """Return the words of a line as people read them.

    Markdown signs, addresses and descriptions of pictures are left out.
    """
    breaks = {"softbreak": " ", "hardbreak": " "}
    return "".join(
        breaks.get(token.type, token.content)
        for token in inline.children or ()
        if token.type in ("text", "code_inline", "softbreak", "hardbreak")
    )
