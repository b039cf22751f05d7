"""Draws `house.svg` and `data.svg` from the code. `make reference` runs it.

Nothing of the running system needs it, so it stands beside what it makes and not in the package.
The words in the pictures are those of the docstrings, the fields those of the classes and tables;
only the floors and the order of the steps are said here. What does not fit the code any more (a
room without a floor, an import upward, a class that went) ends the program with the reason.
`tests/test_docs.py` runs it.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from html import escape
from importlib import import_module
from pathlib import Path
from textwrap import wrap
from typing import Any

import psm_course
from psm_course.content.quiz_files.reading import read_quiz
from psm_course.grading.grade import compile_scoring
from psm_course.store import schema

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PACKAGE = Path(psm_course.__file__).parent
SUBJECTS = ("people", "attendance", "answers", "completion", "certificates", "accounts", "reports")
# From the top of the house down. Rooms of one floor may use each other; nothing uses a floor above
# its own.
FLOORS = (
    (
        "What people touch: read input, call one use-case, show the result",
        "site slides starting upload trainer api cli web",
    ),
    ("The office's use-cases: refuse early, one transaction, one event", "registrar"),
    ("The register: the only SQL", "store"),
    (
        "Pure: values in, values out; the time and seeds are arguments",
        "checking simulate analysis interchange grading forms credentials printing",
    ),
    ("What files hold and what the office judges by, as values", "content domain items"),
    ("What everybody may use", "authoring box settings errors local_time"),
)
INK, QUIET, LINE = "#1d2b28", "#5d6b68", "#b8c4c0"
GROUND, EMPTY = "#eef5f2", "#dfe8e5"
MONO = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"
SANS = "system-ui, 'DejaVu Sans', 'Segoe UI', Arial, sans-serif"


# ---- drawing -------------------------------------------------------------------------------------


@dataclass
class Picture:
    """An SVG that grows downward. `write` breaks text by a careful guess at its width, so that no typeface makes it overlap."""

    title: str
    width: int
    parts: list[str] = field(default_factory=list)

    def box(
        self, x: float, y: float, width: float, height: float, fill: str, line: str = LINE
    ) -> None:
        self.parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="5" fill="{fill}"'
            f' stroke="{line}"/>'
        )

    def write(
        self, x: float, y: float, text: str, size: float = 13, kind: str = "", middle: bool = False
    ) -> None:
        anchor = ' text-anchor="middle"' if middle else ""
        self.parts.append(
            f'<text x="{x:g}" y="{y:g}" font-size="{size:g}"'
            f' class="{kind}"{anchor}>{escape(text)}</text>'
        )

    def arrow(self, *points: tuple[float, float]) -> None:
        path = " ".join(f"{x:g},{y:g}" for x, y in points)
        self.parts.append(
            f'<polyline points="{path}" fill="none" stroke="{QUIET}" stroke-width="1.6"'
            ' marker-end="url(#tip)"/>'
        )

    def svg(self, height: float) -> str:
        style = f"text{{font-family:{SANS};fill:{INK}}}.m{{font-family:{MONO}}}.q{{fill:{QUIET}}}.b{{font-weight:700}}"
        size = 'viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"'
        tip = f'<marker id="tip" {size}><path d="M0 0L8 4L0 8z" fill="{QUIET}"/></marker>'
        view = f'viewBox="0 0 {self.width} {height:g}" role="img" aria-label="{escape(self.title)}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {view}>'
        ground = f'<rect width="{self.width}" height="{height:g}" fill="#fff"/>'
        return (
            "\n".join(
                [head, f"<style>{style}</style><defs>{tip}</defs>", ground, *self.parts, "</svg>"]
            )
            + "\n"
        )


def broken(text: str, width: float, size: float, mono: bool = False) -> list[str]:
    """The text in lines that fit a width in pixels."""
    letters = int(width / (size * (0.61 if mono else 0.56)))
    return wrap(text, letters, break_long_words=True, break_on_hyphens=False) or [""]


# ---- the house -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Room:
    """A part of the package: the first sentence of its docstring, its own folders and files, and the rooms it uses."""

    name: str
    sentence: str
    folders: tuple[str, ...]
    files: tuple[str, ...]
    uses: frozenset[str]

    @property
    def subjects(self) -> tuple[str, ...]:
        return tuple(each for each in SUBJECTS if each in self.folders or each in self.files)


def rooms() -> dict[str, Room]:
    found = [
        path
        for path in PACKAGE.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    ]
    names = sorted(path.stem for path in found if path.name not in ("__init__.py", "__main__.py"))
    return {name: room(name, names) for name in names}


def room(name: str, names: Sequence[str]) -> Room:
    folder = PACKAGE / name
    sources = sorted(folder.rglob("*.py")) or [folder.with_suffix(".py")]
    first = folder / "__init__.py" if folder.is_dir() else sources[0]
    told = ast.get_docstring(ast.parse(first.read_text(encoding="utf-8"))) or sys.exit(
        f"{name}: no docstring says what it is"
    )
    folders = folders_in(folder)
    uses = {part for path in sources for part in used_parts(path) if part in names and part != name}
    return Room(
        name,
        re.split(r"(?<=[.])\s", told.replace("`", ""))[0].rstrip("."),
        folders,
        stems(folder),
        frozenset(uses),
    )


def is_ours(path: Path) -> bool:
    """A file of the project: what Python leaves behind does not make a folder."""
    return path.is_file() and "__pycache__" not in path.parts


def folders_in(folder: Path) -> tuple[str, ...]:
    return tuple(
        sorted(
            {path.relative_to(folder).parts[0] for path in folder.glob("*/**/*") if is_ours(path)}
        )
    )


def stems(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in folder.glob("*.py") if path.name != "__init__.py"))


def used_parts(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("psm_course"):
            for name in node.names:
                yield f"{node.module}.{name.name}".split(".")[1]


def check_floors(found: dict[str, Room]) -> None:
    level = {name: depth for depth, (_, names) in enumerate(FLOORS) for name in names.split()}
    if set(level) != set(found):
        sys.exit(
            f"FLOORS in {Path(__file__).name} and the rooms differ:"
            f" {sorted(set(level) ^ set(found))}"
        )
    upward = [
        f"{room.name} uses {used}"
        for room in found.values()
        for used in room.uses
        if level[used] < level[room.name]
    ]
    if upward:
        sys.exit(f"upward, against FLOORS: {'; '.join(sorted(upward))}")


def house() -> str:
    found = rooms()
    check_floors(found)
    picture = Picture(
        "The house: rooms of psm_course by floor, with the same subjects on every floor", 1280
    )
    picture.write(24, 36, "The house: psm_course", 22, "b")
    picture.write(
        24,
        58,
        "A room uses rooms below it or beside it, never above. A subject has one name on every"
        " floor.",
        13,
        "q",
    )
    y = 74.0
    for floor, names in FLOORS:
        y = draw_floor(picture, y, floor, [found[name] for name in names.split()])
    return picture.svg(y + 6)


def draw_floor(picture: Picture, y: float, floor: str, inside: Sequence[Room]) -> float:
    picture.write(24, y + 20, floor, 14, "b")
    y += 30
    plain = [room for room in inside if len(room.subjects) < 4]
    for start in range(0, len(plain), 4):
        y = draw_plain(picture, y, plain[start : start + 4])
    cut = [room for room in inside if room not in plain]
    for room in cut:
        y = draw_cut(picture, y, room)
    return y + 8


def draw_plain(picture: Picture, y: float, row: Sequence[Room]) -> float:
    """Rooms side by side, as high as the fullest of them."""
    width = (1232 - 12 * (len(row) - 1)) / len(row)
    texts = [list(plain_lines(room, width - 20)) for room in row]
    height = max(sum(step for _, _, _, step in lines) for lines in texts) + 12
    for index, lines in enumerate(texts):
        x, at = 24 + index * (width + 12), y
        picture.box(x, y, width, height, GROUND)
        for text, size, kind, step in lines:
            at += step
            picture.write(x + 10, at, text, size, kind)
    return y + height + 10


def plain_lines(room: Room, width: float) -> Iterator[tuple[str, float, str, float]]:
    """Text, size, class and the way down to it."""
    yield room.name, 16, "m b", 21
    yield from ((line, 12.5, "", 17) for line in broken(room.sentence, width, 12.5))
    inside = [*(in_short(PACKAGE / room.name / each) for each in room.folders), *room.files]
    yield from (
        (line, 11, "m q", 15) for line in broken(", ".join(inside), width, 11, mono=True) if inside
    )
    if room.uses:
        yield from (
            (line, 11.5, "q", 16)
            for line in broken(f"uses {', '.join(sorted(room.uses))}", width, 11.5)
        )


def in_short(folder: Path) -> str:
    """A folder; one that holds scripts with the folders in it, since those are rooms too."""
    below = sorted({path.parent.name for path in folder.glob("*/*.js")})
    return f"{folder.name}/ ({', '.join(below)})" if below else f"{folder.name}/"


def draw_cut(picture: Picture, y: float, room: Room) -> float:
    """A room cut by subject: what it is on the left, a cell for each subject, and what stands beside the subjects on the right."""
    label, cell, gap = 204, 117, 4
    rest = 1232 - label - len(SUBJECTS) * (cell + gap)
    left = list(plain_lines(Room(room.name, room.sentence, (), (), room.uses), label - 18))
    cells = [
        broken(", ".join(cell_of(room, subject)), cell - 10, 10.5, mono=True)
        for subject in SUBJECTS
    ]
    others = [
        *(f"{each}/" for each in room.folders if each not in SUBJECTS),
        *(each for each in room.files if each not in SUBJECTS),
    ]
    beside = broken(", ".join(others), rest - 14, 10.5, mono=True)
    height = max(sum(step for *_, step in left) + 10, 30 + 14 * max(map(len, [*cells, beside])))
    picture.box(24, y, 1232, height, GROUND)
    at = y
    for text, size, kind, step in left:
        at += step
        picture.write(34, at, text, size, kind)
    for index, (subject, lines) in enumerate(
        zip((*SUBJECTS, "beside them"), (*cells, beside), strict=True)
    ):
        x = 24 + label + index * (cell + gap)
        is_last = index == len(SUBJECTS)
        is_there = subject in room.subjects or is_last
        fill, line = ("#fff", LINE) if is_there else (GROUND, EMPTY)
        picture.box(x, y + 4, rest - gap if is_last else cell, height - 8, fill, line)
        picture.write(x + 5, y + 18, subject if is_there else "", 11.5, "b")
        for number, line in enumerate(lines if is_there else ()):
            picture.write(x + 5, y + 33 + 14 * number, line, 10.5, "m q")
    return y + height + 10


def cell_of(room: Room, subject: str) -> tuple[str, ...]:
    """Folders and files of a subject in a room; a subject may also be one file."""
    place = PACKAGE / room.name / subject
    return (*(f"{each}/" for each in folders_in(place)), *stems(place)) or (f"{subject}.py",) * (
        subject in room.files
    )


# ---- the data's road -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """A thing on the road: its name, one sentence, where it is declared, the names it holds, and what happens on the way to it."""

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
    """Where a thing is declared, and its fields: a class of the public API by name, another as `room/file.py: Class`, or `table name`."""
    if where.startswith("table "):
        return where, [
            column.name for column in schema.metadata.tables[where.removeprefix("table ")].columns
        ]
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
    """The road with the names that the code has for what each thing holds; two of them are made from one of our quizzes."""
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


def data() -> str:
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


MADE = {"house.svg": house, "data.svg": data}

if __name__ == "__main__":
    for name, make in MADE.items():
        (HERE / name).write_text(make(), encoding="utf-8")
        sys.stdout.write(f"{(HERE / name).relative_to(ROOT)}\n")
