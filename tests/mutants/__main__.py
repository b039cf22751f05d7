"""`make mutants`: changes one thing of the code at a time, in a copy, and looks whether a test
notices. Exits with 1 where fewer than 95 % are killed.

`--small` a handful; `--seed`, `--of` how many, and a part of a path, for a sample of one's own.
What changes nothing that anybody could notice stands in `equivalents.yml`,
each with its reason, and is not tried.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from pathlib import Path
from random import Random

import yaml

from tests.mutants.changes import Change, edits_of
from tests.mutants.running import Copy, Room
from tests.smoke import ROOT, copied

ROOMS = (
    Room("domain", ("tests/domain",)),
    Room(
        "items",
        ("tests/items", "tests/grading/test_chance.py", "tests/grading/test_give_away.py"),
    ),
    Room("grading", ("tests/grading",)),
    Room("registrar/answers", ("tests/registrar/answers",), "not postgresql and not killed"),
    Room(
        "credentials",
        ("tests/credentials",),
        left_out=("tests/credentials/test_wallets.py", "tests/credentials/test_digital_bazaar.py"),
    ),
)
BAR = Fraction(95, 100)
EQUIVALENTS = Path(__file__).with_name("equivalents.yml")


def main() -> None:
    parser = argparse.ArgumentParser(prog="make mutants")
    parser.add_argument("path", nargs="?", default="", help="only files with this in their path")
    parser.add_argument("--small", action="store_true", help="a handful")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--of", type=int, default=60, metavar="N", help="how many of each room")
    asked = parser.parse_args()
    if asked.small:
        asked.path, asked.of = asked.path or "domain/sessions", 5
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    tried, survivors = 0, 0
    with tempfile.TemporaryDirectory(prefix="psm-mutants-") as folder:
        copy = copied(ROOT, Path(folder) / "psm-course")
        (copy / ".venv").symlink_to(ROOT / ".venv")
        for room in ROOMS:
            changes = sample(room, asked.path, asked.of, asked.seed)
            tried, survivors = (
                tried + len(changes),
                survivors + _survivors(Copy(copy), room, changes),
            )
    print(f"{tried - survivors} of {tried} killed; seed {asked.seed}")
    sys.exit(1 if survivors > tried * (1 - BAR) else 0)


def _survivors(copy: Copy, room: Room, changes: list[Change]) -> int:
    if not changes:
        return 0
    known, survivors = copy.map(room), 0
    for change in changes:
        if copy.survives(change, known):
            survivors += 1
            print(
                f"survived {change.file}:{change.line}\n    - {change.was}\n    + {change.now}",
                flush=True,
            )
        else:
            print(f"killed   {change.file}:{change.line}    {change.now}", flush=True)
    print(
        f"{room.code}: {len(changes) - survivors} of {len(changes)} killed by {len(known.seconds)}"
        " tests",
        flush=True,
    )
    return survivors


def sample(room: Room, path: str, many: int, seed: int) -> list[Change]:
    """So many changes of a room's files, drawn by a seed, in the order of files and lines;
    equivalents are not among them.
    """
    files = {
        file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8")
        for file in (ROOT / "psm_course" / room.code).rglob("*.py")
    }
    edits = [edit for file in sorted(files) if path in file for edit in edits_of(file, files[file])]
    Random(seed).shuffle(edits)  # noqa: S311 - the same every time
    known = {(file, was, now) for file, was, now, _ in equivalents()}
    changes = (edit.change(files[edit.file]) for edit in edits)
    wanted = (
        each
        for each in changes
        if each is not None and (each.file, each.was, each.now) not in known
    )
    return sorted(islice(wanted, many), key=lambda change: (change.file, change.line))


def equivalents() -> Iterator[tuple[str, str, str, str]]:
    """The changes that nobody could notice: file, line as it is, line as changed, and why."""
    for file, each in yaml.safe_load(EQUIVALENTS.read_text(encoding="utf-8")).items():
        yield from ((file, change["was"], change["now"], change["why"]) for change in each)


if __name__ == "__main__":
    main()
