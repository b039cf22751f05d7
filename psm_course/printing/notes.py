"""Trainers' notes to hold in the hall: each lesson begins on a new page, its steps in order."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from psm_course.printing.typesetting import Template


@dataclass(frozen=True, slots=True)
class NotedStep:
    """One step of a lesson: its heading and its notes. Many steps have no notes.

    A note is a sequence of parts. Each part is a mapping: its `kind` (such as `paragraph`, `table`,
    `strong`), and either its `text`, or in `inside` the smaller parts of which it consists.
    """

    title: str
    notes: tuple[Sequence[Mapping[str, Any]], ...] = ()


@dataclass(frozen=True, slots=True)
class NotedLesson:
    """A lesson with the notes of its steps.

    `place` says where in the course the lesson is, `module` is the title of its module. `cuts` are
    the parts that may be left out, each with the minutes it saves, first choice first. `opening` is
    the step with the lesson's title.
    """

    module: str
    place: str
    title: str
    minutes: int
    cuts: tuple[tuple[str, int], ...]
    opening: NotedStep
    steps: tuple[NotedStep, ...]


@dataclass(frozen=True, slots=True)
class NotesHeading:
    """The heading of all pages: the course, its organiser, its version, and the day of printing."""

    course: str
    organiser: str
    version: str
    as_of: date


def render_notes(heading: NotesHeading, lessons: Sequence[NotedLesson]) -> bytes:
    """Return a PDF with the notes of these lessons; the same notes give the same bytes.

    Raises:
        Unprintable: the text has a letter that our font does not have.
        Refused: the printing process stopped.
    """
    facts = {
        "title": f"Catatan pelatih {heading.course}",
        "author": heading.organiser,
        "version": heading.version,
        "as_of": heading.as_of,
        "lessons": [asdict(lesson) for lesson in lessons],
    }
    return Template("notes").print(facts, heading.as_of)
