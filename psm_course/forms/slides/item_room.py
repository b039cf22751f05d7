"""Predicts the height that an item of a quiz takes on a slide, without drawing it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from psm_course.authoring.texts import texts_in
from psm_course.content.quiz import Quiz
from psm_course.forms.slides.pieces import SIZES, SMALL, Run, Size, room_below
from psm_course.items import TYPES
from psm_course.items.base import BaseItem

_ASIDE = 0.875  # size of feedback by that of the text, as of a table
_OPTION = 64  # the letter before a choice
_SPACE = 20  # around a choice
_CLOSE = 12  # the same once it has its verdict
_LEAD_LETTERS, _LEAD_LINE = 88, 42  # of the words above the first item, which keep their size
_VERDICT = len("Belum tepat: ")


@dataclass(frozen=True, slots=True)
class ItemRoom:
    """The space that an item takes on its slide; `height` is in pixels.

    A slide cannot show an item that is answered step by step (a case). The slide then shows only
    the title, and `height` is 0. `fits` is False if the item needs more room than the slide has,
    even with the smallest letters.
    """

    title: str
    size: Size
    height: float
    fits: bool


def is_shown(quiz: Quiz) -> bool:
    """True if the items of a quiz may be shown on slides.

    Items of tests and banks appear only on the pages of tests.
    """
    return not quiz.is_test and quiz.header.use != "bank"


def room_of_items(quiz: Quiz, lead: int = 0) -> tuple[ItemRoom, ...]:
    """Return the space that each item of a quiz needs on its slide, in the order of the items.

    Empty for a quiz whose items may not be shown on slides.

    Args:
        quiz: the quiz.
        lead: number of characters in the text above the first item.
    """
    if not is_shown(quiz):
        return ()
    count, title = len(quiz.items), quiz.header.title
    above = ceil(lead / _LEAD_LETTERS) * _LEAD_LINE
    return tuple(
        _room(
            item,
            f"{title} · {number} dari {count}" if count > 1 else title,
            above if number == 1 else 0,
        )
        for number, item in enumerate(quiz.items, 1)
    )


def plays(item: BaseItem) -> bool:
    """True if an item is answered step by step, which a slide cannot show."""
    return TYPES[item.type].text_of("play.js") is not None


def _room(item: BaseItem, title: str, above: int) -> ItemRoom:
    room = room_below(title)
    heights = {
        size: 0 if plays(item) else _height(item, size) + (above + size.gap if above else 0)
        for size in SIZES
    }
    size = next((size for size in SIZES if heights[size] <= room), SMALL)
    return ItemRoom(title, size, heights[size], heights[size] <= room)


def _height(item: BaseItem, size: Size) -> float:
    """Return the height in pixels that question and answer of an item need on a slide.

    The prompt is always counted. Below the prompt, one of two heights is counted, the greater one:

    1. the height of the options to pick, with their feedback;
    2. the height of the texts from `BaseItem.own_texts`, such as the words to match. If the item
       has no options to pick, the height of the explanation is added.

    If the question shows a text from `own_texts`, this text is counted separately. All other texts
    from `own_texts`, which only the answer shows, are counted together as one text.
    """
    question = item.question()
    columns, shown = 2 if "lefts" in question else 1, set(texts_in(question))
    prompt = sum(Run(len(part)).height(size) for part in item.prompt.split("\n") if part.strip())
    picks, rest = list(item.picks()), [text.text for text in item.own_texts()]
    asking = [text for text in rest if text in shown]
    hidden = ", ".join(text for text in rest if text not in shown)
    accepted = _line(hidden, size) if hidden else 0
    told = sum(
        _line(pick.text, size)
        + (_line(pick.feedback, size, _ASIDE) if pick.feedback else 0)
        + _CLOSE
        for pick in picks
    )
    asked = (
        sum(_line(text, size, share=1 / columns) + _SPACE for text in asking) / columns + accepted
    )
    why = (
        _line(item.explanation, size, _ASIDE) + 2 * _SPACE if item.explanation and not picks else 0
    )
    return prompt + 2 * size.gap + max(told, asked + why)


def _line(text: str, size: Size, scale: float = 1.0, share: float = 1.0) -> float:
    verdict = _VERDICT if scale == 1 else 0
    return Run(len(text) + verdict, _OPTION, share, scale).height(size)
