"""Adds to the wheel, besides the package, the course that `psm init` begins with.

`psm_course/starting/starter.py` unpacks it. Offices get the wheel with the banks of test items by
hand. For a public index it is made without: `PSM_WHEEL=public`.
"""

import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_FOLDERS = ("book", "modules", "quizzes")
_LEFT_OUT = ("/book/maintaining/", "/.ipynb_checkpoints/", "/__pycache__/")


class CarriedCourse(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the course's files below `psm_course/starter`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """`version` is "standard" or "editable": a checkout that runs in place carries nothing."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        build_data["force_include"][str(root / "requirements.lock")] = (
            "psm_course/starting/server/requirements.lock"  # for `psm new server`
        )
        is_public = os.environ.get("PSM_WHEEL") == "public"
        carried = [
            root / "_config.yml",
            *(path for folder in _FOLDERS for path in (root / folder).rglob("*")),
        ]
        for file in (path.relative_to(root).as_posix() for path in carried if path.is_file()):
            if not any(part in f"/{file}" for part in _LEFT_OUT) and not (
                is_public and file.startswith("quizzes/bank-")
            ):
                build_data["force_include"][str(root / file)] = f"psm_course/starter/{file}"
