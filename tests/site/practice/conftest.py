"""The practice quiz on a stage, and a phone that has it open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.site.practice.quiz import practice
from tests.site.stage import PHONE, put_on_stage, ready, served


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("latihan")
    put_on_stage(folder, practice())
    with served(folder) as address:
        yield address


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=PHONE, locale="id-ID", reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext, place: str) -> Page:
    return ready(phone.new_page(), place)
