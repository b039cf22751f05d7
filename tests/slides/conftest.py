"""The decks of our own course, made from the lessons as the shared site ran them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from psm_course.content.course import CourseFolder
from psm_course.slides.deck import DeckContents, DeckSlide, deck_slides, decks_of
from psm_course.slides.making import kept_notebook, make_deck
from tests.conftest import BuiltCourse


@dataclass(frozen=True)
class Deck:
    """A deck's file, and its slides before they became HTML."""

    path: Path
    slides: tuple[DeckSlide, ...]


@pytest.fixture(scope="package")
def decks(site: BuiltCourse, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Deck]:
    folder, course, kept = (
        tmp_path_factory.mktemp("tayangan"),
        site.course(),
        site.work / "_build" / "executed",
    )
    made = {}
    for told in decks_of(course):
        path = folder / f"{told.name}.html"
        path.write_text(_made(course, told, kept), encoding="utf-8")
        made[told.name] = Deck(path, tuple(deck_slides(course, told, partial(kept_notebook, kept))))
    return made


def _made(course: CourseFolder, told: DeckContents, kept: Path) -> str:
    """In a thread of its own: the opening and the closing are no pages of the site, so they are
    run, and a browser's loop runs in ours.
    """
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(make_deck, course, told, kept, lambda _: None).result()
