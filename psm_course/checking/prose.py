"""Splits pages and lessons into passages of plain text, and passages into sentences.

Each passage knows its place in the file. A passage is a paragraph, a list item, a heading, a table
cell or a text in a code cell. Sources of law in brackets, such as `(UU 14/2019 Pasal 1)`, are not
part of a sentence here, because people do not read them as words of the sentence.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from psm_course.authoring.problems import Problem, Severity

# Offered to all who read prose.
from psm_course.authoring.texts import words as words  # noqa: PLC0414
from psm_course.content.lessons import SOURCES, TRAINER_TAG, Lesson
from psm_course.content.review import without_marks

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Kind = Literal["text", "heading", "table", "quote"]

_LAW = (
    r"UU|UUD|KUHP|KUHAP|PP|Perpres|Inpres|Permen\w*|Kepmen\w*|Perda|Perwal\w*|Perkap|Pasal|BN|LN"
    r"|[Pp]anduan kursus|menurut contoh|dasar:|menunggu konfirmasi"
)
_CITED = re.compile(
    rf"\s*\((?=[^()]*\b(?:{_LAW}))[^()]*\)|https?://\S+"
    r"|(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:go\.id|id|com|org)\b(?:/\S*)?"
)
_ABBREVIATED = r"(?<!\bdr\.)(?<!\bdrg\.)(?<!\bNo\.)(?<!\bJl\.)(?<!\bhlm\.)(?<!\bdll\.)"
_OPENING = r"""["“‘'(]*[A-Z0-9]"""
# After a full stop, or after one and its closing quotation mark;
# in "(1) …; (2) …" every part is read by itself.
_END = re.compile(
    rf"""(?<=[.!?…]){_ABBREVIATED}\s+(?={_OPENING})"""
    rf"""|(?<=[.!?…]["”’')])\s+(?={_OPENING})"""
    r"""|(?<=[;:])\s+(?=\(\d+\))"""
)
_CLOSED = re.compile(r"""[.!?…]["”’')]*$""")


@cache
def markdown() -> MarkdownIt:
    """Return the Markdown parser for pages and lessons."""
    # A tenth of what checking one quiz takes, and a quiz has no pages.
    from markdown_it import MarkdownIt  # noqa: PLC0415

    return MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)  # without slots, with which remembering thousands takes five times as long
class Passage:
    """A piece of text that people read in one go.

    Attributes:
        file: path of the file from the root of the course.
        line: the first line of the passage in the file, from 1.
        text: plain text, with its line ends.
        kind: the kind of block that contains the passage.
        section: the heading above the passage.
        bold: the words in bold, which are the terms that the passage teaches.
        for_trainers: True if the passage is in a trainer's cell.
        cell: the place of the passage's cell in the notebook, from 0.
        lines: all lines of the file.
    """

    file: str
    line: int
    text: str
    kind: Kind = "text"
    section: str = ""
    bold: tuple[str, ...] = ()
    for_trainers: bool = False
    cell: int = 0
    lines: tuple[str, ...] = ()

    def problem(self, found: str, message: str, hint: str, severity: Severity = "error") -> Problem:
        """Return a problem at the line that contains `found`, a part of this passage's text."""
        line = self.line + self.text.count("\n", 0, max(self.text.find(found), 0))
        return Problem(self.file, line, self._column(line, found), severity, "", message, hint)

    def _column(self, line: int, found: str) -> int:
        """Return the column (from 1) at which the text `found` begins on its line.

        The result is 1 if the line in the file does not contain `found` literally, for example
        because Markdown signs stand between the words.
        """
        written = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        first = found.split("\n", maxsplit=1)[0]
        in_json = json.dumps(first, ensure_ascii=False)[1:-1]
        return max(written.find(in_json), written.find(first), 0) + 1


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or phrase.

    `closed` is True if `.`, `!`, `?` or `…` ends it, also before a closing quotation mark or
    bracket. It is False for a phrase, such as a heading or a short list item.
    """

    text: str
    closed: bool

    @property
    def words(self) -> int:
        """The number of words in the sentence."""
        return len(words(self.text))


def without_citations(text: str) -> str:
    """Return the text without web addresses and without sources of law in brackets."""
    return _CITED.sub("", text)


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text, without citations."""
    return (
        Sentence(part.strip(), _CLOSED.search(part.strip()) is not None)
        for part in _END.split(without_citations(text))
        if part.strip()
    )


# ---- Markdown ------------------------------------------------------------------------------------


