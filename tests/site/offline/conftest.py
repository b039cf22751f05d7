"""The published site on such a server, and newer releases of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from psm_course.site.build import FIRST_PAGE
from psm_course.site.output.publish import publish
from tests.conftest import BuiltCourse
from tests.site.floor.browser import taking_away
from tests.site.offline.office import Office
from tests.site.stage import PHONE


@pytest.fixture
def office(site: BuiltCourse, chromium: Browser) -> Iterator[Office]:
    office = Office(site.out, taking_away(chromium))
    yield office
    office.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=PHONE)
    yield context
    context.close()


@pytest.fixture
def newer(site: BuiltCourse, tmp_path: Path) -> Callable[..., Path]:
    """Publish the same course with something replaced in some of its files."""

    def release(**changes: tuple[str, str]) -> Path:
        built, out = tmp_path / "built", tmp_path / f"rilis-{len(list(tmp_path.iterdir()))}"
        shutil.copytree(site.work / "_build" / "html", built, dirs_exist_ok=True)
        for path, (old, new) in changes.items():
            text = (built / path).read_text(encoding="utf-8")
            assert old in text
            (built / path).write_text(text.replace(old, new), encoding="utf-8")
        publish(built, out, FIRST_PAGE)
        return out

    return release
