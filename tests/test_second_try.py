"""A failing test has a second try, not a third; too many second tries fail the run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.second_try import ALLOWED

FAILS = """
import pytest
tries = {{}}

@pytest.mark.parametrize("at", range({tests}))
def test_at_first(at):
    tries[at] = tries.get(at, 0) + 1
    assert tries[at] > {times}
"""


def run(folder: Path, tests: int, times: int) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(FAILS.format(tests=tests, times=times), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-ra",
        "-p",
        "xdist",
        "-p",
        "pytest_rerunfailures",
        "-p",
        "tests.second_try",
        "-p",
        "no:cacheprovider",
        "-n",
        "2",
        ".",
    ]
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
    )


@pytest.mark.parametrize(
    ("tests", "times", "code", "said"),
    [
        (1, 2, 1, "1 failed, 1 rerun"),
        (ALLOWED, 1, 0, f"{ALLOWED} tests needed a second try ="),
        (ALLOWED + 1, 1, 1, f"more than {ALLOWED}, so this run has failed"),
    ],
)
def test_a_failing_test_is_tried_once_more(
    tmp_path: Path, tests: int, times: int, code: int, said: str
) -> None:
    done = run(tmp_path, tests, times)

    assert done.returncode == code, done.stdout + done.stderr
    assert said in done.stdout
    assert done.stdout.count("]: the first try") == tests
