"""Measures the docstrings of every package of `psm_course`, by reading the source: `python -m
tests.docs` prints the table.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.conftest import ROOT

PACKAGE = ROOT / "psm_course"
# A docstring that opens so asks a question and leaves the answer
# to the reader: "Whether …" is "True if …".
_PUZZLE = re.compile(r"(What|Whether|Who|Whom|Whose|How)\b")
_RAISES = re.compile(r"^\s*Raises:$", re.MULTILINE)

Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(slots=True)
class Measure:
    """The docstrings of one package. A name is `file:Class.method`; the file with its package."""

    public: list[str] = field(default_factory=list)
    undocumented: list[str] = field(default_factory=list)
    puzzles: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)  # raise, and do not say so
    lines: int = 0
    comments: int = 0

    @property
    def documented(self) -> float:
        """The share of public names with a docstring, 0 to 1."""
        return 1 - len(self.undocumented) / max(len(self.public), 1)

    @property
    def is_done(self) -> bool:
        """True if the package keeps all three rules."""
        return self.documented >= LEAST and not self.puzzles and not self.silent


LEAST = 0.95  # of the public names of a package have a docstring


def packages(root: Path = PACKAGE) -> list[str]:
    """The names of the packages below `root`, and "." for the files that stand beside them."""
    return [".", *sorted(path.name for path in root.iterdir() if (path / "__init__.py").is_file())]


def measure(package: str, root: Path = PACKAGE) -> Measure:
    """Measure one package, a folder below `root`."""
    found = Measure()
    inherited = documented_methods(root)
    for path in sorted(root.glob("*.py") if package == "." else (root / package).rglob("*.py")):
        if "migrations" in path.parts:
            continue  # frozen; each function is named after the table that it makes
        source = path.read_text(encoding="utf-8")
        lines = source.splitlines()
        found.lines += len(lines)
        found.comments += sum(bool(re.search(r"^\s*#|  # ", line)) for line in lines)
        _measure_file(found, ast.parse(source), path.relative_to(root).as_posix(), inherited)
    return found


def _measure_file(
    found: Measure, tree: ast.Module, file: str, inherited: dict[str, set[str]]
) -> None:
    for node, name, is_public in documented_nodes(tree, file):
        text = ast.get_docstring(node)
        if text and _PUZZLE.match(text):
            found.puzzles.append(name)
        if not is_public:
            continue
        found.public.append(name)
        if not text and not _inherits(name, inherited):
            found.undocumented.append(name)
        if raises(node) and not is_click_command(node) and not _RAISES.search(text or ""):
            found.silent.append(name)


def documented_nodes(tree: ast.Module, file: str) -> Iterator[tuple[Documented, str, bool]]:
    """Everything in a file that can have a docstring, its name, and True if the name is public.

    An empty file has nothing to say. What stands inside a function is nobody's name.
    """
    if tree.body:
        yield tree, file, True
    yield from _inside(tree.body, f"{file}:", True)


def _inside(
    body: list[ast.stmt], before: str, is_public: bool
) -> Iterator[tuple[Documented, str, bool]]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            public = is_public and not node.name.startswith("_")
            if not _is_overload(node):
                yield node, before + node.name, public
            if isinstance(node, ast.ClassDef):
                yield from _inside(node.body, f"{before}{node.name}.", public)
        elif isinstance(node, ast.If):
            yield from _inside([*node.body, *node.orelse], before, is_public)


def _is_overload(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    return any(ast.unparse(each).endswith("overload") for each in node.decorator_list)


def raises(node: Documented) -> bool:
    """True if a function raises an exception by itself, and not only again what it caught."""
    if isinstance(node, ast.Module | ast.ClassDef):
        return False
    return any(
        isinstance(each, ast.Raise) and isinstance(each.exc, ast.Call) for each in ast.walk(node)
    )


def is_click_command(node: Documented) -> bool:
    """True if a function is decorated as a command or a group of click."""
    # Users read its docstring as help text, where `Raises:` means nothing;
    # nobody calls it from Python.
    decorators = [] if isinstance(node, ast.Module) else node.decorator_list
    return any(re.search(r"\.(command|group)(\(|$)", ast.unparse(each)) for each in decorators)


# ---- methods that a base class documents ---------------------------------------------------------


@cache
def documented_methods(root: Path = PACKAGE) -> dict[str, set[str]]:
    """By class, the methods that it or a class above it documents.

    Classes are known by their bare names; two of one name are taken as one.
    """
    own, bases = dict[str, set[str]](), dict[str, set[str]]()
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                own.setdefault(node.name, set()).update(_documented_in(node))
                bases.setdefault(node.name, set()).update(
                    ast.unparse(base).rpartition(".")[2] for base in node.bases
                )

    def known(name: str, seen: frozenset[str]) -> set[str]:
        above = (known(base, seen | {name}) for base in bases.get(name, ()) if base not in seen)
        return own.get(name, set()).union(*above)

    return {name: known(name, frozenset()) for name in own}


def _documented_in(node: ast.ClassDef) -> set[str]:
    return {
        each.name
        for each in node.body
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(each)
    }


def _inherits(name: str, inherited: dict[str, set[str]]) -> bool:
    """True if a class above documents the method: `help()` shows that text."""
    *_, owner, method = ["", *name.rpartition(":")[2].split(".")]
    return method in inherited.get(owner, ())
