"""One item type = one file of the same name in every layer. A type that lacks a layer fails here."""

from __future__ import annotations

from pathlib import Path

import pytest

from psm_course.content.items import ITEM_TYPES
from psm_course.content.quiz import read_quiz
from psm_course.grading.markers import MARKERS

ROOT = Path(__file__).resolve().parents[2]
LAYERS = {
    "content": "psm_course/content/items/{}.py",
    "marker": "psm_course/grading/markers/{}.py",
    "template": "psm_course/forms/templates/items/{}.html",
    "content test": "tests/content/items/test_{}.py",
    "marker test": "tests/grading/markers/test_{}.py",
}
NO_TYPES = {"__init__", "base"}


@pytest.mark.parametrize("layer", LAYERS)
def test_layer_has_a_file_for_each_type_and_for_nothing_else(layer: str) -> None:
    folder, name = LAYERS[layer].rsplit("/", 1)

    files = {path.name for path in (ROOT / folder).glob(name.format("*")) if path.stem not in NO_TYPES and path.name[0] != "_"}

    assert files == {name.format(kind) for kind in ITEM_TYPES}


def test_every_type_has_a_marker_and_every_marker_a_type() -> None:
    assert set(MARKERS) == set(ITEM_TYPES)


@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_type_answers_to_the_name_it_is_listed_under(kind: str) -> None:
    assert ITEM_TYPES[kind].model_fields["type"].annotation.__args__ == (kind,)
    assert ITEM_TYPES[kind].__module__ == f"psm_course.content.items.{kind}"


def test_the_good_example_shows_every_type_once() -> None:
    quiz = read_quiz(Path(__file__).with_name("good") / "every-type.yml").quiz

    assert quiz is not None
    assert [item.type for item in quiz.items] == list(ITEM_TYPES)
