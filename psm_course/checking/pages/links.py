"""Links, images (and the words for those who do not see them) in pages and notebooks; telephone numbers anywhere."""

import re
from collections.abc import Iterator
from pathlib import Path as FilePath
from urllib.parse import unquote, urlsplit

from psm_course.authoring.problems import Finding, Problem, problem_on, shorten
from psm_course.authoring.texts import placed_texts
from psm_course.authoring.yaml_source import Tree
from psm_course.checking.pages.markup import drawing_trouble, framed_text, token_trouble, tokens
from psm_course.checking.quizzes.editorial import PHONE

_NUMBER = ("ada nomor telepon di dalam teks", "nomor ditulis di modules/bantuan.yml saja, dengan tanggalnya")
_QUIZ_BLOCK = re.compile(r"^`{3,}\{quiz\}\s+(\S+)", re.MULTILINE)


def text_problems(file: str, folder: FilePath, line: int, text: str) -> Iterator[Problem]:
    """Problems of one Markdown text that starts at `line` of `file` and links relative to `folder`."""
    for token in tokens(text):
        at = line + (token.map[0] if token.map else 0)
        for message, hint in token_trouble(token):
            yield problem_on(file, at, message, hint)
        if inside := framed_text(token):
            yield from text_problems(file, folder, at + 1, inside)
        if token.type == "image" and not token.content.strip():
            yield problem_on(file, at, "gambar ini belum punya teks pengganti", "tulis isinya di antara kurung siku: ![isi gambar](…)")
        target = token.attrGet("href") or token.attrGet("src")
        if isinstance(target, str) and not _resolves(folder, target):
            yield problem_on(file, at, f'tautan "{shorten(target)}" tidak menuju berkas apa pun', "periksa nama dan letak berkasnya")
        elif isinstance(target, str) and token.type == "image":
            for message, hint in drawing_trouble(folder / unquote(urlsplit(target).path)):
                yield problem_on(file, at, message, hint)
    if PHONE.search(text):
        yield problem_on(file, line, *_NUMBER)


def _resolves(folder: FilePath, target: str) -> bool:
    parts = urlsplit(target)
    if parts.scheme:
        return parts.scheme in ("https", "http", "tel", "mailto")
    if parts.path.startswith("/"):
        return False  # the root of a reader's computer, or of a site that may stand below another
    try:
        return not parts.path or (folder / unquote(parts.path)).exists()
    except OSError:
        return False


def number_findings(tree: Tree | None) -> Iterator[Finding]:
    """Telephone numbers in a data file or a front matter."""
    return (Finding(path, *_NUMBER) for path, text in placed_texts(tree) if PHONE.search(text))


def quizzes_shown(text: str) -> Iterator[tuple[int, str]]:
    """Line (from 0) and id of each `{quiz}` block of a Markdown page."""
    for found in _QUIZ_BLOCK.finditer(text):
        yield text.count("\n", 0, found.start()), found.group(1)
