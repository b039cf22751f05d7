"""Runs tests in forks of one process that has loaded other people's packages already,
inside a copy of the checkout.

First all tests of a room are run once, to see which functions each enters. A mutant then meets the
tests of the files in which any test enters its function:
those that do first, the quickest of them first, until one fails.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import sys
import threading
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import FrameType

import pytest

from tests.mutants.changes import Change

# What most tests need and is not ours: loaded once.
# Whatever is missing here only costs each fork its time.
_OTHERS = (
    "sqlalchemy.dialects.sqlite",
    "pydantic",
    "cryptography.hazmat.primitives.asymmetric.ed25519",
    "playwright.sync_api",
    "psycopg",
)
_OTHERS += (
    "hypothesis.strategies",
    "starlette.testclient",
    "pypdf",
    "numpy",
    "PIL.Image",
    "yaml",
    "jinja2",
    "nbformat",
    "httpx2",
)
# Warnings of packages that are loaded already; without plugins that cost every fork most of its
# time; and no second try: one failure kills.
_ARGUMENTS = ["-q", "-n", "0", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
_ARGUMENTS += [
    f"-pno:{each}"
    for each in (
        "cacheprovider",
        "schemathesis",
        "unraisableexception",
        "threadexception",
        "anyio",
        "tests.second_try",
    )
]
_AT_MOST = 600  # seconds until something that waits for ever is stopped

Function = tuple[str, int]  # a file, and the first line of a function in it


@dataclass(frozen=True)
class Room:
    """A room of the code and the tests that cover it; `choose` as pytest's `-k`."""

    code: str
    tests: tuple[str, ...]
    choose: str = "not postgresql"
    left_out: tuple[str, ...] = ()


@dataclass
class Map:
    """Which tests of a room enter which functions, and the seconds of each, in the room's order."""

    seconds: dict[str, float] = field(default_factory=dict)
    entered: dict[Function, set[str]] = field(default_factory=lambda: defaultdict(set))

    def tests_for(self, change: Change) -> list[str]:
        """The tests that a mutant meets, in order.

        What is in no function is run when its file is loaded: it meets whoever enters that file,
        and all where nobody can.
        """
        functions = [
            each
            for each in self.entered
            if each[0] == change.file and change.function in {0, each[1]}
        ]
        entering = {test for each in functions for test in self.entered[each]}
        if change.function == 0 and not functions:
            entering = set(self.seconds)
        files = {_file(test) for test in entering}
        beside = [test for test in self.seconds if _file(test) in files and test not in entering]
        return [*sorted(entering, key=self.seconds.__getitem__), *beside]


def _file(test: str) -> str:
    return test.partition("::")[0]


class _Watch:
    """A plugin that writes down each test that passes, the seconds it took, and the functions below
    a folder that it entered.
    """

    def __init__(self, below: Path, written: Path) -> None:
        self._below, self._written = f"{below}/", written
        self._passed = True
        self._seen: set[Function] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self._seen, self._passed, begun = set(), True, time.process_time()
        threading.settrace(self._enter)
        sys.settrace(self._enter)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            threading.settrace(None)  # type: ignore[arg-type] - as it was
            if self._passed:
                with self._written.open("a") as out:
                    out.write(
                        json.dumps([item.nodeid, time.process_time() - begun, sorted(self._seen)])
                        + "\n"
                    )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._passed = self._passed and report.passed

    def _enter(self, frame: FrameType, _event: str, _: object) -> None:
        code = frame.f_code
        if code.co_filename.startswith(self._below):
            self._seen.add((code.co_filename.removeprefix(self._below), code.co_firstlineno))


@dataclass(frozen=True)
class _Chosen:
    """A plugin that leaves the chosen tests, in their order."""

    tests: list[str]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        place = {test: number for number, test in enumerate(self.tests)}
        items[:] = sorted(
            (item for item in items if item.nodeid in place), key=lambda item: place[item.nodeid]
        )


class Copy:
    """A copy of the checkout in which tests run, each time in a process of their own.

    A mutant may take three times the processor time
    that its tests took before, and `patience` seconds.
    """

    def __init__(self, folder: Path, patience: int = 20) -> None:
        self._folder, self._patience = folder, patience
        for name in _OTHERS:
            import_module(name)
        gc.freeze()  # what all forks share is not looked at by each

    def map(self, room: Room) -> Map:
        """Run all tests of a room once. Those that do not pass are told
        by their output, and meet no mutant.
        """
        written = self._folder / "var" / "map"
        written.parent.mkdir(exist_ok=True)
        written.write_text("")
        arguments = [
            *room.tests,
            "-k",
            room.choose,
            *(f"--ignore={each}" for each in room.left_out),
        ]
        ended = self._forked(
            lambda: pytest.main([*_ARGUMENTS, *arguments], plugins=[_Watch(self._folder, written)])
        )
        if ended != 0:
            print((self._folder / "var" / "said").read_text(), flush=True)
        found = Map()
        for line in written.read_text().splitlines():
            test, seconds, functions = json.loads(line)
            found.seconds[test] = seconds
            for file, first in functions:
                found.entered[file, first].add(test)
        return found

    def survives(self, change: Change, known: Map) -> bool:
        """Whether no test notices a change. One that never ends is noticed."""
        tests = known.tests_for(change)
        if not tests:
            return True
        files = sorted({_file(test) for test in tests})
        seconds = sum(known.seconds[test] for test in tests)
        place = self._folder / change.file
        before = place.read_text(encoding="utf-8")
        _write(place, change.source)
        try:
            ended = self._forked(
                lambda: pytest.main([*_ARGUMENTS, "-x", *files], plugins=[_Chosen(tests)]),
                3 * seconds + self._patience,
            )
        finally:
            _write(place, before)
        return ended == 0

    def _forked(self, run: Callable[[], int], seconds: float | None = None) -> int:
        child = os.fork()
        if child == 0:
            ended = 1
            try:
                os.setsid()
                self._inside(seconds)
                ended = int(run())
            except BaseException:
                traceback.print_exc()
            # Whatever happens, the child comes no further: the copy is its parent's to remove.
            finally:
                os._exit(ended)
        ended, until = None, time.monotonic() + _AT_MOST
        try:
            while ended is None and (seconds is None or time.monotonic() < until):
                time.sleep(0.02)
                done, status = os.waitpid(child, os.WNOHANG)
                ended = os.waitstatus_to_exitcode(status) if done else None
        finally:
            with suppress(ProcessLookupError):  # what the tests started and left
                os.killpg(child, signal.SIGKILL)
            if ended is None:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
        return -signal.SIGKILL if ended is None else ended

    def _inside(self, seconds: float | None) -> None:
        """In the child: all that is ours comes from the copy, and output goes to a file there."""
        os.chdir(self._folder)
        sys.path.insert(0, str(self._folder))
        os.environ["PYTHONPATH"] = str(self._folder)
        for name in [
            name for name in sys.modules if name.partition(".")[0] in {"tests", "psm_course"}
        ]:
            del sys.modules[name]
        said = os.open(self._folder / "var" / "said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(said, 1)
        os.dup2(said, 2)
        if seconds is not None:
            resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))


def _write(place: Path, source: str) -> None:
    """Without what Python keeps of the file as it was:
    it would believe it if size and second are the same.
    """
    for kept in place.parent.glob(f"__pycache__/{place.stem}.*"):
        kept.unlink()
    place.write_text(source, encoding="utf-8")
