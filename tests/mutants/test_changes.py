"""What is changed in a file, one thing at a time, and what is left alone."""

from __future__ import annotations

import pytest

from tests.mutants.changes import edits_of


def changed(source: str) -> list[str]:
    """The changed line of each change."""
    return [
        change.now
        for edit in edits_of("x.py", source)
        if (change := edit.change(source)) is not None
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = a < b", ["x = a <= b"]),
        ("x = a <= b", ["x = a < b"]),
        ("x = 'ä' > (b)", ["x = 'ä' >= (b)"]),
        ("x = a == b", ["x = a != b"]),
        ("x = a is not b", ["x = a is b"]),
        ("x = a not in b", ["x = a in b"]),
        ("x = a < b < c", ["x = a <= b < c", "x = a < b <= c"]),
        ("x = a and b or c", ["x = a and b and c", "x = a or b or c"]),
        ("x = not a", ["x = a"]),
        ("x = True", ["x = False"]),
        ("x = 7", ["x = 8"]),
        ("x = a + b - c", ["x = a + b + c", "x = a - b - c"]),
        ("x = a if b else c", ["x = a if (not (b)) else c"]),
        ("ask(a)", ["pass"]),
        ("def f():\n    return a", ["return None"]),
        ("def f():\n    if a:\n        raise b", ["if False:"]),
        ("if a:\n    b = c", ["if (not (a)):"]),
    ],
)
def test_each_kind_of_statement_has_its_changes(source: str, expected: list[str]) -> None:
    assert changed(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "'''A docstring.'''",
        "x: Literal[1, 2]",
        "x = Literal[1, 2]",
        "@dataclass(frozen=True)\nclass A: ...",
        "x = f'{a + 1}'",
        "def f():\n    return None",
    ],
)
def test_what_is_no_behaviour_is_left_alone(source: str) -> None:
    assert changed(source) == []


def test_a_change_knows_its_line_and_the_function_around_it_decorators_included() -> None:
    source = "x = 1\n\n\n@cache\ndef f():\n    def g():\n        return y\n    return g\n"

    found = [edit.change(source) for edit in edits_of("x.py", source)]

    assert [(each.line, each.function, each.was) for each in found if each] == [
        (1, 0, "x = 1"),
        (7, 6, "return y"),
        (8, 4, "return g"),
    ]
