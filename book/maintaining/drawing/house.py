"""The house: the rooms of `psm_course` by floor, and the rooms that each uses.

Only the floors and the subjects are said here; the sentences are those of the docstrings.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from drawing.picture import EMPTY, GROUND, LINE, Picture, broken

import psm_course

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


@dataclass(frozen=True)
class Room:
    """A part of the package.

    `sentence` is the first of its docstring; `folders` and `files` are its own; `uses` names rooms.
    """

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
    sentence = re.split(r"(?<=[.])\s", told.replace("`", ""))[0].rstrip(".")
    return Room(name, sentence, folders, stems(folder), frozenset(uses))


def is_ours(path: Path) -> bool:
    """A file of the project: what Python leaves behind does not make a folder."""
    return path.is_file() and "__pycache__" not in path.parts


def folders_in(folder: Path) -> tuple[str, ...]:
    ours = (path for path in folder.glob("*/**/*") if is_ours(path))
    return tuple(sorted({path.relative_to(folder).parts[0] for path in ours}))


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
    """A room cut by subject.

    On the left its sentence, then a cell for each subject, on the right what stands beside them.
    """
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
