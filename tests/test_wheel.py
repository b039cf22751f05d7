"""The wheel that an office is handed:
installed away from the repository, it begins a course and does the whole main job.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path

import pytest

from psm_course.content.course import read_course
from tests.conftest import ROOT


def built(folder: Path, **variables: str) -> Path:
    """The wheel, made from this checkout."""
    command = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "--target",
        "wheel",
        "--directory",
        str(folder),
    ]
    subprocess.run(command, cwd=ROOT, env=os.environ | variables, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("roda"))


def files_in(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_carries_the_course_of_the_repository(wheel: Path) -> None:
    carried = {
        name.removeprefix("psm_course/starter/"): content
        for name, content in files_in(wheel).items()
        if "/starter/" in name
    }
    kept = {
        path.relative_to(ROOT).as_posix()
        for folder in ("book", "modules", "quizzes")
        for path in (ROOT / folder).rglob("*.*")
    }
    left_out = ("book/maintaining/", ".ipynb_checkpoints/", "__pycache__/")

    assert set(carried) == {file for file in kept if not any(part in file for part in left_out)} | {
        "_config.yml"
    }
    assert [
        file for file, content in carried.items() if content != (ROOT / file).read_bytes()
    ] == []


def test_it_has_nothing_of_the_tools(wheel: Path) -> None:
    assert [
        name
        for name in files_in(wheel)
        if "site/scripts" in name or "maintaining" in name or "/tests/" in name
    ] == []


def test_the_one_for_a_public_index_has_no_item_of_a_test(wheel: Path, tmp_path: Path) -> None:
    course, _ = read_course(ROOT)
    assert course is not None
    banks = {
        f"psm_course/starter/{read.source.file}"
        for read in course.quiz_reads
        if read.source.file.startswith("quizzes/bank-")
    }
    items = [item for quiz in course.quizzes.values() if quiz.is_test for item in quiz.items]

    full, public = files_in(wheel), files_in(built(tmp_path, PSM_WHEEL="public"))
    texts = {
        name: " ".join(content.decode().split())
        for name, content in public.items()
        if name.endswith((".yml", ".md", ".ipynb"))
    }

    assert banks
    assert items
    assert banks <= set(full)
    assert set(full) - set(public) == banks
    leaked = [
        (name, item.id)
        for name, text in texts.items()
        for item in items
        if " ".join(item.prompt.split()) in text
    ]
    assert leaked == []


@pytest.mark.long
def test_installed_away_from_the_repository_it_does_the_main_job(
    wheel: Path, tmp_path: Path
) -> None:
    there = tmp_path / "terpasang"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(there)  # which is what pip does with a wheel of Python alone
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PSM_")
    } | {"PYTHONPATH": str(there)}

    def python(*words: str, within: Path = tmp_path) -> str:
        ran = subprocess.run(
            [sys.executable, *words],
            cwd=within,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    psm = partial(python, "-m", "psm_course.cli.main")
    assert python("-c", "import psm_course; print(psm_course.__file__)").startswith(str(there))
    psm("init", "kantor")
    assert [
        each
        for each in json.loads(psm("check", "--json", within=tmp_path / "kantor"))["problems"]
        if each["severity"] == "error"
    ] == []
    psm("demo", "--once")  # where there is no course, it begins one
    office = tmp_path / "coba-psm"
    papers = sorted((office / "var" / "demo" / "records").rglob("*.pdf"))
    assert len(papers) > 50
    assert json.loads(psm("build", "--json", within=office))["pages"] > 20
    environment["PSM_DATA"] = str(office / "var" / "demo")  # which has the keys of what it issued
    assert json.loads(psm("verify", str(papers[0]), "--json", within=office))["verdict"] == "valid"
