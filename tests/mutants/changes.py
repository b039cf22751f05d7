"""Every change that is tried on a file: one comparison, boolean, constant, sum, returned value,
guard or call, and nothing else.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_COMPARISONS = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: (r"\bin\b", "not in"),
    ast.NotIn: (r"\bnot\s+in\b", "in"),
    ast.Is: (r"\bis\b", "is not"),
    ast.IsNot: (r"\bis\s+not\b", "is"),
}
_SUMS = {
    ast.Add: (r"\+", "-"),
    ast.Sub: ("-", "+"),
    ast.FloorDiv: ("//", "*"),
    ast.Mult: (r"\*", "//"),
}
_BOOLEANS = {ast.And: (r"\band\b", "or"), ast.Or: (r"\bor\b", "and")}
_Place = tuple[int, int, str]
_GUARDS = (ast.Raise, ast.Return, ast.Continue)


@dataclass(frozen=True)
class Change:
    """A file with one thing changed. `was` and `now` are the line where it was, without its indent;
    `function` is the first line of the
    function around it, decorators included, and 0 in none."""

    file: str
    line: int
    function: int
    was: str
    now: str
    source: str


@dataclass(frozen=True)
class Edit:
    """Bytes of a file from `start` to `end`, and what stands there instead. Making it a change
    costs time: it is read as Python.
    """

    file: str
    function: int
    start: int
    end: int
    text: str

    def change(self, source: str) -> Change | None:
        """The changed file; None where that is no Python, or the same to Python."""
        old = source.encode()
        new = (old[: self.start] + self.text.encode() + old[self.end :]).decode()
        try:
            if ast.dump(ast.parse(new)) == _read(source):
                return None
        except SyntaxError:
            return None
        lines = zip(source.split("\n"), new.split("\n"), strict=False)
        line, was, now = next(
            (number, was.strip(), now.strip())
            for number, (was, now) in enumerate(lines, 1)
            if was != now
        )
        return Change(self.file, line, self.function, was, now, new)


@lru_cache(maxsize=1)
def _read(source: str) -> str:
    return ast.dump(ast.parse(source))


def edits_of(file: str, source: str) -> list[Edit]:
    """All edits of a file, in the order of its statements."""
    return list(_Edits(file, source).all())


class _Edits:
    """Walks a file. Annotations, decorators, `Literal[...]`, docstrings and f-strings are not
    entered: no change there is behaviour,
    or Python does not say where in the file it stands."""

    def __init__(self, file: str, source: str) -> None:
        self._file = file
        self._source = source.encode()
        self._tree = ast.parse(source)
        self._starts = [0]
        for line in self._source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def all(self) -> Iterator[Edit]:
        yield from self._below(self._tree, 0)

    def _below(self, node: ast.AST, function: int) -> Iterator[Edit]:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            function = min([node.lineno, *(each.lineno for each in node.decorator_list)])
        for start, end, text in self._of(node):
            yield Edit(self._file, function, start, end, text)
        for child in _entered(node):
            yield from self._below(child, function)

    def _of(self, node: ast.AST) -> Iterator[_Place]:
        match node:
            case ast.If(orelse=[]) if isinstance(node.body[-1], _GUARDS):
                yield self._instead(node.test, "False")
            case ast.If() | ast.IfExp() | ast.While():
                yield self._instead(node.test, f"(not ({self._text(node.test)}))")
            case ast.Return(value=ast.expr()) if (
                not isinstance(node.value, ast.Constant) or node.value.value is not False
            ):
                yield self._instead(node.value, "None")
            case ast.Expr(value=ast.Call()):
                yield self._instead(node, "pass")
            case ast.Constant(value=bool()):
                yield self._instead(node, str(not node.value))
            case ast.Constant(value=int()):
                yield self._instead(node, str(node.value + 1))
            case _:
                yield from self._of_operators(node)

    def _of_operators(self, node: ast.AST) -> Iterator[_Place]:
        match node:
            case ast.Compare():
                for left, kind, right in zip(
                    [node.left, *node.comparators], node.ops, node.comparators, strict=False
                ):
                    yield from self._between(left, right, _COMPARISONS[type(kind)])
            case ast.BoolOp():
                for left, right in pairwise(node.values):
                    yield from self._between(left, right, _BOOLEANS[type(node.op)])
            case ast.BinOp() if type(node.op) in _SUMS:
                yield from self._between(node.left, node.right, _SUMS[type(node.op)])
            case ast.UnaryOp(op=ast.Not()):
                yield self._instead(node, self._text(node.operand))

    def _between(self, left: ast.expr, right: ast.expr, words: tuple[str, str]) -> Iterator[_Place]:
        start, end = self._place(left)[1], self._place(right)[0]
        text, count = re.subn(words[0], words[1], self._source[start:end].decode(), count=1)
        if count:
            yield start, end, text

    def _instead(self, node: ast.expr | ast.stmt, text: str) -> _Place:
        return *self._place(node), text

    def _text(self, node: ast.expr) -> str:
        start, end = self._place(node)
        return self._source[start:end].decode()

    def _place(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._starts[node.lineno - 1] + node.col_offset, self._starts[
            node.end_lineno - 1
        ] + node.end_col_offset


def _entered(node: ast.AST) -> Iterator[ast.AST]:
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if (
                isinstance(child, ast.AST)
                and not isinstance(child, ast.JoinedStr)
                and not _is_literal(child)
            ):
                yield child


def _is_literal(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Literal"
    )
