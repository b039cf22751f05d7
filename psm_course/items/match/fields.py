"""The item type `match`: the learner joins each left side to its right side."""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import Field

from psm_course.authoring.fields import Id, Model, Text
from psm_course.authoring.problems import Finding
from psm_course.items.base import BaseItem, ItemText, Scoring, View, label, repeated_texts


class Pair(Model):
    """A left side and the right side that belongs to it."""

    id: Id = Field(description="Tunggal di butir ini.")
    left: Text = Field(description="Sisi kiri.")
    right: Text = Field(description="Sisi kanan pasangannya.")


class MatchItem(BaseItem):
    """Jodohkan kiri dengan kanan."""

    elements: ClassVar = {"pairs": "pasangan"}
    asked: ClassVar = frozenset({"left"})
    type: Literal["match"]
    pairs: tuple[Pair, ...] = Field(min_length=2, description="Pasangan yang benar.")

    def rules(self) -> Iterator[Finding]:
        yield from repeated_texts(
            (("pairs", index, "left"), pair.left) for index, pair in enumerate(self.pairs)
        )
        yield from repeated_texts(
            (("pairs", index, "right"), pair.right) for index, pair in enumerate(self.pairs)
        )

    def scoring_rule(self) -> Scoring:
        return {
            "pairs": [pair.id for pair in self.pairs],
            "labels": {label(pair.right): pair.id for pair in self.pairs},
        }

    def question(self) -> View:
        rights = [{"id": label(pair.right), "text": pair.right} for pair in self.pairs]
        return {
            "lefts": [{"id": pair.id, "text": pair.left} for pair in self.pairs],
            "rights": sorted(rights, key=lambda right: right["id"]),
        }

    def solution(self) -> View:
        return {"pairs": [{"left": pair.left, "right": pair.right} for pair in self.pairs]}

    def private_texts(self) -> Iterator[str]:
        yield from ()

    def own_texts(self) -> Iterator[ItemText]:
        for index, pair in enumerate(self.pairs):
            yield ItemText(("pairs", index, "left"), pair.left)
            yield ItemText(("pairs", index, "right"), pair.right)

    def in_place(self, place: int) -> Any:
        return {pair.id: self.pairs[min(place, len(self.pairs) - 1)].id for pair in self.pairs}

    def telling_attributes(self) -> Iterator[tuple[str, str]]:
        yield from (("data-choice", pair.id) for pair in self.pairs)
