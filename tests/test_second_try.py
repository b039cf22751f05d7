"""A browser test has a second try, every other test one; too many second tries fail the run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.second_try import ALLOWED

# `chromium` stands in for the browser: what is tried again is decided by its name alone.
FAILS_FIRST = """
import pytest
tries = {{}}

@pytest.fixture
def chromium():
    return None

@pytest.mark.parametrize("at", range({tests}))
def test_once_in_two({fixture}at):
    tries[at] = tries.get(at, 0) + 1
    assert tries[at] > 1
"""


def run(folder: Path, tests: int, fixture: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(FAILS_FIRST.format(tests=tests, fixture=fixture), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-ra", "-p", "tests.second_try", "-p", "no:cacheprovider", "-n", "2", "."]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(ROOT), "PATH": ""})


@pytest.mark.parametrize(
    ("tests", "fixture", "code", "said"),
    [
        (1, "", 1, "1 failed"),
        (ALLOWED, "chromium, ", 0, f"{ALLOWED} browser tests needed a second try ="),
        (ALLOWED + 1, "chromium, ", 1, f"more than {ALLOWED}, so this run has failed"),
    ],
)
def test_who_has_a_second_try(tmp_path: Path, tests: int, fixture: str, code: int, said: str) -> None:
    done = run(tmp_path, tests, fixture)

    assert done.returncode == code, done.stdout + done.stderr
    assert said in done.stdout
    assert done.stdout.count("]: the first try") == (tests if fixture else 0)
