"""`text`: write a word or two. `normalise` is the comparison that marking uses."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from psm_course.authoring.fields import Text
from psm_course.authoring.problems import Finding
from psm_course.items.base import BaseItem, Scoring, View


def normalise(text: str) -> str:
    """Text without case, accents, punctuation and extra space."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    kept = (character for character in decomposed if unicodedata.category(character)[0] not in "MPS")
    return " ".join("".join(kept).split())


class TextItem(BaseItem):
    """Tulis jawaban pendek."""

    type: Literal["text"]
    accept: tuple[Text, ...] = Field(min_length=1, description="Jawaban yang diterima; huruf besar, tanda baca, dan aksen tidak dihitung.")

    def rules(self) -> Iterator[Finding]:
        for index, accepted in enumerate(self.accept):
            if not normalise(accepted):
                yield Finding(("accept", index), "hanya berisi tanda baca", "tulis kata yang diterima")

    def scoring_rule(self) -> Scoring:
        return {"accept": list(dict.fromkeys(normalise(accepted) for accepted in self.accept))}

    def question(self) -> View:
        return {}

    def solution(self) -> View:
        return {"accept": list(self.accept)}

    def private_texts(self) -> Iterator[str]:
        yield from self.accept
