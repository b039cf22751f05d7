"""The item type `text`: the learner writes a word or two.

Grading compares texts by their `spellings`.
"""

import unicodedata
from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from psm_course.authoring.fields import Text
from psm_course.authoring.problems import Finding
from psm_course.items.base import BaseItem, ItemText, Scoring, View


def normalise(text: str, sign: str = "") -> str:
    """Return a text in a form for comparison: small letters, without accents or extra spaces.

    Each punctuation mark or symbol is replaced by `sign`; by default it is removed.
    """
    # Letters before their accents, so that accents (category M) can be dropped: `Café` is `Cafe`.
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    kinds = ((letter, unicodedata.category(letter)[0]) for letter in decomposed)
    return " ".join(
        "".join(sign if kind in "PS" else letter for letter, kind in kinds if kind != "M").split()
    )


def spellings(text: str) -> list[str]:
    """Return the forms of a text in which it is compared: one or two texts from `normalise`.

    The first has all punctuation removed: `Jum'at` gives `jumat`. The second has a space for each
    punctuation mark: `UPTD-PPA` gives `uptd ppa`. If both are the same, the list has only one.
    """
    return list(dict.fromkeys([normalise(text), normalise(text, " ")]))


class TextItem(BaseItem):
    """Tulis jawaban pendek."""

    answer_is_taught: ClassVar = True
    type: Literal["text"]
    accept: tuple[Text, ...] = Field(
        min_length=1,
        description=(
            "Jawaban yang diterima; huruf besar dan aksen tidak dihitung, tanda baca sama dengan"
            " spasi."
        ),
    )

    def rules(self) -> Iterator[Finding]:
        return (
            Finding(("accept", index), "hanya berisi tanda baca", "tulis kata yang diterima")
            for index, accepted in enumerate(self.accept)
            if not normalise(accepted)
        )

    def scoring_rule(self) -> Scoring:
        return {
            "accept": list(
                dict.fromkeys(
                    spelling for accepted in self.accept for spelling in spellings(accepted)
                )
            )
        }

    def question(self) -> View:
        return {}

    def solution(self) -> View:
        return {"accept": list(self.accept)}

    def private_texts(self) -> Iterator[str]:
        yield from self.accept

    def own_texts(self) -> Iterator[ItemText]:
        yield from (
            ItemText(("accept", index), accepted) for index, accepted in enumerate(self.accept)
        )
