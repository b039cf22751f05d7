"""Two records that an office has issued, and its settings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from psm_course.domain.register import CompletionRecord
from psm_course.settings import Settings
from psm_course.store.certificates import records
from psm_course.store.engine import Store
from tests.arranged import arranged
from tests.registrar.certificates.office import OFFICE, two_issued


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(OFFICE, data=tmp_path)


@pytest.fixture
def two(store: Store) -> tuple[CompletionRecord, ...]:
    arranged(store, two_issued)
    with store.reading() as tx:
        return records.records_of_cohort(tx, "D26")
