"""`make smoke`: every target of the Makefile that makes or measures something, once, in its
smallest form. Prints seconds per step.

The steps run in copies of this checkout with the same environment, so the office's `var` is not
touched. No step may change a file of the checkout: that is how a schema or a page that nobody wrote
anew is found. All steps run, whichever of them fails.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from urllib.request import urlopen

from tests.bench.__main__ import PARTS, READER
from tests.cli.office.test_serve import free_port

ROOT = Path(__file__).resolve().parents[1]
_MADE = (
    ".git",
    ".venv",
    "var",
    "_build",
    "__pycache__",
    "*.egg-info",
    ".*_cache",
    ".hypothesis",
    ".ipynb_checkpoints",
    "node_modules",
)


class Failed(Exception):
    """A step went wrong; the message is what it printed, or what it changed."""


@dataclass(frozen=True)
class Step:
    """A target, and how it is run in a copy of the checkout. `run` raises Failed."""

    target: str
    run: Callable[[Path], None]


def make(target: str, *variables: str) -> Step:
    """The usual step: `make TARGET VARIABLE=value`."""
    return Step(target, lambda copy: _run(["make", target, *variables], copy))


# Why a target is no step.
EXCEPTIONS = {
    "help": "prints the list of targets",
    "test": "CI runs it beforehand",
    "lint": "part of `make test`",
    "smoke": "is this",
    "lock": "asks the package index for newer versions",
    "clean": "only removes",
    "windows": (
        "needs an archive of Python for Windows; tests/test_windows.py lays out a made-up one"
    ),
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(1 if failures_side_by_side(LANES, ROOT, Path(folder)) else 0)


def failures_side_by_side(
    lanes: Sequence[Sequence[Step]], checkout: Path, folder: Path
) -> list[str]:
    """Run the lanes side by side, each in a copy of the checkout; the targets that failed."""
    copies = [_ready_copy(checkout, folder / str(number)) for number in range(len(lanes))]
    with ThreadPoolExecutor(len(lanes)) as beside:
        return [target for failed in beside.map(failures, lanes, copies) for target in failed]


def _ready_copy(checkout: Path, folder: Path) -> Path:
    copy = copied(checkout, folder / "psm-course")
    (copy / ".venv").symlink_to(checkout / ".venv")
    return copy


def failures(steps: Sequence[Step], copy: Path) -> list[str]:
    """Run all steps and return the targets that failed."""
    failed = []
    for step in steps:
        start = time.perf_counter()
        try:
            _run_unchanged(step, copy)
        except Failed as error:
            failed.append(step.target)
            print(f"\n{error}\n", flush=True)
        outcome = "FAILED" if step.target in failed else "ok"
        print(
            f"make {step.target:<12}{outcome:<8}{time.perf_counter() - start:4.0f} s\n",
            end="",
            flush=True,
        )  # whole, beside another lane
    return failed


def _run_unchanged(step: Step, copy: Path) -> None:
    before = contents(copy)
    step.run(copy)
    after = contents(copy)
    changed = sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )
    if changed:
        raise Failed(
            f"make {step.target} changed: {', '.join(changed)}. Run it and commit what it writes."
        )


def copied(checkout: Path, to: Path) -> Path:
    """The checkout without what was made in it. Files keep their times, by which make decides."""
    return Path(shutil.copytree(checkout, to, symlinks=True, ignore=shutil.ignore_patterns(*_MADE)))


def contents(copy: Path) -> dict[str, bytes]:
    """The files that belong to the checkout, by name."""
    made, found = shutil.ignore_patterns(*_MADE), {}
    for where, folders, names in os.walk(copy):
        folders[:] = set(folders) - made(where, folders)
        kept = (Path(where) / name for name in set(names) - made(where, names))
        found |= {path.relative_to(copy).as_posix(): path.read_bytes() for path in kept}
    return found


def environment() -> dict[str, str]:
    """As a newcomer has it: no settings of an office, and not inside another make."""
    given = os.environ.items()
    return {
        name: value
        for name, value in given
        if name == "PSM_TEST_BROWSER" or not name.startswith(("PSM_", "MAKE", "MFLAGS"))
    }


def _run(command: Sequence[str], copy: Path) -> None:
    both = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    done = subprocess.run(
        command,
        cwd=copy,
        env=environment(),
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
        **both,
    )
    if done.returncode != 0:
        raise Failed(f"{done.stdout}{' '.join(command)} ended with code {done.returncode}.")


# ---- JupyterLab, which runs until somebody stops it ----------------------------------------------


def start_and_stop_trainer(copy: Path) -> None:
    """Start `make trainer`, ask it for the lessons as a browser does, and stop what it started."""
    command = ["make", "trainer", f"TRAINER=--no-browser --port {free_port()}"]
    both = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(
        command,
        cwd=copy,
        env=environment(),
        stdin=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        **both,
    ) as running:
        assert running.stdout is not None
        said = ""
        for line in running.stdout:
            said += line
            if _ADDRESS.search(line):
                break
        address = _ADDRESS.search(said)
        shown = address is not None and _shows_lessons(*address.groups())
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGTERM)
    if not shown:
        raise Failed(f"{said}make trainer: it does not show the lessons.")


_ADDRESS = re.compile(r"(http://127\.0\.0\.1:\d+/)lab/\S*\?token=(\w+)")


def _shows_lessons(server: str, token: str) -> bool:
    """Whether the page opens, and the lessons are listed."""
    try:
        with (
            _ask(server, "lab", token) as page,
            _ask(server, "api/contents/modules", token) as listed,
        ):
            return page.status == 200 and "course.yml" in {
                each["name"] for each in json.load(listed)["content"]
            }
    except OSError:
        return False


def _ask(server: str, path: str, token: str) -> HTTPResponse:
    # Our own server.
    answer: HTTPResponse = urlopen(f"{server}{path}?token={token}", timeout=60)  # noqa: S310
    return answer


# Side by side, each in a copy of its own, and one lane more than most machines have processors: a
# step waits a quarter of its time, for a browser, for phones, for the package index.
# Whatever builds the site comes after `build` and in the same copy:
# there, each lesson has been run once. The bench is shared between the lanes.
LANES = (
    (
        make("build"),
        make("bench", "SMALL=1", f"PARTS={' '.join(READER)}"),
        make("demo", "ONCE=1"),
    ),
    (
        make("bench", "SMALL=1", f"PARTS={' '.join(each for each in PARTS if each not in READER)}"),
        make("siege", "SMALL=1"),
        make("lock-check"),
        make("check"),
        make("reference"),
    ),
    (
        make("faults", "SMALL=1"),
        make("mutants", "SMALL=1"),
        make("flips", "FLIPS=40"),
        Step("trainer", start_and_stop_trainer),
        make("scripts"),
    ),
)
STEPS = tuple(step for lane in LANES for step in lane)

if __name__ == "__main__":
    main()
