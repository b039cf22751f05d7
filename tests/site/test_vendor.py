"""What others wrote and our scripts are bundled from: each file as its package has it, with its
licence beside it.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.scripts import ROOT

VENDOR = ROOT / "psm_course/site/vendor"
LIST = json.loads((VENDOR / "list.json").read_text(encoding="utf-8"))
# Types of ours for a package that declares its own by name, not by file.
OURS = {"lean-qr/index.d.mts"}


@pytest.mark.parametrize("package", LIST, ids=lambda package: str(package["name"]))
def test_a_package_is_kept_whole_and_unchanged_with_its_licence(package: dict[str, object]) -> None:
    folder = VENDOR / str(package["folder"])
    kept = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if _name(path) not in OURS
    }

    assert kept == package["files"]
    assert package["licence"] == "MIT"
    assert "Permission is hereby granted, free of charge" in " ".join(
        (folder / "LICENSE").read_text(encoding="utf-8").split()
    )


def test_every_folder_is_in_the_list() -> None:
    folders = sorted(path.name for path in VENDOR.iterdir() if path.is_dir())

    assert folders == sorted(package["folder"] for package in LIST)
    assert len({package["name"] for package in LIST}) == 5


def _name(path: Path) -> str:
    return path.relative_to(VENDOR).as_posix()
