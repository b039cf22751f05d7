"""Each optional part of the package does its job with nothing there but what it asks for, and says
so where another's is missing.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import packages_distributions
from pathlib import Path
from urllib.request import urlopen

import pytest
from dirty_equals import Contains

from psm_course.cli.main import not_installed
from tests.cli.conftest import PASSPHRASE, Psm, Ran, a_hand_in
from tests.cli.course.test_preview import a_written_course
from tests.cli.office.conftest import served
from tests.cli.office.test_behind_proxy import free_ports, running
from tests.conftest import ROOT
from tests.extras import needed

__all__ = ["served"]
Run = Callable[..., Ran]


@pytest.fixture
def free_port() -> int:
    return free_ports(1)[0]


@pytest.fixture
def only(course: Path) -> Run:
    """Run a command in the small course with only some parts installed."""

    def run(parts: str, *words: str | Path, stdin: str = "") -> Ran:
        command = [sys.executable, "-m", "tests.extras", parts, "--", *map(str, words)]
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PSM_KEY_PASSPHRASE": PASSPHRASE}
        ran = subprocess.run(
            command,
            cwd=course,
            env=environment,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,  # rather than wait for an answer that nobody gives
        )
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    return run


def test_alone_it_grades_checks_and_verifies(only: Run, course: Path, signing: Psm) -> None:
    signing("issue", "D26")
    paper = next((course / "var").rglob("*.pdf"))
    (course / "kiriman.jsonl").write_text(a_hand_in("D26-001"), encoding="utf-8")
    quiz = next(
        path
        for path in (course / "quizzes").glob("*.yml")
        if "use: posttest" in path.read_text(encoding="utf-8")
    )

    graded = only("core", "grade", quiz, "kiriman.jsonl")
    checked = only("core", "check", "--json")
    verified = only("core", "verify", paper, "--json")

    assert (graded.code, graded.err) == (0, "")
    assert json.loads(graded.out)["participant"] == "D26-001"
    assert (checked.code, json.loads(checked.out)["problems"]) == (0, [])
    assert (verified.code, json.loads(verified.out)["verdict"]) == (0, "valid")


def test_an_office_does_the_main_job_without_sphinx_and_kernels(
    only: Run, course: Path, signing: Psm
) -> None:
    asked = (
        ["status", "D26", "--json"],
        ["issue", "D26"],
        ["report", "D26"],
        ["cards", "D26"],
        ["backup"],
        ["db", "check"],
    )

    ran = [only("office", *words) for words in asked]

    assert [(each.code, each.err) for each in ran] == [(0, "")] * len(ran)
    assert list((course / "var" / "records").rglob("*.pdf"))
    assert not {"sphinx", "jupyter-book", "ipykernel", "jupyterlab"} & needed(["office"])


def test_an_office_opens_its_desk_with_a_site_that_was_built_elsewhere(
    served: Path, free_port: int
) -> None:
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "tests.extras",
        "office",
        "--",
        "serve",
        "--port",
        str(free_port),
    ]

    with (
        running(command, {"Tekan Ctrl+C"}, served, PYTHONPATH=str(ROOT)),
        urlopen(f"http://127.0.0.1:{free_port}/masuk", timeout=60) as door,
    ):
        assert door.status == 200


def test_where_no_site_can_be_built_it_is_said_before_anything_is_done(
    only: Run, course: Path
) -> None:
    asked = (["build"], ["demo"], ["init", "baru", "--open"])

    ran = [only("office", *words) for words in asked]
    desk = only("office", "serve")

    assert [(each.code, each.out) for each in ran] == [(2, "")] * len(ran)
    assert [each.err.splitlines()[0] for each in ran] == [
        Contains("Penyusun situs", 'pip install "psm-course[site]"')
    ] * len(ran)
    assert (desk.code, desk.out) == (2, "")
    assert "Salin" in desk.err
    assert 'pip install "psm-course[site]"' in desk.err
    assert not (course / "baru").exists()
    assert not (course / "var" / "demo").exists()


def test_a_demo_does_all_that_an_office_can(only: Run, course: Path) -> None:
    played = only("office", "demo", "--once")

    assert (played.code, played.err) == (0, "")
    assert list((course / "var" / "demo" / "records").rglob("*.pdf"))
    assert (
        Contains("Situs tidak disusun", 'pip install "psm-course[site]"') in played.out.splitlines()
    )
    assert "index.html" not in played.out
    assert "Untuk masuk ke meja" in played.out


def test_the_site_is_built_without_the_office(only: Run, course: Path) -> None:
    a_written_course(course)

    built = only("site", "build")

    assert (built.code, built.err) == (0, "")
    assert (course / "var" / "site" / "index.html").is_file()
    assert not {"typst", "pyhanko", "uvicorn", "jupyterlab"} & needed(["site"])


@pytest.mark.parametrize("parts", ["core", "site", "office"])
def test_a_course_is_begun_with_whatever_is_installed(
    only: Run, tmp_path: Path, parts: str
) -> None:
    begun = only(parts, "init", tmp_path / "kantor", "--kota", "32.71")

    assert (begun.code, begun.err) == (0, "")
    assert (tmp_path / "kantor" / "modules" / "course.yml").is_file()


@pytest.mark.parametrize("place", ["sftp://psm@127.0.0.1:1/srv/situs", "s3://ember-psm/psm"])
def test_publishing_to_another_machine_is_a_part_of_its_own(
    only: Run, signing: Psm, place: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nobody answers there: what matters is that it was asked."""
    keys = {"ACCESS_KEY_ID": "A", "SECRET_ACCESS_KEY": "B", "ENDPOINT_URL": "http://127.0.0.1:1"}
    for name, value in {"HOME": str(tmp_path)}.items() | {
        (f"AWS_{name}", value) for name, value in keys.items()
    }:
        monkeypatch.setenv(name, value)

    with_it, without = only("office,publish", "publish", place), only("office", "publish", place)

    assert (with_it.code, without.code) == (2, 2)
    assert "tidak dapat dihubungi" in with_it.err or "tidak menjawab" in with_it.err
    assert 'pip install "psm-course[' in without.err


