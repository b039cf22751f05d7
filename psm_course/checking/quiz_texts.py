"""The texts of a quiz item, each with its path in the file and whose voice it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from psm_course.content.items.base import BaseItem
from psm_course.content.items.case import CaseItem
from psm_course.content.items.choice import OptionsItem
from psm_course.content.items.match import MatchItem
from psm_course.content.items.order import OrderItem
from psm_course.content.items.text import TextItem
from psm_course.content.problems import Path

# Ours: what the course says. Mistake: a wrong choice and what is said about it; there people's own words may stand.
Voice = Literal["ours", "mistake"]
_ACCEPTABLE = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class ItemText:
    path: Path
    text: str
    voice: Voice = "ours"


def item_texts(item: BaseItem) -> Iterator[ItemText]:
    """Everything a learner reads of an item, but its source."""
    for key in ("prompt", "explanation"):
        if text := getattr(item, key):
            yield ItemText((key,), text)
    if isinstance(item, OptionsItem):
        for index, option in enumerate(item.choices):
            yield from _choice(("choices", index), option.text, option.feedback, option.correct)
    elif isinstance(item, CaseItem):
        yield from _case(item)
    elif isinstance(item, OrderItem):
        yield from (ItemText(("sequence", index, "text"), part.text) for index, part in enumerate(item.sequence))
    elif isinstance(item, MatchItem):
        for index, pair in enumerate(item.pairs):
            yield ItemText(("pairs", index, "left"), pair.left)
            yield ItemText(("pairs", index, "right"), pair.right)
    elif isinstance(item, TextItem):
        yield from (ItemText(("accept", index), accepted) for index, accepted in enumerate(item.accept))


def _case(item: CaseItem) -> Iterator[ItemText]:
    for index, step in enumerate(item.steps):
        at: Path = ("steps", index)
        yield ItemText((*at, "prompt"), step.prompt)
        for position, choice in enumerate(step.choices):
            yield from _choice((*at, "choices", position), choice.text, choice.feedback, choice.credit >= _ACCEPTABLE)


def _choice(at: Path, text: str, feedback: str | None, right: bool) -> Iterator[ItemText]:
    voice: Voice = "ours" if right else "mistake"
    yield ItemText((*at, "text"), text, voice)
    if feedback:
        yield ItemText((*at, "feedback"), feedback, voice)
