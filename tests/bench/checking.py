"""`psm check FILE`: how long an author waits for one file, from the command to its last line:
unchanged, and just saved.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from rich.table import Table

from tests.bench.building import add_sentence, first_lesson
from tests.bench.timing import seconds

# A practice quiz, the longest bank, a test that draws from every bank: the least and the most that
# there is to read. And a lesson.
_QUIZZES = ("latihan-ppks-1", "bank-anak", "tes-akhir")


def checking_rows(table: Table, course: Path, runs: int) -> None:
    """The course is changed, so give a copy."""
    for file in (*(course / "quizzes" / f"{name}.yml" for name in _QUIZZES), first_lesson(course)):
        _check(file)
        _row(table, file, "unchanged", [_check(file) for _ in range(runs)])
        _row(table, file, "changed", [_changed(file, number) for number in range(runs)])


def _row(table: Table, file: Path, how: str, taken: list[tuple[float, float]]) -> None:
    clock, processor = map(min, zip(*taken, strict=True))
    table.add_row(
        f"psm check {file.name}, {how}, a new process, best of {len(taken)}",
        f"{clock:.2f} s, of which processor {processor:.2f} s",
        "≤ 0.5 s",
        "",
    )


def _changed(file: Path, number: int) -> tuple[float, float]:
    _edit(file, number)
    return _check(file)


def _edit(file: Path, number: int) -> None:
    if file.suffix == ".ipynb":
        add_sentence(file, number)
        return
    before, title, after = file.read_text(encoding="utf-8").partition("title: ")
    file.write_text(f"{before}{title}Uji {number} {after}", encoding="utf-8")


def _check(file: Path) -> tuple[float, float]:
    """Seconds by the clock, and of processor."""
    command = [sys.executable, "-m", "psm_course.cli.main", "check", str(file)]
    before = _spent_by_children()
    clock = seconds(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True))
    return clock, _spent_by_children() - before


def _spent_by_children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime
