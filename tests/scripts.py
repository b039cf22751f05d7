"""`python -m tests.scripts bundle` (or `lint`): the tools for `psm_course/site/scripts`, and the
bundles that tests make up.
"""

from __future__ import annotations

import os
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from tests.needs import NODE, SCRIPT_TOOLS

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT / "psm_course/site/scripts"
_BUNDLER = SCRIPTS / "bundle.mjs"
# What eslint reads: the site's modules, and the scripts of the wall, the desk and JupyterLab.
_LINTED = (
    "psm_course/site/scripts",
    "psm_course/items",
    "psm_course/trainer",
    "psm_course/slides/static",
    "psm_course/web",
)


def main() -> None:
    match sys.argv[1:]:
        case ["bundle"]:
            write_generated()
        case ["lint"]:
            sys.exit(lint())
        case _:
            sys.exit("Say what for: bundle or lint.")


def run_node(
    *arguments: str | Path, given: str = "", check: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run Node with the tools at hand; what it complains of goes to standard error."""
    environment = os.environ | {"NODE_PATH": str(SCRIPT_TOOLS.require() / "node_modules")}
    command = [str(NODE.require()), *map(str, arguments)]
    return subprocess.run(
        command,
        input=given,
        stdout=subprocess.PIPE,
        text=True,
        check=check,
        env=environment,
        cwd=ROOT,
    )


def write_generated(*options: str | Path) -> None:
    """Make every file of `generated/`, there or where `--out` says."""
    run_node(_BUNDLER, *options)


@lru_cache
def bundled(entry: str, over: str = "", items: tuple[str, ...] = ()) -> str:
    """A made-up entry as a script for a page.

    entry: the text of a module in `scripts/`. Without a bundle under it, what it exports is the
    page's `PSM`.
    over: the bundle that stands on the page already (`psm.js` for most).
    items: more item types, each as `name=folder`.
    """
    options = [f"--over={over}"] * bool(over) + [f"--items={each}" for each in items]
    return run_node(_BUNDLER, "--stdin", *options, given=entry).stdout


def lint() -> int:
    """Types and style of all our scripts; 0 when nothing was found."""
    tools = SCRIPT_TOOLS.require() / "node_modules"
    types = run_node(tools / "typescript/bin/tsc", "-p", SCRIPTS, check=False)
    style = run_node(
        tools / "eslint/bin/eslint.js",
        "--config",
        SCRIPTS / "eslint.config.js",
        *_LINTED,
        check=False,
    )
    sys.stdout.write(types.stdout + style.stdout)
    return types.returncode or style.returncode


if __name__ == "__main__":
    main()
