"""A cohort in which one person has passed and one attended, and an office with a key."""

from __future__ import annotations

from pathlib import Path

import pytest

from psm_course.content.course import Course
from psm_course.registrar.certificates.keys.keyring import new_key
from psm_course.settings import Settings
from psm_course.store.engine import Store
from tests.arranged import arranged
from tests.conftest import ROOT
from tests.register_builders import (
    ACTOR,
    COMPLETION,
    NOW,
    a_course,
    adopts,
    attends,
    completes,
    enrols,
)
from tests.web.certificates.desk import SEALED_BY
from tests.web.conftest import Visitor


@pytest.fixture(scope="module")
def course() -> Course:
    attended, *others = COMPLETION
    return a_course(completion=(attended | {"towards": "attended"}, *others))


@pytest.fixture
def one_passed_one_attended(
    store: Store, course: Course, tmp_path_factory: pytest.TempPathFactory
) -> None:
    arranged(store, all_is_in, course, tmp_path_factory.getbasetemp())


def all_is_in(store: Store, course: Course, folder: Path) -> None:
    enrols(store, folder, ("Siti Rahayyu", "Beji"), ("Rini", "Limo"), ("Ujang", "Tugu"))
    adopts(store, course)
    completes(store, course, "D26-001")
    attends(store, "D26-002")


@pytest.fixture(autouse=True)
def a_key(one_passed_one_attended: None, client: Visitor, store: Store, tmp_path: Path) -> None:
    new_key(store, Settings(root=ROOT, data=tmp_path), "Dinas Sosial", SEALED_BY, ACTOR, NOW)
