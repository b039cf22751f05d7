"""A Python that is too old is said in a sentence, however the program is started."""

from __future__ import annotations

import ast
import os
import subprocess
import sys

import pytest
from dirty_equals import Contains

from tests.conftest import ROOT


@pytest.mark.parametrize("start", ["runpy.run_module('psm_course')", "import psm_course.cli.main"])
def test_an_old_python_is_refused_in_a_sentence(start: str) -> None:
    program = f"import runpy, sys; sys.version_info = (3, 9, 18); {start}"

    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.splitlines() == [Contains("versi 3.9;", "memerlukan 3.11 atau lebih")]


@pytest.mark.parametrize("file", ["__init__.py", "__main__.py", "cli/__init__.py"])
def test_what_an_old_python_reads_first_it_can_read(file: str) -> None:
    text = (ROOT / "psm_course" / file).read_text(encoding="utf-8")

    assert ast.parse(text, feature_version=(3, 7)).body
