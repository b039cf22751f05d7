"""The texts of a quiz item, each with its path in the file and whose voice it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from psm_course.authoring.problems import Path
from psm_course.items.base import BaseItem
from psm_course.items.case.fields import CaseChoice, CaseItem
from psm_course.items.choice.fields import Option, OptionsItem
from psm_course.items.match.fields import MatchItem
from psm_course.items.order.fields import OrderItem
from psm_course.items.text.fields import TextItem

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
    for index, step in enumerate(item.steps if isinstance(item, CaseItem) else ()):
        yield ItemText(("steps", index, "prompt"), step.prompt)
    for at, choice in choices_of(item):
        yield from _choice(at, choice)
    if isinstance(item, OrderItem):
        yield from (ItemText(("sequence", index, "text"), part.text) for index, part in enumerate(item.sequence))
    elif isinstance(item, MatchItem):
        for index, pair in enumerate(item.pairs):
            yield ItemText(("pairs", index, "left"), pair.left)
            yield ItemText(("pairs", index, "right"), pair.right)
    elif isinstance(item, TextItem):
        yield from (ItemText(("accept", index), accepted) for index, accepted in enumerate(item.accept))


def choices_of(item: BaseItem) -> Iterator[tuple[Path, Option | CaseChoice]]:
    """The choices of an item that has any, each with its path."""
    if isinstance(item, OptionsItem):
        for index, option in enumerate(item.choices):
            yield ("choices", index), option
    elif isinstance(item, CaseItem):
        for index, step in enumerate(item.steps):
            for position, choice in enumerate(step.choices):
                yield ("steps", index, "choices", position), choice


def _choice(at: Path, choice: Option | CaseChoice) -> Iterator[ItemText]:
    right = choice.credit >= _ACCEPTABLE if isinstance(choice, CaseChoice) else choice.correct
    voice: Voice = "ours" if right else "mistake"
    yield ItemText((*at, "text"), choice.text, voice)
    if choice.feedback:
        yield ItemText((*at, "feedback"), choice.feedback, voice)
