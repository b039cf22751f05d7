"""A quiz on the wall: a slide an item, the question first and, in practice, its answer on the next press of a key. Tests are not shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from psm_course.content.quiz import Quiz
from psm_course.forms.render import render
from psm_course.forms.slides.markdown import block_html
from psm_course.forms.slides.pieces import SIZES, SMALL, Run, Size, room_below
from psm_course.items import TYPES
from psm_course.items.base import BaseItem, View

_ASIDE = 0.8  # size of feedback by that of the text
_OPTION = 64  # the letter before a choice
_SPACE = 20  # around a choice


@dataclass(frozen=True, slots=True)
class ItemSlide:
    """One item: its HTML, what the trainer may say of it, and the letters in which it fits."""

    title: str
    html: str
    notes: str
    size: Size
    fits: bool


def quiz_slides(quiz: Quiz) -> Iterator[ItemSlide]:
    """The slides of a practice quiz; of a test none: its items are seen on the test's own page only."""
    if quiz.is_test or quiz.header.use == "bank":
        return
    views = quiz.public_view()["items"]
    for number, (item, view) in enumerate(zip(quiz.items, views, strict=True), 1):
        title = f"{quiz.header.title} · {number} dari {len(views)}"
        yield _item_slide(title, item, view, f"{quiz.id}.{number}")


def _item_slide(title: str, item: BaseItem, view: View, name: str) -> ItemSlide:
    plays = TYPES[item.type].text_of("play.js") is not None
    html = render("slides/played.html" if plays else "slides/item.html", item=view, name=name).replace("<details ", "<details open ")
    room = room_below(title)
    size = next((size for size in SIZES if plays or _height(item, size) <= room), SMALL)
    return ItemSlide(title, html, _notes(item), size, plays or _height(item, size) <= room)


def _height(item: BaseItem, size: Size) -> float:
    """The higher of the question and its answer. What a kind asks besides its picks is as long as its own texts."""
    prompt = sum(Run(len(part)).height(size, _width()) for part in item.prompt.split("\n") if part.strip())
    picks, rest = list(item.picks()), [text.text for text in item.own_texts()]
    told = sum(_line(pick.text, size) + (_line(pick.feedback, size, _ASIDE) if pick.feedback else 0) + _SPACE for pick in picks)
    asked = sum(_line(text, size) + _SPACE for text in rest)
    why = _line(item.explanation, size, _ASIDE) + 2 * _SPACE if item.explanation and not picks else 0
    return prompt + 2 * size.gap + max(told, asked + why)


def _width() -> int:
    return 1720


def _line(text: str, size: Size, scale: float = 1.0) -> float:
    return Run(len(text) + (14 if scale == 1.0 else 0), _OPTION, scale=scale).height(size, _width())


def _notes(item: BaseItem) -> str:
    source = f"\n\nDasar: {item.source}" if item.source else ""
    return block_html(f"{item.explanation or ''}{source}")
