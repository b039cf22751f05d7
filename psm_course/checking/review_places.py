"""The places of a course that the review ledger may name.

The ledger (`modules/tinjauan.yml`) lists sentences that wait for an authority's answer. Places are
cells of lessons, pages, items of quizzes, and entries of data files.
"""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from psm_course.authoring.texts import texts_in
from psm_course.authoring.yaml_source import read_file
from psm_course.content.course import CourseFolder
from psm_course.content.lessons import Lesson
from psm_course.content.review import without_marks
from psm_course.items.base import BaseItem

# The last three are for searching; nobody reads them.
_NOT_CONTENT = ("id", "source", "number", "words", "typed", "danger")
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")  # of another entry, a level, a number to call
_HEADED = {"say": "Ucapkan: ", "avoid": "Jangan: ", "route": "Alur: ", "misread": "Bukan berarti: "}
_SOURCE = "sumber"
_TITLES = {
    "bantuan.yml": "Nomor bantuan",
    "kategori.yml": "Cari kategori",
    "rujukan.yml": "Ke mana merujuk",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the course, with its content.

    The content is read only when it is needed: a course has two thousand places, and its ledger
    names few of them.

    Attributes:
        title: title or path of the page or file that contains the place.
        content: a function that returns two texts: the text as it is in the file, and the text as
            people read it, in lines.
    """

    title: str
    content: Callable[[], tuple[str, tuple[str, ...]]]

    @property
    def written(self) -> str:
        """The text that stands at this place in the course file, with its markup."""
        return self.content()[0]

    @property
    def lines(self) -> tuple[str, ...]:
        """The text that stands at this place, as people read it (without markup), in lines."""
        return self.content()[1]


def places_of(course: CourseFolder) -> dict[str, Place]:
    """Return every place in the course that a ledger entry can name.

    The key of a place is the name that an entry writes under `where`.
    """
    return dict(_places(course))


def _places(course: CourseFolder) -> Iterator[tuple[str, Place]]:
    for lesson in lessons_of(course):
        for cell in lesson.notebook["cells"]:
            yield (
                f"{lesson.file}#{cell.get('id', '')}",
                Place(lesson.title, partial(_of_cell, cell)),
            )
    for page in pages_of(course):
        yield page, Place(page, partial(_of_page, course.root / page))
    for quiz in course.quizzes.values():
        for item in quiz.items:
            yield f"{quiz.id}#{item.id}", Place(quiz.header.title, partial(_of_item, item))
    for path in sorted((course.root / "modules").glob("*.y*ml")):
        file = path.relative_to(course.root).as_posix()
        for name, node in _named(read_file(path, file).tree):
            yield f"{file}#{name}", Place(_TITLES.get(path.name, file), partial(_of_entry, node))


def _of_cell(cell: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    source = cell["source"]
    return source, tuple(
        _lines_of_code(source) if cell["cell_type"] == "code" else _lines_of_text(source)
    )


def _of_page(path: Path) -> tuple[str, tuple[str, ...]]:
    text = path.read_text(encoding="utf-8", errors="replace")
    return text, tuple(_lines_of_text(text))


def _of_item(item: BaseItem) -> tuple[str, tuple[str, ...]]:
    texts = tuple(texts_in(item.model_dump(mode="json", exclude_none=True)))
    return " ".join(texts), texts


def _of_entry(node: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    return " ".join(texts_in(node)), tuple(_read_by_people(node))


def lessons_of(course: CourseFolder) -> Iterator[Lesson]:
    """Yield all notebooks of a course."""
    return (lesson for lessons in course.taught.values() for lesson in lessons)


def pages_of(course: CourseFolder) -> Iterator[str]:
    """Yield the paths, from the course's root, of all Markdown pages for the people of the course.

    Pages for programmers are left out.
    """
    for folder in ("book", "modules"):
        for path in sorted((course.root / folder).rglob("*.md")):
            page = path.relative_to(course.root).as_posix()
            # The lock of an editor is a link to nothing, so no file.
            if path.is_file() and not page.startswith("book/maintaining/"):
                yield page


def _lines_of_text(markdown: str) -> Iterator[str]:
    return (
        line.replace("**", "").strip()
        for line in without_marks(markdown).splitlines()
        if line.strip()
    )


def _lines_of_code(code: str) -> Iterator[str]:
    """Return the texts that a code cell shows, without the sources in its argument `sumber=…`.

    A row of a table is one text, with ` | ` between the cells. Nothing is returned if the code is
    no valid Python.
    """
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return iter(())
    return (text.replace("**", "") for text in _shown(tree))


def _shown(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.keyword) and node.arg == _SOURCE:
        return
    if (
        isinstance(node, ast.List)
        and node.elts
        and all(isinstance(each, ast.Constant | ast.JoinedStr) for each in node.elts)
    ):
        yield " | ".join(_text(each) for each in node.elts)  # a row of a table
    elif isinstance(node, ast.Constant | ast.JoinedStr):
        if " " in (text := _text(node)):
            yield text
    else:
        for inner in ast.iter_child_nodes(node):
            yield from _shown(inner)


def _text(node: ast.AST) -> str:
    """Return a text as written; a computed part of an f-string becomes an ellipsis."""
    if isinstance(node, ast.JoinedStr):
        return "".join(
            _text(part) if isinstance(part, ast.Constant) else "…" for part in node.values
        )
    return str(node.value) if isinstance(node, ast.Constant) else ""


def _named(tree: Any) -> Iterator[tuple[str, Any]]:
    """Yield every entry with an id in a data file, as a pair: the id and the entry."""
    if isinstance(tree, dict):
        if isinstance(tree.get("id"), str):
            yield tree["id"], tree
        for value in tree.values():
            yield from _named(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _named(value)


def _read_by_people(node: dict[str, Any]) -> Iterator[str]:
    """Yield only those texts of a data file's entry that people read on the page.

    Left out are, for example, ids of other entries, sources, and words that only help to search.
    """
    for key, value in node.items():
        if key not in _NOT_CONTENT or (key == "number" and "label" in node):
            yield from (
                f"{_HEADED.get(key, '')}{text}"
                for text in texts_in(value)
                if not _NAME.fullmatch(text)
            )
