"""`choice`: pick one. Also the option that `choices` shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from pydantic import Field

from psm_course.authoring.fields import Credit, Flag, Id, Model, Text
from psm_course.authoring.numbers import plain
from psm_course.authoring.problems import Finding
from psm_course.items.base import BaseItem, Scoring, View, repeated_texts


class Option(Model):
    """One thing that can be ticked."""

    id: Id = Field(description="Huruf atau kata pendek, tunggal di butir ini.")
    text: Text = Field(description="Teks pilihan.")
    correct: Flag = Field(False, description="yes pada jawaban yang benar.")
    critical: Flag = Field(False, description="yes bila memilihnya kesalahan berbahaya: kuis tidak lulus sampai dijawab ulang.")
    feedback: Text | None = Field(None, description="Yang dibaca peserta sesudah memilihnya (latihan).")


class ChoiceOption(Option):
    """An option of which one is picked, and which may earn part of the points."""

    credit: Credit | None = Field(None, description="Bagian nilai, 0 sampai 1, untuk jawaban yang sebagian benar.")


class OptionsItem(BaseItem):
    """What picking one and ticking several have in common."""

    choices: tuple[Option, ...]

    def question(self) -> View:
        return {"choices": [{"id": option.id, "text": option.text} for option in self.choices]}

    def solution(self) -> View:
        return {
            "choices": {
                option.id: {"correct": option.correct, "critical": option.critical, "feedback": option.feedback} for option in self.choices
            }
        }

    def private_texts(self) -> Iterator[str]:
        yield from (option.feedback for option in self.choices if option.feedback)


class ChoiceItem(OptionsItem):
    """Pilih satu jawaban."""

    type: Literal["choice"]
    choices: tuple[ChoiceOption, ...] = Field(min_length=2, description="Pilihan; tepat satu dengan correct: yes.")

    def rules(self) -> Iterator[Finding]:
        correct = sum(option.correct for option in self.choices)
        if correct != 1:
            count = "belum ada pilihan" if correct == 0 else f"ada {correct} pilihan"
            yield Finding(("choices",), f'{count} dengan "correct: yes"', "tandai tepat satu jawaban benar")
        yield from option_rules(self.choices)
        for index, option in enumerate(self.choices):
            if option.correct and option.credit is not None:
                yield Finding(("choices", index, "credit"), "jawaban benar sudah bernilai penuh", "hapus credit di pilihan ini")

    def scoring_rule(self) -> Scoring:
        return {
            "credit": {option.id: "1" if option.correct else plain(option.credit or _NOTHING) for option in self.choices},
            "critical": [option.id for option in self.choices if option.critical],
        }


_NOTHING = Decimal(0)


def option_rules(options: Sequence[Option]) -> Iterator[Finding]:
    yield from repeated_texts((("choices", index, "text"), option.text) for index, option in enumerate(options))
    for index, option in enumerate(options):
        if option.correct and option.critical:
            yield Finding(
                ("choices", index, "critical"),
                "jawaban benar ditandai sebagai kesalahan berbahaya",
                "hapus critical di pilihan ini; dengan itu tidak seorang pun dapat lulus",
            )
