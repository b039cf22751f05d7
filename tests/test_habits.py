"""The files that other programs read of a repository: what they name is there.
They themselves are run elsewhere.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT


def read(name: str) -> dict[str, Any]:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_each_hook_before_a_commit_is_a_target_of_ours() -> None:
    hooks = [hook for repo in read(".pre-commit-config.yaml")["repos"] for hook in repo["hooks"]]
    targets = re.findall(
        r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert {hook["entry"] for hook in hooks} <= {f"make {target}" for target in targets}
    assert all(hook["language"] == "system" for hook in hooks)  # nothing is downloaded


def test_newer_packages_are_looked_for_wherever_some_are_named() -> None:
    watched = {
        (each["package-ecosystem"], place)
        for each in read(".github/dependabot.yml")["updates"]
        for place in each.get("directories", [each.get("directory")])
    }
    locks = {
        f"/{path.parent.relative_to(ROOT).as_posix()}"
        for path in (
            found
            for room in ("psm_course", "tests")
            for found in (ROOT / room).rglob("package-lock.json")
        )
        if "node_modules" not in path.parts
    }

    assert {place for _, place in watched if place != "/"} == locks
    assert (
        len({kind for kind, place in watched if place == "/"}) == 2
    )  # Python's packages, and what the workflow uses


def test_the_workflow_runs_what_ci_runs_on_the_pythons_we_name() -> None:
    jobs = read(".github/workflows/test.yml")["jobs"]
    oldest = re.search(
        r'requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    )

    assert {"run": ".ci/run"} in jobs["debian"]["steps"]
    assert oldest is not None
    assert {
        step["with"]["python-version"] for step in jobs["other-systems"]["steps"] if "with" in step
    } == {oldest[1]}


@pytest.mark.parametrize(
    "link",
    re.findall(
        r"\]\(([^)]+)\)|`(\w[\w/]*/[\w./-]+)`", (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    ),
)
def test_what_the_security_page_names_is_there(link: tuple[str, str]) -> None:
    assert (ROOT / (link[0] or link[1])).exists()
