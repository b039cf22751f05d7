"""Adds a new module to the files of a course that name all modules.

Each file is changed as text, at the line of the neighbouring module, so comments stay as written.
The new text is then read again. It is used only if it has the old content and the new module; if
not, the author is told what to add by hand.
"""

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from psm_course.authoring.yaml_edit import end_of_block, inserted, reads_as
from psm_course.authoring.yaml_source import Source, Tree
from psm_course.content.contents import CONTENTS_FILE, read_contents
from psm_course.content.course import COURSE_FILE, CourseFolder
from psm_course.content.quiz_files.reading import QuizRead
from psm_course.errors import Refused

_MODULE_PAGE = re.compile(r"modules/([^/]+)/index")
_TESTS = ("pretest", "posttest")


@dataclass(frozen=True)
class NewModule:
    """A module that is about to be made.

    Attributes:
        folder: name of its folder, with the number that sorts it: `05-kesehatan`.
        title: as learners read it.
        hours: length in JP.
    """

    folder: str
    title: str
    hours: int

    @property
    def slug(self) -> str:
        """Name of the folder without the number that sorts it."""
        return re.sub(r"^\d+-", "", self.folder)

    @property
    def objective(self) -> str:
        """Id of the module's first objective."""
        return f"{self.slug}-1"

    @property
    def practice(self) -> str:
        """Id of the module's practice quiz."""
        return f"latihan-{self.slug}-1"

    @property
    def bank(self) -> str:
        """Id of the module's bank of test items."""
        return f"bank-{self.slug}"


def places_of(course: CourseFolder, module: NewModule, lesson: str) -> dict[str, str]:
    """Return the new text of each file that names all modules, by path.

    These are the table of contents, the course file with its sessions and hours, and each test that
    draws from a pool.

    Args:
        course: the course that gets the module.
        module: the new module.
        lesson: name of the module's first lesson, without ending.

    Raises:
        Refused: a file cannot be completed; the message says what to add by hand.
    """
    found = {COURSE_FILE.as_posix(): _with_session(course, module)}
    if (course.root / CONTENTS_FILE).is_file():
        found[CONTENTS_FILE.as_posix()] = _with_pages(course, module, lesson)
    for read in course.quiz_reads:
        if read.header and read.header.use in _TESTS and read.header.pool:
            found[read.source.file] = _with_bank(course, read, module.bank)
    return found


def _with_pages(course: CourseFolder, module: NewModule, lesson: str) -> str:
    source, listed = read_contents(course.root)
    pages = [
        (match[1], each.path[:-1])
        for each in listed
        if (match := _MODULE_PAGE.fullmatch(each.page))
    ]
    what = (
        f"- file: modules/{module.folder}/index, di bawahnya sections: - file:"
        f" modules/{module.folder}/{lesson}"
    )
    if not pages or any(len(path) < 2 for _, path in pages):
        raise _by_hand(source.file, what)
    before = [path for folder, path in pages if folder < module.folder]
    at = before[-1] if before else pages[0][1]
    entry = {
        "file": f"modules/{module.folder}/index",
        "sections": [{"file": f"modules/{module.folder}/{lesson}"}],
    }
    expected = copy.deepcopy(source.tree)
    *within, index = at
    _inside(expected, within).insert(int(index) + bool(before), entry)
    # `column` is that of the first letter behind the dash, counted from 1. Counted from 0, the dash
    # is at `column - 3`.
    line, column = source.positions[at]
    new = [
        f"- file: {entry['file']}",
        "  sections:",
        f"    - file: modules/{module.folder}/{lesson}",
    ]
    lines = _lines(course, source)
    where = end_of_block(lines, line, column - 2) if before else line - 1
    return _verified(source, inserted(lines, where, column - 3, new), expected, what)


def _with_session(course: CourseFolder, module: NewModule) -> str:
    source, sessions = course.source, course.file.sessions
    last = max(
        (index for index, session in enumerate(sessions) if session.module),
        default=len(sessions) - 1,
    )
    taken = {session.id for session in sessions}
    wanted = f"h{sessions[last].day}-{module.slug}"
    identity = next(name for name in _numbered(wanted) if name not in taken)
    session = {"id": identity, "day": str(sessions[last].day), "hours": str(module.hours)}
    session |= {"title": module.title, "module": module.folder}
    what = f"sesi {module.hours} JP dengan module: {module.folder}, dan jumlah hours yang baru"
    expected = copy.deepcopy(source.tree)
    _inside(expected, ("sessions",)).insert(last + 1, session)
    total = str(course.file.hours + module.hours)
    _inside(expected, ())["hours"] = total
    line, column = source.positions["sessions", last]
    lines = _lines(course, source)
    hours_line, hours_column = source.positions[("hours",)]
    written = lines[hours_line - 1]
    # Only up to a space or a #: a comment behind the number stays.
    lines[hours_line - 1] = written[: hours_column - 1] + re.sub(
        r"^[^\s#]+", total, written[hours_column - 1 :]
    )
    title = module.title.replace("\\", "\\\\").replace('"', '\\"')
    new = [
        f"- id: {identity}",
        f"  day: {session['day']}",
        f"  hours: {module.hours}",
        f'  title: "{title}"',
        f"  module: {module.folder}",
    ]
    return _verified(
        source,
        inserted(lines, end_of_block(lines, line, column - 2), column - 3, new),
        expected,
        what,
    )


def _with_bank(course: CourseFolder, read: QuizRead, bank: str) -> str:
    source, lines = read.source, _lines(course, read.source)
    expected = copy.deepcopy(source.tree)
    pool = _inside(expected, ())["pool"]
    names = [*pool, bank] if isinstance(pool, list) else [pool, bank]
    _inside(expected, ())["pool"] = names
    line, column = (
        source.positions["pool", len(names) - 2]
        if isinstance(pool, list)
        else source.positions[("pool",)]
    )
    written = lines[line - 1]
    end = column - 1 + len(re.split(r"[\s,\]#]", written[column - 1 :], maxsplit=1)[0])
    if isinstance(pool, list) and written[: column - 1].strip() == "-":
        lines.insert(line, f"{written[: column - 1]}{bank}")
    elif isinstance(pool, list):
        lines[line - 1] = f"{written[:end]}, {bank}{written[end:]}"
    else:
        lines[line - 1] = (
            f"{written[: column - 1]}[{written[column - 1 : end]}, {bank}]{written[end:]}"
        )
    return _verified(source, lines, expected, f"{bank} di pool")


def _numbered(name: str) -> Iterator[str]:
    yield name
    for number in range(2, 100):
        yield f"{name}-{number}"


def _lines(course: CourseFolder, source: Source) -> list[str]:
    # -sig: `source.positions` do not count a byte order mark.
    return (course.root / source.file).read_text(encoding="utf-8-sig").split("\n")


def _inside(tree: Any, path: Sequence[str | int]) -> Any:
    for part in path:
        tree = tree[part]
    return tree


def _verified(source: Source, lines: list[str], expected: Tree | None, what: str) -> str:
    text = "\n".join(lines)
    if not reads_as(text, source.file, expected):
        raise _by_hand(source.file, what)
    return text


def _by_hand(file: str, what: str) -> Refused:
    return Refused(
        f"{file} ditulis dengan cara yang tidak dapat dilengkapi sendiri. Belum ada yang dibuat."
        f" Tambahkan dahulu: {what}."
    )
