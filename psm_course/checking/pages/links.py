"""Checks links, images with their descriptions, and telephone numbers.

Links and images are checked in pages and notebooks, telephone numbers in data files too.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from urllib.parse import unquote, urlsplit

from psm_course.authoring.beside import named_by
from psm_course.authoring.problems import Finding, Problem, problem_on, shorten
from psm_course.authoring.texts import placed_texts
from psm_course.authoring.yaml_source import Tree
from psm_course.checking.pages.markup import drawing_trouble, framed_text, token_trouble, tokens
from psm_course.checking.quizzes.editorial import PHONE

_NUMBER = (
    "ada nomor telepon di dalam teks",
    "nomor ditulis di modules/bantuan.yml saja, dengan tanggalnya",
)
_QUIZ_BLOCK = re.compile(r"^`{3,}\{quiz\}\s+(\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Link:
    """The target of a link or picture in a text."""

    line: int
    target: str
    is_picture: bool


def own_problems(file: str, line: int, text: str) -> tuple[list[Problem], list[Link]]:
    """Return the problems that can be seen in a text alone, and the links of the text.

    `line` is the line of `file` on which the text begins.
    """
    problems, links = list[Problem](), list[Link]()
    for token in tokens(text):
        at = line + (token.map[0] if token.map else 0)
        problems += [problem_on(file, at, message, hint) for message, hint in token_trouble(token)]
        if inside := framed_text(token):
            more, further = own_problems(file, at + 1, inside)
            problems += more
            links += further
        if token.type == "image" and not token.content.strip():
            hint = "tulis isinya di antara kurung siku: ![isi gambar](…)"
            problems.append(problem_on(file, at, "gambar ini belum punya teks pengganti", hint))
        target = token.attrGet("href") or token.attrGet("src")
        if isinstance(target, str):
            links.append(Link(at, target, token.type == "image"))
    if PHONE.search(text):
        problems.append(problem_on(file, line, *_NUMBER))
    return problems, links


def link_problems(file: str, folder: FilePath, links: Iterable[Link]) -> Iterator[Problem]:
    """Report links that lead to no file, and pictures that contain a script.

    Args:
        file: the file with the links, as messages name it.
        folder: the folder of that file; a relative link starts from this folder.
        links: the links.
    """
    for link in links:
        if not _resolves(folder, link.target):
            message = f'tautan "{shorten(link.target)}" tidak menuju berkas apa pun'
            yield problem_on(file, link.line, message, "periksa nama dan letak berkasnya")
        elif link.is_picture:
            for message, hint in drawing_trouble(folder / unquote(urlsplit(link.target).path)):
                yield problem_on(file, link.line, message, hint)


def _resolves(folder: FilePath, target: str) -> bool:
    parts = urlsplit(target)
    if parts.scheme:
        return parts.scheme in ("https", "http", "tel", "mailto")
    if parts.path.startswith("/"):
        return False  # the root of a reader's computer, or of a site that may stand below another
    return not parts.path or named_by(folder / unquote(parts.path)) is not None


def number_findings(tree: Tree | None) -> Iterator[Finding]:
    """Report telephone numbers in the texts of a data file or of a front matter."""
    return (Finding(path, *_NUMBER) for path, text in placed_texts(tree) if PHONE.search(text))


def quizzes_shown(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line (from 0) and the quiz id of each `{quiz}` block of a Markdown page."""
    return (
        (text.count("\n", 0, found.start()), found.group(1)) for found in _QUIZ_BLOCK.finditer(text)
    )
