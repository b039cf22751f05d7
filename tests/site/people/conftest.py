"""The test on a stage, a phone that people share, and an office that listens on it."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext

from tests.site.people.office import Office
from tests.site.sitting.conftest import phone, place

__all__ = ["phone", "place"]


@pytest.fixture
def office(phone: BrowserContext) -> Office:
    return Office(phone)
