"""The decks of our own course, made from the lessons as the shared site ran them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from psm_course.slides.deck import DeckSlide, deck_slides
from psm_course.slides.making import kept_deck, kept_notebook
from tests.conftest import BuiltCourse


@dataclass(frozen=True)
class Deck:
    """A deck's file, and its slides before they became HTML."""

    path: Path
    slides: tuple[DeckSlide, ...]


@pytest.fixture(scope="package")
def decks(site: BuiltCourse, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Deck]:
    folder, course, kept = tmp_path_factory.mktemp("tayangan"), site.course(), site.work / "_build" / "executed"
    made = {}
    for module in course.modules:
        path = folder / f"{module.folder}.html"
        path.write_text(kept_deck(course, module, kept), encoding="utf-8")
        made[module.folder] = Deck(path, tuple(deck_slides(course, module, partial(kept_notebook, kept))))
    return made
