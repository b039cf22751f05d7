"""The options of an item: fields and methods that `choice` and `choices` share.

In `choice` one option is picked, in `choices` several are ticked.
"""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from pydantic import Field

from psm_course.authoring.fields import Flag, Id, Model, Text
from psm_course.authoring.problems import Finding
from psm_course.items.base import BaseItem, ItemText, Pick, View, repeated_texts


class Option(Model):
    """One option of an item that a learner can choose."""

    id: Id = Field(description="Huruf atau kata pendek, tunggal di butir ini.")
    text: Text = Field(description="Teks pilihan.")
    correct: Flag = Field(False, description="yes pada jawaban yang benar.")
    critical: Flag = Field(
        False,
        description=(
            "yes bila memilihnya kesalahan berbahaya: kuis tidak lulus sampai dijawab ulang."
        ),
    )
    feedback: Text | None = Field(
        None, description="Yang dibaca peserta sesudah memilihnya (latihan)."
    )


class OptionsItem(BaseItem):
    """An item that is answered by picking one option or ticking several."""

    elements: ClassVar = {"choices": "pilihan"}
    asked: ClassVar = frozenset({"choices"})
    choices: tuple[Option, ...]

    def question(self) -> View:
        return {"choices": [{"id": option.id, "text": option.text} for option in self.choices]}

    def solution(self) -> View:
        return {
            "choices": {
                option.id: {
                    "correct": option.correct,
                    "critical": option.critical,
                    "feedback": option.feedback,
                }
                for option in self.choices
            }
        }

    def private_texts(self) -> Iterator[str]:
        yield from (option.feedback for option in self.choices if option.feedback)

    def own_texts(self) -> Iterator[ItemText]:
        yield from ()

    def picks(self) -> Iterator[Pick]:
        return (
            Pick(
                ("choices", index),
                option.text,
                option.feedback,
                option.correct,
                option.critical,
                option.id,
            )
            for index, option in enumerate(self.choices)
        )


def option_rules(options: Sequence[Option]) -> Iterator[Finding]:
    """Report options with the same text, and options that are right and dangerous at once."""
    yield from repeated_texts(
        (("choices", index, "text"), option.text) for index, option in enumerate(options)
    )
    for index, option in enumerate(options):
        if option.correct and option.critical:
            yield Finding(
                ("choices", index, "critical"),
                "jawaban benar ditandai sebagai kesalahan berbahaya",
                "hapus critical di pilihan ini; dengan itu tidak seorang pun dapat lulus",
            )
