"""Slides of a practice quiz, never of a test: one slide for each item.

A slide first shows the question; the answer appears at the next key press.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from psm_course.content.quiz import Quiz
from psm_course.forms.render import render
from psm_course.forms.slides.item_room import ItemRoom, plays, room_of_items
from psm_course.forms.slides.markdown import block_html
from psm_course.items.base import BaseItem, View


@dataclass(frozen=True, slots=True)
class ItemSlide:
    """The slide of one item.

    `room` is the space that the item takes: title, size of letters, height. `html` is the content
    of the slide; `notes` are notes for the trainer, as HTML.
    """

    room: ItemRoom
    html: str
    notes: str


def quiz_slides(quiz: Quiz, lead: str = "") -> Iterator[ItemSlide]:
    """Yield the slides of a practice quiz, one for each item; no slides for a test or a bank.

    `lead` is a Markdown text that stands above the first item.
    """
    rooms = room_of_items(quiz, len(lead))
    views = quiz.public_view()["items"] if rooms else []
    for number, (room, item, view) in enumerate(zip(rooms, quiz.items, views, strict=False), 1):
        above = f'<div class="lead">{block_html(lead)}</div>' if lead and number == 1 else ""
        yield ItemSlide(room, above + _html(item, view, f"{quiz.id}.{number}"), _notes(item))


def _html(item: BaseItem, view: View, name: str) -> str:
    """Return the HTML of an item: the question, with the answer below it.

    Nobody taps on a projected slide. So the HTML has the answer open from the start, and the style
    sheet of the slides hides it until the next key press.

    Args:
        item: the item.
        view: the item's public view, with the answer.
        name: a name for the form fields of the item, different for each item on a page.
    """
    template = "slides/played.html" if plays(item) else "slides/item.html"
    return render(template, item=view, name=name, opens=not item.is_opinion).replace(
        "<details ", "<details open "
    )


def _notes(item: BaseItem) -> str:
    source = f"\n\nDasar: {item.source}" if item.source else ""
    return block_html(f"{item.explanation or ''}{source}")
