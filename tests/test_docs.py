"""The guides name only commands, targets and files that exist."""

from __future__ import annotations

import re

import pytest

from psm_course.cli.main import COMMANDS
from tests.conftest import ROOT

GUIDES = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    *(f"book/{name}.md" for name in ("panduan-pelatih", "panduan-petugas", "panduan-kunci", "format-kuis")),
]
ARCHITECTURE = ROOT / "book/maintaining/architecture.md"


@pytest.mark.parametrize("guide", GUIDES)
def test_every_psm_command_and_make_target_exists(guide: str) -> None:
    text = (ROOT / guide).read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    commands = {name for line in re.findall(r"`psm ([^`]+)`", text) for name in line.split()[:1]}
    named = set(re.findall(r"(?:`|^    )make ([a-z]+)", text, re.MULTILINE))

    assert commands <= set(COMMANDS)
    assert named <= targets


def test_every_file_the_architecture_names_exists() -> None:
    named = re.findall(r"`([a-z_]+/[a-z_./*<>]+\.(?:py|md|yml))`", ARCHITECTURE.read_text(encoding="utf-8"))

    assert len(named) > 10
    for name in named:
        pattern = name.replace("<type>", "*")
        assert list((ROOT / "psm_course").glob(pattern)) or list(ROOT.glob(pattern)), name


def test_the_readme_shows_its_two_commands_first_and_a_picture() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert re.findall(r"^    (make .+)$", text, re.MULTILINE) == ["make demo", "make test"]
    assert (ROOT / re.findall(r"!\[.+\]\((.+)\)", text)[0]).is_file()
    assert len(text.splitlines()) < 40
