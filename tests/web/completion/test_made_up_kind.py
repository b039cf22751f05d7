"""The desk shows a kind of requirement that it has never heard of in that kind's own words."""

from __future__ import annotations

from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.content.course import Course
from psm_course.domain.requirements import KINDS, kind_in
from psm_course.store.engine import Store
from tests.domain.made_up import repeated
from tests.register_builders import COMPLETION, a_course, enrols
from tests.web.conftest import Visitor

TWICE = {
    "id": "ulang",
    "kind": "repeated",
    "quizzes": ["tes-awal"],
    "times": "2",
    "title": "Mengulang",
}


@pytest.fixture
def course(monkeypatch: pytest.MonkeyPatch) -> Course:
    monkeypatch.setitem(KINDS, "repeated", kind_in(repeated))
    return a_course(completion=[*COMPLETION[:1], TWICE])


def test_the_status_page_says_what_is_missing_and_the_next_step(
    officer: Visitor, store: Store, tmp_path: Path
) -> None:
    enrols(store, tmp_path, ("Siti Nurhayati", "Beji"))

    page = officer.get("/angkatan/D26").text

    assert '<option value="ulang">Mengulang</option>' in page
    assert page == Contains(
        'Mengulang: <span class="evidence">Tes Awal 0 kali</span>', "Kerjakan lagi Tes Awal."
    )
