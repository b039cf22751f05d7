"""`number`: write a number."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from pydantic import Field

from psm_course.authoring.fields import NotNegative, Number, Text
from psm_course.authoring.numbers import plain, write_number
from psm_course.authoring.problems import Finding
from psm_course.items.base import BaseItem, Scoring, View


class NumberItem(BaseItem):
    """Tulis sebuah angka."""

    type: Literal["number"]
    answer: Number = Field(description="Angka yang benar; 12,5 sama dengan 12.5, dan 1.250 berarti 1250.")
    tolerance: NotNegative = Field(Decimal(0), description="Selisih yang masih dianggap benar. Bila tidak ditulis: 0.")
    unit: Text | None = Field(None, description="Satuan yang ditulis di belakang kotak isian.")

    def rules(self) -> Iterator[Finding]:
        yield from ()

    def scoring_rule(self) -> Scoring:
        return {"answer": plain(self.answer), "tolerance": plain(self.tolerance)}

    def question(self) -> View:
        return {"unit": self.unit}

    def solution(self) -> View:
        return {"value": write_number(self.answer), "tolerance": write_number(self.tolerance) if self.tolerance else None}

    def private_texts(self) -> Iterator[str]:
        yield write_number(self.answer)
