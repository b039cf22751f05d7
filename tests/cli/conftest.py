from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from psm_course.cli.language import speak_indonesian
from psm_course.cli.main import run
from tests.builders import a_course

REPOSITORY = Path(__file__).parents[2]

# As in a fresh process, before any command is imported: click names files and folders while a command is being declared.
speak_indonesian()


class Ran(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


Psm = Callable[..., Ran]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small course without problems; commands run inside its folder, and nothing is configured."""
    root = a_course(tmp_path / "kursus")
    monkeypatch.chdir(root)
    for name in [name for name in os.environ if name.startswith("PSM_")]:
        monkeypatch.delenv(name)
    return root


@pytest.fixture
def psm(course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Psm:
    """Run a command where the small course is, with something on standard input if need be."""
    monkeypatch.setenv("LANGUAGE", "en")

    def run_psm(*arguments: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = run([str(argument) for argument in arguments])
        return Ran(code, *capsys.readouterr())

    return run_psm


@pytest.fixture(scope="session")
def real_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository's own course, to look at."""
    root = tmp_path_factory.mktemp("kursus-asli")
    for folder in ("modules", "quizzes", "book"):
        shutil.copytree(REPOSITORY / folder, root / folder, ignore=shutil.ignore_patterns("kernel-ipc-*", ".ipynb_checkpoints"))
    shutil.copy2(REPOSITORY / "_config.yml", root)
    return root
