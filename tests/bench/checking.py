"""`psm check FILE`: how long an author waits for one quiz, from the command to its last line."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from rich.table import Table

from tests.bench.timing import RUNS, best_of

# A practice quiz, the longest bank, and a test that draws from every bank: the least and the most that there is to read.
_FILES = ("latihan-ppks-1", "bank-anak", "tes-akhir")


def checking_rows(table: Table, course: Path) -> None:
    for name in _FILES:
        check = _command(course / "quizzes" / f"{name}.yml")
        table.add_row(
            f"psm check {name}.yml, a new process, best of {RUNS}",
            f"{best_of(check):.2f} s, of which processor {best_of(check, _spent_by_children):.2f} s",
            "≤ 0.5 s",
            "",
        )


def _command(file: Path) -> Callable[[], object]:
    command = [sys.executable, "-m", "psm_course.cli.main", "check", str(file)]
    return lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def _spent_by_children(work: Callable[[], object]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