def page_passages(
    file: str, text: str, line: int = 1, lines: tuple[str, ...] = (), section: str = ""
) -> Iterator[Passage]:
    """Yield the passages of a Markdown text.

    Fenced blocks are left out, because they are not prose.

    Args:
        file: path of the file from the root of the course.
        text: the Markdown text.
        line: the line of `file` on which the text begins.
        lines: all lines of the file.
        section: the heading above the text.
    """
    depth, heading, in_table = 0, False, False
    for token in markdown().parse(without_marks(text)):
        if token.type in ("blockquote_open", "blockquote_close"):
            depth += token.nesting
        elif token.type in ("table_open", "table_close"):
            in_table = token.nesting > 0
        elif token.type in ("heading_open", "heading_close"):
            heading = token.nesting > 0
        elif token.type == "inline":
            plain, bold = _plain(token)
            section = plain if heading else section
            kind: Kind = (
                "quote" if depth else "heading" if heading else "table" if in_table else "text"
            )
            if plain.strip():
                yield Passage(
                    file,
                    line + (token.map[0] if token.map else 0),
                    plain,
                    kind,
                    section,
                    bold,
                    lines=lines,
                )


def _plain(inline: Token) -> tuple[str, tuple[str, ...]]:
    """Return the text of a block as people read it, with its line ends, and the texts in bold."""
    text, bold, in_bold = "", list[str](), False
    for token in inline.children or ():
        if token.type in ("strong_open", "strong_close"):
            in_bold = token.nesting > 0
        elif token.type in ("text", "code_inline"):
            text += token.content
            if in_bold:
                bold.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            text += "\n"
    return text, tuple(bold)


# ---- lessons -------------------------------------------------------------------------------------


def lesson_passages(lesson: Lesson) -> Iterator[Passage]:
    """Yield the passages of a lesson, in order.

    Passages come from the lesson's Markdown, and from the texts that its code cells show in tables
    and diagrams.
    """
    section = ""
    for number, cell in enumerate(lesson.notebook["cells"]):
        tags = cell.get("metadata", {}).get("tags", [])
        for_trainers, first = TRAINER_TAG in tags, _first_line(lesson, cell)
        if cell["cell_type"] == "markdown":
            for passage in page_passages(lesson.file, cell["source"], first, lesson.lines, section):
                section = passage.section
                yield replace(passage, cell=number, for_trainers=for_trainers)
        elif cell["cell_type"] == "code" and "remove-cell" not in tags:
            for passage in _code_passages(lesson, cell["source"], first, section):
                yield replace(passage, cell=number, for_trainers=for_trainers)


def _first_line(lesson: Lesson, cell: dict[str, Any]) -> int:
    """Return the line of the notebook file on which the source of a cell begins.

    Jupyter writes each line of a source as a line of the JSON file.
    """
    named = lesson.line_of(cell)
    opened = next(
        (
            number
            for number, line in enumerate(lesson.lines[named - 1 :], named)
            if '"source":' in line
        ),
        named,
    )
    return opened + 1 if lesson.lines[opened - 1].rstrip().endswith("[") else opened


def _code_passages(lesson: Lesson, code: str, first: int, section: str) -> Iterator[Passage]:
    """Yield the texts (string literals) of a code cell that have more than one word.

    Docstrings are left out. Nothing is yielded if the code is no valid Python. The argument
    `sumber=…` of a call names the sources of a table or figure; its texts get the heading of the
    list of sources as their section.

    Args:
        lesson: the lesson with the cell.
        code: the code of the cell.
        first: the line of the lesson's file on which the code begins.
        section: the heading above the cell.
    """
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return
    for node, within in _shown_texts(tree, section):
        text = _written(node)
        if " " in text.strip():
            yield Passage(
                lesson.file, first + node.lineno - 1, text, "table", within, lines=lesson.lines
            )


def _shown_texts(node: ast.AST, section: str) -> Iterator[tuple[ast.expr, str]]:
    if isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    ):
        yield node, section
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring: for those who read the code
    if isinstance(node, ast.keyword) and node.arg == "sumber":
        section = SOURCES
    for inner in ast.iter_child_nodes(node):
        yield from _shown_texts(inner, section)


def _written(node: ast.expr) -> str:
    """Return the text in an expression as written; a computed part of an f-string becomes "0"."""
    if isinstance(node, ast.JoinedStr):
        return "".join(
            _written(part) if isinstance(part, ast.Constant) else "0" for part in node.values
        )
    return without_marks(str(node.value)) if isinstance(node, ast.Constant) else ""
