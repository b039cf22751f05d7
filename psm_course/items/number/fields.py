"""The item type `number`: the learner writes a number, with or without its unit."""

import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field

from psm_course.authoring.fields import NotNegative, Number, Text
from psm_course.authoring.numbers import plain, write_number
from psm_course.items.base import BaseItem, ItemText, Scoring, View


def folded(text: str) -> str:
    """Return a unit in a form for comparison.

    Capital letters become small, accents and extra spaces are removed, and also full stops at the
    beginning and the end. For example, ` Kg. ` becomes `kg`.
    """
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(
        "".join(letter for letter in decomposed if unicodedata.category(letter)[0] != "M").split()
    ).strip(" .")


class NumberItem(BaseItem):
    """Tulis sebuah angka."""

    asked: ClassVar = frozenset({"unit"})
    type: Literal["number"]
    answer: Number = Field(
        description="Angka yang benar; 12,5 sama dengan 12.5, dan 1.250 berarti 1250."
    )
    tolerance: NotNegative = Field(
        Decimal(0), description="Selisih yang masih dianggap benar. Bila tidak ditulis: 0."
    )
    unit: Text | None = Field(
        None,
        description=(
            "Satuan yang ditulis di belakang kotak isian; jawaban boleh memuatnya, misalnya 2 orang"
            " atau Rp 50.000."
        ),
    )

    def scoring_rule(self) -> Scoring:
        rule = {"answer": plain(self.answer), "tolerance": plain(self.tolerance)}
        unit = folded(self.unit or "")
        return {**rule, "unit": unit} if unit else rule

    def question(self) -> View:
        return {"unit": self.unit}

    def solution(self) -> View:
        return {
            "value": write_number(self.answer),
            "tolerance": write_number(self.tolerance) if self.tolerance else None,
        }

    def private_texts(self) -> Iterator[str]:
        yield write_number(self.answer)

    def own_texts(self) -> Iterator[ItemText]:
        if self.unit:
            yield ItemText(("unit",), self.unit)
