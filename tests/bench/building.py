"""`psm build` once more, as an author runs it: nothing changed, and one lesson's text.
Processor time beside the clock.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

from rich.table import Table

from tests.bench.timing import seconds

_COMMAND = [sys.executable, "-m", "psm_course.cli.main", "build"]


def building_rows(table: Table, root: Path, builds: int) -> None:
    """Of a course whose lessons' results are kept in its own work folder."""
    _build(root)
    _row(
        table, "psm build again, nothing changed", "≤ 1.5 s", [_build(root) for _ in range(builds)]
    )
    _row(
        table,
        "psm build again, one lesson's text changed",
        "≤ 2.5 s",
        [_after_a_sentence(root, number) for number in range(builds)],
    )


def _row(table: Table, what: str, budget: str, taken: list[tuple[float, float]]) -> None:
    clock, processor = (median(each) for each in zip(*taken, strict=True))
    table.add_row(
        f"{what}, median of {len(taken)}",
        f"{clock:.1f} s",
        budget,
        f"{processor:.1f} s of processor",
    )


def _after_a_sentence(root: Path, number: int) -> tuple[float, float]:
    add_sentence(first_lesson(root), number)
    return _build(root)


def first_lesson(root: Path) -> Path:
    return min((root / "modules").glob("0*/*.ipynb"))


def add_sentence(lesson: Path, number: int) -> None:
    """As an author who writes one more sentence into the first text below the title, and saves."""
    notebook = json.loads(lesson.read_text(encoding="utf-8"))
    text = next(cell for cell in notebook["cells"][1:] if cell["cell_type"] == "markdown")
    text["source"] = "".join(text["source"]) + f"\n\nKalimat uji ke-{number}."
    lesson.write_text(json.dumps(notebook, ensure_ascii=False, indent=1), encoding="utf-8")


def _build(root: Path) -> tuple[float, float]:
    """Seconds by the clock, and of processor."""
    before = _of_children()
    clock = seconds(lambda: subprocess.run(_COMMAND, cwd=root, check=True, capture_output=True))
    return clock, _of_children() - before


def _of_children() -> float:
    times = os.times()
    return times.children_user + times.children_system
