"""The item type `rating`: the learner gives an opinion on a scale.

An opinion never counts in a total of points.
"""

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from psm_course.authoring.fields import ScaleSize, Text
from psm_course.items.base import BaseItem, ItemText, Scoring, View


class RatingItem(BaseItem):
    """Beri nilai pada skala; tidak pernah dijumlahkan."""

    asked: ClassVar = frozenset({"scale"})
    is_opinion: ClassVar = True
    type: Literal["rating"]
    scale: ScaleSize = Field(5, description="Banyaknya tingkat, 2 sampai 10.")
    low: Text | None = Field(None, description="Arti angka 1.")
    high: Text | None = Field(None, description="Arti angka tertinggi.")

    def scoring_rule(self) -> Scoring:
        return {"scale": self.scale}

    def question(self) -> View:
        return {"scale": self.scale, "low": self.low, "high": self.high}

    def solution(self) -> View:
        return {}

    def private_texts(self) -> Iterator[str]:
        yield from ()

    def own_texts(self) -> Iterator[ItemText]:
        yield from (
            ItemText((name,), end) for name, end in (("low", self.low), ("high", self.high)) if end
        )
