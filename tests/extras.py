"""Run `psm` as it is where only some of its optional parts are installed:
`python -m tests.extras office -- cohort list`.

Every package of this environment that the chosen parts do not need cannot be imported.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from importlib.metadata import distribution, packages_distributions
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
OURS = "psm-course"


def needed(extras: Sequence[str]) -> set[str]:
    """Names of all distributions that pip installs for `psm-course[extras]`,
    as far as this environment has them.
    """
    declared = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    todo = [Requirement(line) for line in declared["dependencies"]] + [
        Requirement(f"{OURS}[{','.join(extras)}]")
    ]
    found: dict[str, set[str]] = {}
    while todo:
        wanted = todo.pop()
        name = _normal(wanted.name)
        if name == OURS:
            todo += [
                Requirement(line)
                for extra in wanted.extras
                for line in declared["optional-dependencies"][extra]
            ]
        elif name not in found or not wanted.extras <= found[name]:
            found[name] = found.get(name, set()) | wanted.extras
            todo += [
                each
                for each in map(Requirement, distribution(name).requires or [])
                if _is_meant(each, found[name])
            ]
    return set(found)


def _is_meant(wanted: Requirement, extras: set[str]) -> bool:
    if wanted.marker is None:
        return True
    meant = any(wanted.marker.evaluate({"extra": extra}) for extra in extras | {""})
    wanted.marker = None
    return meant


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


class Partly:
    """A finder of modules that finds nothing of the packages that are not there."""

    def __init__(self, finder: Any, there: set[str]) -> None:
        self.finder = finder
        self.by_module = {
            module: {_normal(name) for name in names}
            for module, names in packages_distributions().items()
        }
        self.there = there | {OURS}

    def find_spec(self, fullname: str, *more: Any) -> ModuleSpec | None:
        """As the import system asks, and `importlib.util.find_spec`."""
        of = self.by_module.get(fullname.split(".", maxsplit=1)[0])
        if of and not of & self.there:
            return None
        found: ModuleSpec | None = self.finder.find_spec(fullname, *more)
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.finder, name)


if __name__ == "__main__":
    parts, words = sys.argv[1], sys.argv[3:]
    there = needed([part for part in parts.split(",") if part != "core"])
    sys.meta_path[:] = [Partly(finder, there) for finder in sys.meta_path]
    for module in [name for name in sys.modules if name.split(".")[0] == "packaging"]:
        del sys.modules[module]
    sys.argv = ["psm", *words]
    from psm_course.cli.main import main

    main()
