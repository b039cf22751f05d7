"""`make bench`: what things cost, measured here and now beside a baseline.
Timings are printed, never asserted.

`python -m tests.bench site` measures one part alone; `--course FOLDER` takes the site's content
from elsewhere; `--small` only goes through every step.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.table import Table

from tests.bench.analysis import analysis_rows
from tests.bench.building import building_rows
from tests.bench.certificates import certificate_rows
from tests.bench.checking import checking_rows
from tests.bench.grading import ROOT, grading_rows, memory_rows
from tests.bench.handing_in import handing_in_rows
from tests.bench.lighthouse import lighthouse_rows
from tests.bench.phone import phone_rows
from tests.bench.preview import preview_rows
from tests.bench.records import record_rows
from tests.bench.register import register_rows
from tests.bench.site import build_both, keep_results, site_rows
from tests.bench.size import FULL, SMALL, Size
from tests.bench.starting import starting_rows
from tests.bench.tapping import tap_rows
from tests.bench.trainer import trainer_rows
from tests.bench.verification import verification_rows
from tests.browser import ARGUMENTS, browser

READER = ("site", "lighthouse", "preview")  # of the site, built once for all of them
PARTS = (
    "grading",
    "checking",
    "certificates",
    "records",
    "handing-in",
    "starting",
    "register",
    "analysis",
    "verification",
    *READER,
    "trainer",
)


def asked_for(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line. No part named means all of them.

    The parts are checked here, not by `choices`: Python 3.11 checks even the default of `nargs="*"`
    against them, as one value.
    """
    asked = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    asked.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    asked.add_argument("--course", type=Path, default=ROOT)
    asked.add_argument(
        "--small",
        action="store_true",
        help="go through every step with as little as will do; the figures mean nothing",
    )
    given = asked.parse_args(arguments)
    given.parts = given.parts or list(PARTS)
    unknown = [part for part in given.parts if part not in PARTS]
    if unknown:
        asked.error(f"unknown part: {', '.join(unknown)}. There are: {', '.join(PARTS)}.")
    return given


def main() -> None:
    given = asked_for(sys.argv[1:])
    # As an installed program, whose modules pip compiled; containers often forbid to keep that.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    size = SMALL if given.small else FULL
    if given.small:
        print("Small: every step is gone through; the figures mean nothing.")
    for part, (title, fill) in _tables(given.course, size).items():
        if part in given.parts:
            table = _table(title)
            fill(table)
            Console().print(table)
    if set(READER) & set(given.parts):
        with tempfile.TemporaryDirectory() as folder:
            Console().print(_reader(Path(folder), given.course, given.parts, size))


def _tables(course: Path, size: Size) -> dict[str, tuple[str, Callable[[Table], None]]]:
    """Each part with a table of its own: its title, and what fills it."""

    def grading(table: Table) -> None:
        grading_rows(table, size)
        memory_rows(table, size)

    def verification(table: Table) -> None:
        with tempfile.TemporaryDirectory() as folder, _chromium() as launched:
            verification_rows(table, launched, Path(folder), size)

    def checking(table: Table) -> None:
        with tempfile.TemporaryDirectory(prefix="psm-bench-") as place:
            checking_rows(table, _copy(course, Path(place) / "course"), size.runs)

    def trainer(table: Table) -> None:
        with _chromium() as launched:
            trainer_rows(table, course, launched)

    return {
        "grading": (f"Measured in one run, best of {size.runs}, one process", grading),
        "checking": ("Proof-reading, measured in one run", checking),
        "certificates": (
            f"Certificates, measured in one run, best of {size.runs}, one process",
            lambda table: certificate_rows(table, size),
        ),
        "records": (
            "Records through the register, measured in one run",
            lambda table: record_rows(table, size),
        ),
        "handing-in": (
            "Handing in, on real connections and real databases",
            lambda table: handing_in_rows(table, size),
        ),
        "starting": (
            "An office opens its desk; the machine's other work counts too",
            lambda table: starting_rows(table, course, size),
        ),
        "register": (
            "The office in a full register; the machine's other work counts too",
            lambda table: register_rows(table, size),
        ),
        "analysis": (
            "What answers say about questions; beside it our own processor time",
            lambda table: analysis_rows(table, size),
        ),
        "verification": ("Certificates verified in the browser", verification),
        "trainer": ("The trainer's session", trainer),
    }


def _reader(place: Path, course: Path, parts: list[str], size: Size) -> Table:
    """The site's part of the table, from a copy of the content."""
    table = _table("The reader, measured in one run beside the stock Jupyter Book theme")
    root = _copy(course, place / "course")
    with _chromium() as launched:
        if {"site", "lighthouse"} & set(parts):
            keep_results(course / "var" / "build", root / "var" / "build")
            sites = build_both(root, place, size)
        if "site" in parts:
            site_rows(table, sites, launched)
            phone_rows(table, launched, size)
            tap_rows(table, sites.ours, launched, size)
            building_rows(table, root, size.builds)
        if "preview" in parts:
            preview_rows(table, root, launched, size)
    if "lighthouse" in parts:
        lighthouse_rows(table, sites, place / "lighthouse", size)
    return table


def _copy(course: Path, to: Path) -> Path:
    for folder in ("book", "modules", "quizzes"):
        shutil.copytree(
            course / folder,
            to / folder,
            ignore=shutil.ignore_patterns("kernel-ipc-*", ".ipynb_checkpoints"),
        )
    shutil.copy2(course / "_config.yml", to)
    return to


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=browser(), args=ARGUMENTS)
        yield launched
        launched.close()


def _table(title: str) -> Table:
    table = Table(title=title)
    for heading in ("what", "measured", "budget", "beside"):
        table.add_column(heading)
    return table


if __name__ == "__main__":
    main()
