"""One item type = one folder with everything about it. A type that lacks a part fails here."""

from __future__ import annotations

from pathlib import Path

import pytest

from psm_course.content.quiz import read_quiz
from psm_course.items import TYPES

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("fields.py", "marker.py", "form.html")


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_has_every_part_and_its_tests(kind: str) -> None:
    assert [part for part in PARTS if not (ROOT / "psm_course/items" / kind / part).is_file()] == []
    assert {path.name for path in (ROOT / "tests/items" / kind).glob("test_*.py")} >= {"test_fields.py", "test_marker.py"}


def test_every_folder_is_a_type() -> None:
    assert {path.name for path in (ROOT / "psm_course/items").iterdir() if path.is_dir() and path.name != "__pycache__"} == set(TYPES)


def test_every_type_has_a_marker_and_every_marker_a_type() -> None:
    assert set(TYPES) == set(TYPES)


@pytest.mark.parametrize("kind", TYPES)
def test_type_answers_to_the_name_it_is_listed_under(kind: str) -> None:
    assert TYPES[kind].model_fields["type"].annotation.__args__ == (kind,)
    assert TYPES[kind].__module__ == f"psm_course.items.{kind}.fields"


def test_the_good_example_shows_every_type_once() -> None:
    quiz = read_quiz(ROOT / "tests/content/good" / "every-type.yml").quiz

    assert quiz is not None
    assert [item.type for item in quiz.items] == list(TYPES)
