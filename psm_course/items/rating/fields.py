"""`rating`: an opinion on a scale. It is never in a total."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from pydantic import Field

from psm_course.authoring.fields import ScaleSize, Text
from psm_course.authoring.problems import Finding
from psm_course.items.base import BaseItem, Scoring, View


class RatingItem(BaseItem):
    """Beri nilai pada skala; tidak pernah dijumlahkan."""

    type: Literal["rating"]
    scale: ScaleSize = Field(5, description="Banyaknya tingkat, 2 sampai 10.")
    low: Text | None = Field(None, description="Arti angka 1.")
    high: Text | None = Field(None, description="Arti angka tertinggi.")

    @property
    def maximum(self) -> Decimal:
        return Decimal(0)

    def rules(self) -> Iterator[Finding]:
        yield from ()

    def scoring_rule(self) -> Scoring:
        return {"points": "0", "scale": self.scale}

    def question(self) -> View:
        return {"scale": self.scale, "low": self.low, "high": self.high}

    def solution(self) -> View:
        return {}

    def private_texts(self) -> Iterator[str]:
        yield from ()
