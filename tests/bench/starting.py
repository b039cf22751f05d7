"""`psm serve` in an office that has adopted its course: from the command to the first page."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median

from rich.table import Table

from tests.bench.size import Size
from tests.cli.office.test_serve import free_port

_PSM = [sys.executable, "-m", "psm_course.cli.main"]


def starting_rows(table: Table, course: Path, size: Size) -> None:
    """Every page is asked for in a server of its own; the first start, which compiles what Python
    keeps compiled, is not counted.
    """
    with tempfile.TemporaryDirectory() as folder:
        office = _an_office(course, Path(folder) / "kantor")
        for what, path in (("the site's front page", "/"), ("the desk's door", "/masuk")):
            taken = [_first_page(office, path) for _ in range(size.builds + 1)][1:]
            clock, processor = (median(each) for each in zip(*taken, strict=True))
            row = f"psm serve, from the command to {what}, median of {len(taken)}"
            table.add_row(row, f"{clock:.2f} s", "≤ 1.2 s", f"{processor:.2f} s of processor")


def _an_office(course: Path, root: Path) -> Path:
    for folder in ("modules", "quizzes"):
        shutil.copytree(
            course / folder,
            root / folder,
            ignore=shutil.ignore_patterns("kernel-ipc-*", ".ipynb_checkpoints"),
        )
    (root / "var" / "site").mkdir(parents=True)
    (root / "var" / "site" / "index.html").write_text("Situs", encoding="utf-8")
    subprocess.run(
        [*_PSM, "cohort", "new", "D26", "--start", "2026-11-24"],
        cwd=root,
        check=True,
        capture_output=True,
    )
    return root


def _first_page(office: Path, path: str) -> tuple[float, float]:
    """Seconds by the clock until the page is here, and of the server's processor until its end."""
    port, before, start = free_port(), _of_children(), time.perf_counter()
    with subprocess.Popen(
        [*_PSM, "serve", "--port", str(port)],
        cwd=office,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout
        assert any("Ctrl+C" in line for line in process.stdout), "psm serve did not start"
        urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60).read()
        clock = time.perf_counter() - start
        process.send_signal(signal.SIGINT)
        process.communicate()
    return clock, _of_children() - before


def _of_children() -> float:
    times = os.times()
    return times.children_user + times.children_system
