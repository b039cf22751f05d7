"""One meaning, one word: `book/maintaining/words.md` has each term once; none retired returns."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest

from tests.conftest import ROOT
from tests.docs.docstrings import PACKAGE

WORDS = (ROOT / "book/maintaining/words.md").read_text(encoding="utf-8")
TERMS, _, RETIRED = WORDS.partition("## Retired names")


def rows(table: str) -> list[list[str]]:
    """The cells of every row of a Markdown table, without its head."""
    lines = [line for line in table.splitlines() if line.startswith("| ")]
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if not line.startswith(("| English", "| retired"))
    ]


def retired_names() -> set[str]:
    """The names in the first column of the table of retired ones."""
    return {name for row in rows(RETIRED) for name in re.findall(r"`([^`]+)`", row[0])}


def defined_names(source: str) -> set[str]:
    """The names of all classes and functions in a file, without the underscore of private ones."""
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        node.name.lstrip("_") for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)
    }


def standing() -> set[str]:
    """Retired names that still stand in the package, as `file name`; files and folders, too."""
    retired, found = retired_names(), set[str]()
    # To read all files as Python takes a second.
    defining = re.compile(rf"\b(?:class|def)\s+_*(?:{'|'.join(map(re.escape, retired))})\b")
    for path in PACKAGE.rglob("*.py"):
        file = path.relative_to(PACKAGE).as_posix()
        names, source = set(file.removesuffix(".py").split("/")), path.read_text(encoding="utf-8")
        if defining.search(source):
            names |= defined_names(source)
        found |= {f"{file} {name}" for name in names & retired}
    return found


def test_no_retired_name_comes_back() -> None:
    assert standing() == set()


def test_a_term_is_given_once() -> None:
    english = Counter(row[0] for row in rows(TERMS))

    assert [term for term, count in english.items() if count > 1] == []
    assert all(len(row) == 4 and all(row) for row in rows(TERMS))


def test_a_retired_name_is_no_term() -> None:
    assert (
        retired_names() & {word for row in rows(TERMS) for word in re.split(r"[,:;] ?", row[0])}
        == set()
    )


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("class Found: ...", {"Found"}),
        ("def f():\n    def _told(): ...", {"f", "told"}),
        ("found = told()", set()),
    ],
)
def test_a_definition_is_found(source: str, names: set[str]) -> None:
    assert defined_names(source) == names
