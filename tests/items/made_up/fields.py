"""`span`: from which value to which?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import Field

from psm_course.authoring.fields import Count, Id, Model, Text
from psm_course.authoring.problems import Finding
from psm_course.items.base import BaseItem, ItemText, Scoring, View


class End(Model):
    """One end of the span."""

    id: Id = Field(description="Tunggal di butir ini.")
    label: Text = Field(description="Nama ujung ini.")
    goal: Count = Field(description="Nilai yang benar.")


class SpanItem(BaseItem):
    """Tentukan rentang."""

    elements: ClassVar = {"ends": "ujung"}
    asked: ClassVar = frozenset({"ends", "highest"})
    type: Literal["span"]
    highest: Count = Field(description="Nilai tertinggi yang dapat dipilih; yang terendah 1.")
    ends: tuple[End, ...] = Field(min_length=2, description="Ujung-ujung rentang.")
    remark: Text | None = Field(None, description="Yang dibaca peserta sesudah menjawab (latihan).")

    def rules(self) -> Iterator[Finding]:
        for index, end in enumerate(self.ends):
            if end.goal > self.highest:
                yield Finding(
                    ("ends", index, "goal"),
                    f"{end.goal} lebih dari {self.highest}",
                    "naikkan highest",
                )

    def scoring_rule(self) -> Scoring:
        return {"highest": self.highest, "goals": {end.id: end.goal for end in self.ends}}

    def question(self) -> View:
        return {
            "highest": self.highest,
            "ends": [{"id": end.id, "label": end.label} for end in self.ends],
        }

    def solution(self) -> View:
        return {"goals": {end.id: end.goal for end in self.ends}, "remark": self.remark}

    def private_texts(self) -> Iterator[str]:
        if self.remark:
            yield self.remark

    def own_texts(self) -> Iterator[ItemText]:
        yield from (
            ItemText(("ends", index, "label"), end.label) for index, end in enumerate(self.ends)
        )
        if self.remark:
            yield ItemText(("remark",), self.remark)

    def in_place(self, place: int) -> Any:
        return {end.id: str(min(place + 1, self.highest)) for end in self.ends}
