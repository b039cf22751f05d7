"""Finds the Indonesian sentences that a test file compares with: `python -m tests.docs.asserted
FOLDER…` lists them.

A sentence is a string of five words or more, one of them a common Indonesian word. It is compared
with where it stands in an assert, in `match=` or in what Playwright expects, or under a name that
is used there and nowhere else: a constant of the file, or a column of `parametrize`.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

WORDING = "test_wording"  # how the name of a file begins whose subject is the wording itself
_WORD = re.compile(r"[A-Za-z]{2,}")
_INDONESIAN = re.compile(
    r"\b(ada|akan|atau|belum|bila|boleh|buka|bukan|coba|dan|dapat|dari|dengan|di|hanya|harus|ini"
    r"|itu|ke|kirim|lagi|lalu|masih|minta|oleh|pada|periksa|pilih|semua|setiap|sudah|tetap|tidak"
    r"|tulis|untuk|yang)\b",
    re.IGNORECASE,
)
_EXPECTS = {"to_have_text", "to_contain_text"}
Function = ast.FunctionDef | ast.AsyncFunctionDef
Found = list[tuple[int, str]]


def is_sentence(text: str) -> bool:
    """True for five words or more, at least one of them common in Indonesian."""
    return len(_WORD.findall(text)) >= 5 and bool(_INDONESIAN.search(text))


def asserted_sentences(source: str) -> Found:
    """The line and the text of every sentence that a test file compares with, in order."""
    tree = ast.parse(source)
    found = {each for node in _compared(tree) for each in _sentences(node)}
    only_compared = _names_only_compared(tree)
    for name, value in _constants(tree):
        if name in only_compared:
            found |= set(_sentences(value))
    for node in ast.walk(tree):
        if isinstance(node, Function) and node.decorator_list:
            found |= set(_columns(node))
    return sorted(found)


def _compared(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert):
            yield node.test
        elif isinstance(node, ast.keyword) and node.arg == "match":
            yield node.value
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in _EXPECTS
        ):
            yield from node.args


def _sentences(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """A part of an f-string counts by itself, and all its parts as one."""
    for node in ast.walk(tree):
        if is_sentence(text := text_of(node)):
            yield getattr(node, "lineno", 0), text


def text_of(node: ast.AST) -> str:
    """The text of a string, each inserted value as `…`; "" for anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) or "…" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _constants(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value


def _columns(function: Function) -> Iterator[tuple[int, str]]:
    """Sentences in those columns of a `parametrize` that the test only compares with."""
    only_compared = _names_only_compared(function)
    for decorator in function.decorator_list:
        if not (
            isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith("parametrize")
        ):
            continue
        names = [
            part.value
            for part in ast.walk(decorator.args[0])
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        ]
        columns = [name for text in names for name in re.findall(r"\w+", text)]
        rows = decorator.args[1]
        for position, column in enumerate(columns):
            if column not in only_compared:
                continue
            for row in rows.elts if isinstance(rows, ast.List | ast.Tuple) else []:
                cells = row.args if isinstance(row, ast.Call) else getattr(row, "elts", [])
                cell = row if len(columns) == 1 else (cells[position : position + 1] or [None])[0]
                if cell is not None:
                    yield from _sentences(cell)


def _names_only_compared(tree: ast.AST) -> set[str]:
    """The names that are read in what is compared, and nowhere else below the node."""
    everywhere = _reads(tree)
    compared = Counter[str]()
    for node in _compared(tree):
        compared += _reads(node)
    return {name for name, times in compared.items() if times == everywhere[name]}


def _reads(tree: ast.AST) -> Counter[str]:
    return Counter(
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    )


def files(folder: Path) -> Iterator[Path]:
    """The Python files below a folder (or the file itself) whose subject is not the wording."""
    for path in sorted(folder.rglob("*.py")) if folder.is_dir() else [folder]:
        if not path.name.startswith(WORDING):
            yield path


def main() -> None:
    """Print every sentence compared with in the folders that are named, and their number."""
    count = 0
    for folder in sys.argv[1:] or ["tests"]:
        for path in files(ROOT / folder):
            for line, text in asserted_sentences(path.read_text(encoding="utf-8")):
                count += 1
                print(f"{path.relative_to(ROOT)}:{line}: {' '.join(text.split())}")
    print(count)


if __name__ == "__main__":
    main()
