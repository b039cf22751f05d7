"""Public names are documented in plain words, and whoever can refuse says so. `python -m tests.docs
PACKAGE` lists what is missing.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.docs.docstrings import documented_nodes, measure, packages


@pytest.mark.parametrize("package", packages())
def test_public_names_are_documented_without_puzzles_and_say_what_they_raise(package: str) -> None:
    found = measure(package)

    assert (found.puzzles, found.silent) == ([], [])
    assert found.is_done, found.undocumented


# ---- the check itself ----------------------------------------------------------------------------

_RAISES = "\n\n    Raises:\n        Refused: it is locked.\n    "


def measured(tmp_path: Path, source: str) -> tuple[list[str], list[str], list[str]]:
    """What a package of one file lacks: undocumented, puzzles, silent."""
    folder = tmp_path / "house/room"
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    (folder / "made.py").write_text(source, encoding="utf-8")
    found = measure("room", tmp_path / "house")
    return found.undocumented, found.puzzles, found.silent


@pytest.mark.parametrize(
    ("source", "lacking"),
    [
        ('"""Doors."""\ndef open_door():\n    """Open it."""', ([], [], [])),
        ("def open_door(): ...", (["room/made.py", "room/made.py:open_door"], [], [])),
        ('"""Doors."""\ndef _open(): ...', ([], [], [])),
        (
            '"""Doors."""\ndef open_door():\n    """Whether it is open."""',
            ([], ["room/made.py:open_door"], []),
        ),
        ('"""Doors."""\ndef _open():\n    """What opens."""', ([], ["room/made.py:_open"], [])),
        ('"""Doors."""\ndef open_door():\n    """Whatever is closed."""', ([], [], [])),
        (
            '"""Doors."""\ndef open_door():\n    """Open it."""\n    raise Refused("no")',
            ([], [], ["room/made.py:open_door"]),
        ),
        (
            f'"""Doors."""\ndef open_door():\n    """Open it.{_RAISES}"""\n    raise Refused("no")',
            ([], [], []),
        ),
        (
            (
                '"""Doors."""\ndef open_door():\n    """Open it."""\n    try: ...\n    except'
                " OSError:\n        raise"
            ),
            ([], [], []),
        ),
        (
            '"""Doors."""\nclass Door:\n    """A door."""\n    def open(self): ...',
            (["room/made.py:Door.open"], [], []),
        ),
    ],
)
def test_a_fault_is_found_by_name(
    tmp_path: Path, source: str, lacking: tuple[list[str], list[str], list[str]]
) -> None:
    assert measured(tmp_path, source) == lacking


def test_a_method_that_a_base_class_documents_is_documented(tmp_path: Path) -> None:
    source = (
        '"""Doors."""\nclass Door:\n    """A door."""\n    def open(self):\n        """Open'
        ' it."""\nclass Gate(Door):\n    """A gate."""\n'
    )

    assert measured(tmp_path, source + "    def open(self): ...\n    def close(self): ...") == (
        ["room/made.py:Gate.close"],
        [],
        [],
    )


@pytest.mark.parametrize(
    ("decorator", "silent"),
    [
        ("click.command()", []),
        ("door.command(name='open')", []),
        ("click.group", []),
        ("cache", ["room/made.py:open_door"]),
    ],
)
def test_the_help_text_of_a_command_needs_no_raises(
    tmp_path: Path, decorator: str, silent: list[str]
) -> None:
    source = (
        f'"""Doors."""\n@{decorator}\ndef open_door():\n    """Buka pintu."""\n    raise'
        ' Refused("no")'
    )

    assert measured(tmp_path, source) == ([], [], silent)


def test_nothing_inside_a_function_is_public() -> None:
    tree = ast.parse('"""Doors."""\ndef open_door():\n    def turn(): ...')

    assert [name for _, name, _ in documented_nodes(tree, "made.py")] == [
        "made.py",
        "made.py:open_door",
    ]
