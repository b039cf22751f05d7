"""What the oldest browsers served can do: `floor.json` beside Mozilla's browser-compat-data."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.needs import COMPATIBILITY

FLOOR_FILE = Path(__file__).resolve().parents[3] / "psm_course/site/scripts/floor.json"
_FAMILIES = {
    "chrome": ("chrome", "chrome_android", "webview_android"),
    "safari": ("safari", "safari_ios"),
}
Tree = dict[str, Any]


@functools.cache
def stated(part: str = "") -> Tree:
    """What the file says of the site, or of a part (a key) which may ask for newer browsers."""
    said: Tree = json.loads(FLOOR_FILE.read_text(encoding="utf-8"))
    return {**said, **said[part]} if part else said


@functools.cache
def floor(part: str = "") -> dict[str, tuple[int, ...]]:
    """The oldest version of each browser, by its name in the table."""
    return {
        browser: _version(stated(part)[family])
        for family, browsers in _FAMILIES.items()
        for browser in browsers
    }


@functools.cache
def table() -> Tree:
    """The whole table: features in folders, each with `__compat`."""
    path = COMPATIBILITY.require() / "node_modules/@mdn/browser-compat-data/data.json"
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def feature(*path: str) -> Tree | None:
    """A place in the table, or None."""
    found: Tree | None = table()
    for name in path:
        found = found.get(name) if found else None
    return found


def lacking(found: Tree, prefix: str = "", part: str = "") -> list[str]:
    """The browsers at the floor (of a part) without such a feature, plain or under this prefix."""
    support = found["__compat"]["support"]
    return [
        browser
        for browser, oldest in floor(part).items()
        if browser in support
        and not any(_covers(each, oldest, prefix) for each in _statements(support[browser]))
    ]


def _statements(given: Tree | list[Tree]) -> Iterable[Tree]:
    return given if isinstance(given, list) else [given]


def _covers(statement: Tree, oldest: tuple[int, ...], prefix: str) -> bool:
    added, removed = statement.get("version_added"), statement.get("version_removed")
    is_plain = (
        statement.get("prefix", "") == prefix
        and "alternative_name" not in statement
        and "flags" not in statement
    )
    is_gone = isinstance(removed, str) and _version(removed) <= oldest
    return (
        is_plain
        and not is_gone
        and isinstance(added, str)
        and added != "preview"
        and _version(added) <= oldest
    )


def _version(text: str) -> tuple[int, ...]:
    """`≤37` means 37 or earlier, so 37 is safe."""
    return tuple(int(part) for part in re.findall(r"\d+", text))
