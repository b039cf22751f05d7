"""Mutants in a small checkout: killed where a test enters what was changed and asks,
and nothing is left of any of it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.mutants.__main__ import equivalents
from tests.mutants.changes import edits_of

CODE = """
LIMIT = 3


def small(n):
    return n < LIMIT


def large(n):
    return n > LIMIT


def waits(n):
    while n > 0:
        n = n - 1
    return n
"""
TESTS = """
from psm_course.code import small, large, waits

def test_small():
    assert (small(2), small(3)) == (True, False)

def test_large():
    large(7)

def test_waits():
    assert waits(1) == 0
"""
FILES = {"psm_course/code.py": CODE, "tests/test_code.py": TESTS}
FILES |= dict.fromkeys(("psm_course/__init__.py", "tests/__init__.py", "pyproject.toml"), "")
TRY = """
from pathlib import Path
from tests.mutants.changes import edits_of
from tests.mutants.running import Copy, Room
folder = Path({folder!r})
file = "psm_course/code.py"
source = (folder / file).read_text()
copy = Copy(folder, patience=8)
known = copy.map(Room("", ("tests",)))
for edit in edits_of(file, source):
    change = edit.change(source)
    print(change.line, change.now, copy.survives(change, known), sep=" | ")
assert (folder / file).read_text() == source
"""


def test_a_mutant_lives_until_a_test_that_enters_it_fails_or_never_ends(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-c", TRY.format(folder=str(tmp_path))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env=_environment(),
    )

    assert done.stdout.splitlines() == [
        "2 | LIMIT = 4 | False",
        "6 | return None | False",
        "6 | return n <= LIMIT | False",
        "10 | return None | True",
        "10 | return n >= LIMIT | True",
        "14 | while (not (n > 0)): | False",
        "14 | while n >= 0: | False",
        "14 | while n > 1: | False",
        "15 | n = n + 1 | False",
        "15 | n = n - 2 | False",
        "16 | return None | False",
    ]


def test_a_stopped_run_leaves_nothing_behind(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.mutants", "--small"],
        cwd=ROOT,
        env=_environment() | {"TMPDIR": str(tmp_path)},
        text=True,
    ) as running:
        while not any(tmp_path.glob("*/psm-course/.venv")):
            assert running.poll() is None
        running.send_signal(signal.SIGTERM)

    assert (running.returncode, list(tmp_path.iterdir())) == (1, [])


def test_what_counts_as_the_same_is_a_change_that_could_be_tried_and_says_why() -> None:
    for file, was, now, why in equivalents():
        source = (ROOT / file).read_text(encoding="utf-8")
        changes = (edit.change(source) for edit in edits_of(file, source))
        assert any((change.was, change.now) == (was, now) for change in changes if change), (
            f"{file}: {was}"
        )
        assert why


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")} | {
        "PYTHONPATH": str(ROOT)
    }
