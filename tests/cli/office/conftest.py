"""An office that can be opened in a browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Psm


@pytest.fixture
def served(psm: Psm, course: Path) -> Path:
    """A course with a cohort and a site that says one word."""
    psm("cohort", "new", "D26", "--start", "2026-11-24")
    (course / "var" / "site").mkdir()
    (course / "var" / "site" / "index.html").write_text("Situs", encoding="utf-8")
    return course
