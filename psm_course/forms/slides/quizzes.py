"""A quiz on the wall: a slide an item, the question first and, in practice, its answer on the next press of a key. Tests are not shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from psm_course.content.quiz import Quiz
from psm_course.forms.render import render
from psm_course.forms.slides.markdown import block_html
from psm_course.forms.slides.pieces import SIZES, SMALL, WIDTH, Run, Size, room_below
from psm_course.items import TYPES
from psm_course.items.base import BaseItem, View

_ASIDE = 0.875  # size of feedback by that of the text, as of a table
_OPTION = 64  # the letter before a choice
_SPACE = 20  # around a choice
_VERDICT = len("Belum tepat: ")


@dataclass(frozen=True, slots=True)
class ItemSlide:
    """One item: its HTML, what the trainer may say of it, the letters in which it fits, and how high it then is (0: drawn to fit)."""

    title: str
    html: str
    notes: str
    size: Size
    height: float
    fits: bool


def quiz_slides(quiz: Quiz) -> Iterator[ItemSlide]:
    """The slides of a practice quiz; of a test none: its items are seen on the test's own page only."""
    if quiz.is_test or quiz.header.use == "bank":
        return
    views = quiz.public_view()["items"]
    for number, (item, view) in enumerate(zip(quiz.items, views, strict=True), 1):
        title = f"{quiz.header.title} · {number} dari {len(views)}" if len(views) > 1 else quiz.header.title
        yield _item_slide(title, item, view, f"{quiz.id}.{number}")


def _item_slide(title: str, item: BaseItem, view: View, name: str) -> ItemSlide:
    plays = TYPES[item.type].text_of("play.js") is not None
    html = render("slides/played.html" if plays else "slides/item.html", item=view, name=name).replace("<details ", "<details open ")
    room = room_below(title)
    columns = 2 if "lefts" in view else 1
    heights = {size: 0 if plays else _height(item, size, columns) for size in SIZES}
    size = next((size for size in SIZES if heights[size] <= room), SMALL)
    return ItemSlide(title, html, _notes(item), size, heights[size], heights[size] <= room)


def _height(item: BaseItem, size: Size, columns: int) -> float:
    """The higher of the question and its answer. What a kind asks besides its picks is as long as its own texts."""
    prompt = sum(Run(len(part)).height(size, WIDTH) for part in item.prompt.split("\n") if part.strip())
    picks, rest = list(item.picks()), [text.text for text in item.own_texts()]
    told = sum(_line(pick.text, size) + (_line(pick.feedback, size, _ASIDE) if pick.feedback else 0) + _SPACE for pick in picks)
    asked = sum(_line(text, size, share=1 / columns) + _SPACE for text in rest) / columns
    why = _line(item.explanation, size, _ASIDE) + 2 * _SPACE if item.explanation and not picks else 0
    return prompt + 2 * size.gap + max(told, asked + why)


def _line(text: str, size: Size, scale: float = 1.0, share: float = 1.0) -> float:
    verdict = _VERDICT if scale == 1 else 0
    return Run(len(text) + verdict, _OPTION, share, scale).height(size, WIDTH)


def _notes(item: BaseItem) -> str:
    source = f"\n\nDasar: {item.source}" if item.source else ""
    return block_html(f"{item.explanation or ''}{source}")
