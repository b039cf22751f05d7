"""The item type `choices`: the learner ticks all options that apply."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from psm_course.authoring.problems import Finding
from psm_course.items.base import Scoring
from psm_course.items.options import Option, OptionsItem, option_rules


class ChoicesItem(OptionsItem):
    """Pilih semua jawaban yang tepat."""

    type: Literal["choices"]
    choices: tuple[Option, ...] = Field(
        min_length=2, description="Pilihan; satu atau lebih dengan correct: yes."
    )
    scoring: Literal["net", "exact", "share"] = Field(
        "net",
        description=(
            "net: (benar - salah) / jumlah yang benar · exact: semua atau nol · share: bagian"
            " pilihan yang dinilai tepat."
        ),
    )

    def rules(self) -> Iterator[Finding]:
        if not any(option.correct for option in self.choices):
            yield Finding(
                ("choices",),
                'belum ada pilihan dengan "correct: yes"',
                "tandai setiap jawaban benar",
            )
        yield from option_rules(self.choices)

    def scoring_rule(self) -> Scoring:
        return {
            "rule": self.scoring,
            "choices": [option.id for option in self.choices],
            "correct": [option.id for option in self.choices if option.correct],
            "critical": [option.id for option in self.choices if option.critical],
        }

    def in_place(self, place: int) -> Any:
        return [option.id for option in self.choices[place : place + 1]] or None

    def everything(self) -> list[str]:
        return [option.id for option in self.choices]
