"""The test on a stage, and a phone in Depok."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.site.sitting.quiz import a_sat_test
from tests.site.stage import PHONE, put_on_stage, served


@pytest.fixture
def place(tmp_path: Path) -> Iterator[str]:
    put_on_stage(tmp_path / "situs", a_sat_test())
    with served(tmp_path / "situs") as address:
        yield address


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=PHONE, timezone_id="Asia/Jakarta", locale="id-ID")
    yield context
    context.close()
