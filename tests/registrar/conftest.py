from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from psm_course.store.engine import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty register in a real file."""
    opened = open_store(tmp_path / "register.db")
    yield opened
    opened.close()
