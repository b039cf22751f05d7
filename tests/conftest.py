"""What several test packages share: the repository's own course, built once, however many processes
test at a time.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import pickle
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from psm_course.authoring.notebooks import notebook_library
from psm_course.box.box import open_box
from psm_course.content.course import CourseFolder, read_course
from psm_course.site.build import build_site
from psm_course.site.building import Built
from tests.bound import MARKER, unbound_in_files
from tests.browser import ARGUMENTS, pages_browser
from tests.compiled import share_compiled_statements
from tests.databases import (
    empty_file,
    file_store,
    other_office,
    server,
    server_register,
    server_store,
    store,
)
from tests.in_memory import keep_files_in_memory
from tests.offices import watch_every_statement
from tests.passphrases import remember_keys_of_passphrases
from tests.presses import end_presses, share_presses
from tests.site.floor.browser import at_the_floor

__all__ = [
    "empty_file",
    "file_store",
    "other_office",
    "server",
    "server_register",
    "server_store",
    "store",
]

pytest_plugins = ["tests.second_try"]
ROOT = Path(__file__).resolve().parents[1]
# Hundreds of programs of ours are started: each would compile every module anew where the
# environment forbids to keep what was compiled, as container images often do.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
keep_files_in_memory()
remember_keys_of_passphrases()
watch_every_statement()
share_compiled_statements()
share_presses()
notebook_library()  # first, or a test's own `import jsonschema` makes 38 grammars ready: a second
expect.set_options(
    timeout=30_000
)  # as everything else in the browser waits: only a machine that is busy needs it


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: a test waits for a browser, a database or a program that
    it started for a fifth of its time.
    """
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session", autouse=True)
def _one_box_for_all() -> Iterator[None]:
    """Files are read in one process for all tests of this thread, as for all files of a command.
    The desk's uploads have their own.
    """
    with open_box():
        yield


@pytest.fixture(scope="session", autouse=True)
def _presses_for_all() -> Iterator[None]:
    yield
    end_presses()


@contextmanager
def without_the_browsers_loop(item: pytest.Item) -> Iterator[None]:
    """Hide Playwright's event loop from a test that uses no browser.

    The browser stays open for the whole session, and its loop counts as running in this thread even
    between its own calls. Whatever starts a loop of its own meanwhile (a signed PDF, a notebook's
    kernel) would refuse to.
    """
    if "chromium" in getattr(item, "fixturenames", ()):
        yield
        return
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(asyncio._get_running_loop() or running)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    with without_the_browsers_loop(item):
        return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    with without_the_browsers_loop(item):
        return (yield)


@pytest.fixture(autouse=True)
def every_row_is_bound(request: pytest.FixtureRequest) -> Iterator[None]:
    """By an event of the log, in every register file that a test leaves behind; `file_store` and
    `server_store` see to theirs.
    """
    folder: Path | None = (
        request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    )
    yield
    if folder is not None and request.node.get_closest_marker(MARKER) is None:
        assert unbound_in_files(folder) == []


@dataclass(frozen=True)
class BuiltCourse:
    """A copy of the course, the builder's work folder and the published site."""

    root: Path
    work: Path
    out: Path
    built: Built

    def course(self) -> CourseFolder:
        course, problems = read_course(self.root)
        assert course is not None
        assert problems == []
        return course

    def build(self) -> Built:
        return build_site(self.course(), self.work, self.out, lambda _: None)

    def copy(self, to: Path) -> BuiltCourse:
        """A copy to change, with the lessons' results kept so that only changed ones run again."""
        shutil.copytree(self.root, to / "course")
        shutil.copytree(self.work / "_build" / "executed", to / "work" / "_build" / "executed")
        return BuiltCourse(to / "course", to / "work", to / "site", self.built)


def copy_course(to: Path) -> Path:
    """The repository's content alone: what an author has."""
    for folder in ("book", "modules", "quizzes"):
        shutil.copytree(ROOT / folder, to / folder)
    shutil.copy2(ROOT / "_config.yml", to / "_config.yml")
    return to


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> BuiltCourse:
    """The real course, built once for all tests that only look: by whichever process needs it
    first, while the others wait.
    """
    session = tmp_path_factory.getbasetemp()
    place = (session if worker_id == "master" else session.parent) / "situs"
    place.mkdir(exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = place / "done"
        if not done.is_file():
            done.write_bytes(pickle.dumps(built_course(place)))
        return pickle.loads(done.read_bytes())  # noqa: S301 - written by ourselves


def built_course(place: Path) -> BuiltCourse:
    root = copy_course(place / "course")
    course, _ = read_course(root)
    assert course is not None
    built = build_site(course, place / "work", place / "site", lambda _: None)
    return BuiltCourse(root, place / "work", place / "site", built)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with those that take long; all else keeps its order."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A journey runs once more in a browser that has nothing newer than the oldest that the site
    serves (`tests/site/floor`).
    """
    marker = metafunc.definition.get_closest_marker("journey")
    if marker is not None:
        oldest = pytest.param(("oldest", *marker.args), id="oldest browser")
        metafunc.parametrize(
            "chromium",
            [pytest.param((), id="newest browser"), oldest],
            indirect=True,
            scope="session",
        )


@pytest.fixture(scope="session")
def chromium(request: pytest.FixtureRequest, launched: Browser) -> Browser:
    """The machine's Chromium; for a journey also as old as the floor (of the part that the marker
    names).
    """
    asked: tuple[str, ...] = getattr(request, "param", ())
    return at_the_floor(launched, *asked[1:]) if asked else launched


@pytest.fixture(scope="session")
def launched() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=pages_browser(), args=ARGUMENTS)
        yield launched
        launched.close()
