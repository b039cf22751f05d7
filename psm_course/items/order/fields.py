"""The item type `order`: the learner puts parts in the right order."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from psm_course.authoring.fields import Id, Model, Text
from psm_course.authoring.problems import Finding
from psm_course.items.base import BaseItem, ItemText, Scoring, View, label, repeated_texts


class Part(Model):
    """One of the parts that the learner puts in order."""

    id: Id = Field(description="Tunggal di butir ini.")
    text: Text = Field(description="Teks bagian ini.")


class OrderItem(BaseItem):
    """Susun menurut urutan yang benar."""

    elements: ClassVar = {"sequence": "urutan"}
    type: Literal["order"]
    sequence: tuple[Part, ...] = Field(
        min_length=2, description="Bagian-bagian, ditulis dalam urutan yang BENAR."
    )
    scoring: Literal["exact", "pairs"] = Field(
        "exact",
        description="exact: semua atau nol · pairs: bagian pasangan bertetangga yang tepat.",
    )

    def rules(self) -> Iterator[Finding]:
        yield from repeated_texts(
            (("sequence", index, "text"), part.text) for index, part in enumerate(self.sequence)
        )

    def scoring_rule(self) -> Scoring:
        return {
            "rule": self.scoring,
            "sequence": [part.id for part in self.sequence],
            "labels": {label(part.text): part.id for part in self.sequence},
        }

    def question(self) -> View:
        parts = [{"id": label(part.text), "text": part.text} for part in self.sequence]
        # Sorted by label: any order but one that depends on the key alone.
        return {"parts": sorted(parts, key=lambda part: part["id"])}

    def solution(self) -> View:
        return {"sequence": [part.text for part in self.sequence]}

    def private_texts(self) -> Iterator[str]:
        yield from ()

    def own_texts(self) -> Iterator[ItemText]:
        yield from (
            ItemText(("sequence", index, "text"), part.text)
            for index, part in enumerate(self.sequence)
        )

    def telling_attributes(self) -> Iterator[tuple[str, str]]:
        yield from (("value", part.id) for part in self.sequence)
