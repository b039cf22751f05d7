"""The road of the data, from an author's quiz file to a verified certificate.

Only the order of the steps is said here; the fields are those of the classes and tables.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from drawing.picture import Picture, broken

import psm_course
from psm_course.content.quiz_files.reading import read_quiz
from psm_course.grading.grade import compile_scoring
from psm_course.store import schema

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Step:
    """A thing on the road.

    `where` it is declared; `holds`: the names in it; `way`: what happens on the way to it.
    """

    place: str
    way: str
    name: str
    sentence: str
    where: str
    holds: Sequence[str]


PLACES = {
    "author": ("the author's files", "#fdf3dd"),
    "phone": ("the site and the phone", "#e4eefb"),
    "register": ("the register", "#e6f4ea"),
    "public": ("printed and published", "#f3eaf7"),
}
# Place, what happens on the way here, name, sentence, where it is declared.
ROAD = (
    (
        "author",
        "",
        "Quiz file",
        "YAML; every scalar is text, the field decides",
        "content/quiz.py: QuizFile",
    ),
    (
        "register",
        "compile",
        "Scoring data",
        "Plain data per item, here of a choice; Python and the page execute it",
        "Scoring",
    ),
    (
        "phone",
        "leave the key out",
        "Public view",
        "All that a page may know; of a test no key",
        "View",
    ),
    (
        "phone",
        "sit, hand in",
        "Submission",
        "The raw answers of one sitting, as JSON",
        "grading/submission.py: Submission",
    ),
    (
        "register",
        "take in: count or hold",
        "Submission, kept",
        "Never turned away, never changed; what is held waits",
        "table submission",
    ),
    (
        "register",
        "number",
        "Attempt",
        "A submission that counts, of one enrolment",
        "table attempt",
    ),
    (
        "register",
        "grade, regrade",
        "Outcome",
        "A verdict on an attempt; the latest counts",
        "Outcome",
    ),
    ("register", "gather", "Facts", "All that is known of one learner", "Facts"),
    (
        "register",
        "judge by adopted rules",
        "Completion",
        "A judgement with reasons for each requirement",
        "Judgement",
    ),
    (
        "register",
        "issue: number, freeze",
        "Record",
        "What is printed; superseded or revoked, never changed",
        "domain/register.py: CompletionRecord",
    ),
    (
        "public",
        "sign, print, publish",
        "Published",
        "Beside PDF, credential and QR: the signed lists",
        "credentials/verification/published.py: Published",
    ),
    ("public", "verify", "Verdict", "What anybody is told, offline too", "Verdict"),
)


def declared(where: str) -> tuple[str, Sequence[str]]:
    """Where a thing is declared, and its fields.

    A class of the public API is given by name, another as `room/file.py: Class`, a table as
    `table name`.
    """
    if where.startswith("table "):
        table = schema.metadata.tables[where.removeprefix("table ")]
        return where, [column.name for column in table.columns]
    file, _, name = where.rpartition(": ")
    module = (
        import_module("psm_course." + file.removesuffix(".py").replace("/", "."))
        if file
        else psm_course
    )
    found = getattr(module, name)
    place = found.__module__.removeprefix("psm_course.").replace(".", "/")
    return f"{place}.py: {name}", _fields_of(found)


def _fields_of(found: Any) -> list[str]:
    """Of a dataclass, a named tuple or a pydantic model."""
    if is_dataclass(found):
        return [each.name for each in fields(found)]
    return list(getattr(found, "_fields", None) or found.model_fields)


def steps() -> Iterator[Step]:
    """The road with the names that the code has for what each thing holds.

    Two of them are made from one of our quizzes.
    """
    quiz = read_quiz(ROOT / "quizzes/latihan-peran-1.yml").quiz or sys.exit(
        "latihan-peran-1 cannot be read"
    )
    made: dict[str, tuple[str, Sequence[str]]] = {
        "Scoring": (
            "grading/grade.py: compile_scoring",
            [*next(iter(compile_scoring(quiz).values()))],
        ),
        "View": (
            "content/quiz.py: Quiz.public_view",
            [key for key in quiz.public_view() if key != "scoring"],
        ),
    }
    for place, way, name, told, where in ROAD:
        yield Step(place, way, name, told, *(made.get(where) or declared(where)))


def data_road() -> str:
    picture = Picture(
        "The road of the data, from an author's quiz file to a verified certificate", 1240
    )
    picture.write(24, 36, "The road of the data", 22, "b")
    picture.write(
        24,
        58,
        "From an author's quiz file to a verified certificate. In small type: the names in the"
        " code.",
        13,
        "q",
    )
    for index, (words, fill) in enumerate(PLACES.values()):
        picture.box(24 + index * 200, 72, 16, 16, fill)
        picture.write(46 + index * 200, 85, words, 12.5)
    road, y = list(steps()), 106.0
    for start in range(0, len(road), 3):
        if start:
            y = draw_turn(picture, y, road[start].way)
        y = draw_row(picture, y, road[start : start + 3])
    return picture.svg(y + 14)


BOX, GAP = 318, 119


def draw_turn(picture: Picture, y: float, way: str) -> float:
    """The arrow from the end of a row to the beginning of the next."""
    end, start, turn = 24 + 2 * (BOX + GAP) + BOX / 2, 24 + BOX / 2, y + 26
    picture.arrow((end, y + 3), (end, turn), (start, turn), (start, turn + 16))
    picture.write((end + start) / 2, turn - 7, way, 12, "", middle=True)
    return turn + 20


def draw_row(picture: Picture, y: float, row: Sequence[Step]) -> float:
    width, gap = BOX, GAP
    texts = [list(step_lines(step, width - 22)) for step in row]
    height = max(sum(way for *_, way in lines) for lines in texts) + 14
    for index, (step, lines) in enumerate(zip(row, texts, strict=True)):
        x, at = 24 + index * (width + gap), y
        picture.box(x, y, width, height, PLACES[step.place][1])
        for text, size, kind, way in lines:
            at += way
            picture.write(x + 11, at, text, size, kind)
        if index:
            picture.arrow((x - gap + 4, y + height / 2), (x - 4, y + height / 2))
            for number, line in enumerate(reversed(broken(step.way, gap - 14, 12))):
                picture.write(
                    x - gap / 2, y + height / 2 - 8 - 15 * number, line, 12, "", middle=True
                )
    return y + height


def step_lines(step: Step, width: float) -> Iterator[tuple[str, float, str, float]]:
    yield step.name, 16, "b", 22
    yield from ((line, 12.5, "", 17) for line in broken(step.sentence, width, 12.5))
    yield from ((line, 11, "m", 16) for line in broken(step.where, width, 11, mono=True))
    yield from (
        (line, 11, "m q", 15)
        for line in broken(", ".join(dict.fromkeys(step.holds)), width, 11, mono=True)
    )
