"""An office with one empty cohort, the repository's own course, and somebody who asks over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from psm_course.content.course import Course, read_course
from psm_course.registrar.enrolling import open_cohort
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.opening import open_store
from psm_course.web.app import make_app
from tests.conftest import ROOT
from tests.register_builders import NOW


@pytest.fixture(scope="package")
def course() -> Course:
    course, _ = read_course(ROOT)
    assert course is not None
    return course


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "register.db")
    open_cohort(store, "D26", "Angkatan D26", date(2026, 12, 1), "uji", NOW)
    yield store
    store.close()


@pytest.fixture
def client(tmp_path: Path, course: Course, store: Store) -> TestClient:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<p>Situs</p>", encoding="utf-8")
    return TestClient(make_app(Settings(root=ROOT, data=tmp_path), course, store), base_url="http://127.0.0.1:8765")