@pytest.mark.parametrize(
    ("parts", "words", "wanted"),
    [
        ("core", ["cohort", "new", "D26", "--start", "2026-11-24"], "office"),
        ("core", ["build"], "site"),
        ("core", ["init", "baru", "--open"], "office"),
        ("site", ["init", "baru", "--open"], "office"),
        ("core", ["serve"], "office"),
        ("site", ["serve"], "office"),
        ("core", ["demo", "--once"], "office"),
        ("core", ["backup"], "office"),
        ("office", ["preview", "modules/sapa/menyapa.ipynb"], "site"),
        ("office", ["trainer"], "trainer"),
    ],
)
def test_what_is_missing_is_said_with_the_part_that_has_it(
    only: Run, course: Path, parts: str, words: list[str], wanted: str
) -> None:
    ran = only(parts, *words)

    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert f'pip install "psm-course[{wanted}]"' in ran.err
    assert not (course / "baru").exists()


def test_a_library_that_is_missing_is_no_fault_of_the_register(only: Run, signing: Psm) -> None:
    checked = only("core", "db", "check")

    assert checked == (2, "", Contains("(alembic)", 'pip install "psm-course[office]"\n'))


def test_the_part_to_install_has_the_library() -> None:
    """For every library that our code names: the part is one that brings it."""
    named = {
        module.split(".")[0]
        for path in (ROOT / "psm_course").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for module in _imported(node)
    }
    has = packages_distributions()
    said = {
        name: re.findall(r"\[(\w+)\]", not_installed(name))[0]
        for name in (named & {*has}) - {"psm_course"}
    }

    brought = {part: needed([part]) for part in {*said.values()}}

    assert {"alembic": "office", "sphinx": "site", "obstore": "publish"}.items() <= said.items()
    assert [
        name
        for name, part in said.items()
        if not brought[part] & {re.sub(r"[-_.]+", "-", each).lower() for each in has[name]}
    ] == []


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [each.name for each in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


def test_everything_is_every_part() -> None:
    assert needed(["all"]) == needed(["office"]) | needed(["site"]) | needed(["trainer"]) | needed(
        ["publish"]
    )
