"""The table of sizes in the guide to installing, against what this environment has of each part."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import distribution
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.extras import OURS as OURSELVES
from tests.extras import needed
from tests.guides.pages import INSTALLING

BLOCK, MB = 4096, 1024 * 1024  # as `du -m` counts
ROW = re.compile(r"^\| (?:`\[(\w+)\]`|tanpa kurung) \|[^|]*\| (\d+) MB( lagi)? \|$", re.MULTILINE)
OURS = ("psm_course", "book", "modules", "quizzes")
NOT_OURS = ("scripts", "maintaining")


def stated() -> dict[str, tuple[int, bool]]:
    """Megabytes by part, and whether they come on top of another part; "" is the core alone."""
    text = (ROOT / INSTALLING).read_text(encoding="utf-8")
    return {part: (int(size), bool(more)) for part, size, more in ROW.findall(text)}


def on_disk(file: Path) -> int:
    """Bytes of a file in whole blocks, with its compiled form."""
    compiled = Path(cache_from_source(str(file))) if file.suffix == ".py" else None
    sizes = [file.stat().st_size]
    if compiled:
        sizes.append((compiled if compiled.is_file() else file).stat().st_size)
    return sum(-(-size // BLOCK) * BLOCK for size in sizes)


@cache
def of_package(name: str) -> int:
    found = distribution(name)
    paths = [Path(str(found.locate_file(file))) for file in found.files or []]
    return sum(on_disk(path) for path in paths if path.is_file() and path.suffix != ".pyc")


@cache
def of_every_installation() -> int:
    """The program that installs, and this package with its course, as the wheel has them."""
    installer = (distribution(OURSELVES).read_text("INSTALLER") or "").strip()
    files = [
        path
        for folder in OURS
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
        and path.suffix != ".pyc"
        and not set(NOT_OURS) & set(path.relative_to(ROOT).parts)
    ]
    return of_package(installer) + sum(map(on_disk, files))


@pytest.mark.parametrize("part", ["", "office", "site", "trainer", "all"])
def test_the_guide_states_what_a_part_takes(part: str) -> None:
    packages = needed([part] if part else [])
    measured = (of_every_installation() + sum(map(of_package, packages))) / MB

    assert stated()[part] == (pytest.approx(measured, rel=0.06), False)


def test_the_guide_states_what_publishing_adds() -> None:
    added = sum(map(of_package, needed(["office", "publish"]) - needed(["office"]))) / MB

    assert stated()["publish"] == (pytest.approx(added, rel=0.2), True)
