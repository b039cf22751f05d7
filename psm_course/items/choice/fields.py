"""The item type `choice`: the learner picks one option."""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import Field

from psm_course.authoring.fields import Credit
from psm_course.authoring.numbers import plain
from psm_course.authoring.problems import Finding
from psm_course.items.base import Scoring, View
from psm_course.items.marks import NOTHING
from psm_course.items.options import Option, OptionsItem, option_rules


class ChoiceOption(Option):
    """An option of an item in which one option is picked; it may give a part of the points."""

    credit: Credit | None = Field(
        None, description="Bagian nilai, 0 sampai 1, untuk jawaban yang sebagian benar."
    )


class ChoiceItem(OptionsItem):
    """Pilih satu jawaban."""

    picks_one: ClassVar = True
    type: Literal["choice"]
    choices: tuple[ChoiceOption, ...] = Field(
        min_length=2, description="Pilihan; tepat satu dengan correct: yes."
    )

    def rules(self) -> Iterator[Finding]:
        correct = sum(option.correct for option in self.choices)
        if correct != 1:
            count = "belum ada pilihan" if correct == 0 else f"ada {correct} pilihan"
            yield Finding(
                ("choices",), f'{count} dengan "correct: yes"', "tandai tepat satu jawaban benar"
            )
        yield from option_rules(self.choices)
        for index, option in enumerate(self.choices):
            if option.correct and option.credit is not None:
                yield Finding(
                    ("choices", index, "credit"),
                    "jawaban benar sudah bernilai penuh",
                    "hapus credit di pilihan ini",
                )

    def scoring_rule(self) -> Scoring:
        return {
            "credit": {
                option.id: "1" if option.correct else plain(option.credit or NOTHING)
                for option in self.choices
            },
            "critical": [option.id for option in self.choices if option.critical],
        }

    def solution(self) -> View:
        told = super().solution()
        for option in self.choices:
            told["choices"][option.id]["partly"] = bool(option.credit)
        return told

    def in_place(self, place: int) -> Any:
        return self.choices[place].id if place < len(self.choices) else None
