"""The questions of a course with exactly one right option.

This module also finds the features of an option by which a learner (a small program) guesses.
`READERS` has a function for each kind of features, such as words, or length and place.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from psm_course.content.quiz_files.reading import QuizRead
from psm_course.items.base import BaseItem

_WORD = re.compile(r"[^\W_]+")
# Words that carry tone and no content, in Indonesian.
FUNCTION_WORDS = frozenset(
    _WORD.findall("""
    yang dan atau tetapi namun serta lalu kemudian sesudah setelah sebelum saat ketika sambil
    selama sampai hingga sejak bila jika kalau apabila karena sebab supaya agar untuk guna demi
    dari ke di pada kepada dengan tanpa oleh dalam atas bagi tentang dulu dahulu saja juga pun
    lagi masih sudah telah akan sedang belum baru tidak bukan jangan tak harus perlu boleh dapat
    bisa ini itu sini situ sana ada adalah ialah semua semuanya setiap tiap siapa apa mana
    mengapa kapan bagaimana hanya cukup lebih paling sangat saya aku kami kita anda ia dia
    mereka sendiri langsung segera pasti tentu mungkin memang seperti sebagai walau meski
    meskipun asal asalkan kecuali selain bahkan malah justru maka sehingga biar
""")
)


@dataclass(frozen=True)
class Question:
    """An item that has exactly one right option.

    Attributes:
        quiz: the id of the quiz file in which the item is written.
        place: the item's place in the file, from 0.
        item: the item.
        names: the names of the options, as a response gives them.
        texts: the texts of the options, in the same order.
        key: the index of the right option in `names` and `texts`.
        group: the name of the item's variants; `quiz|item` if the item has none. All questions of
            one group are in the same fold (a fold is about a fifth of all questions).
        seen: a cache of the results of `signs`, by kind.
    """

    quiz: str
    place: int
    item: BaseItem
    names: tuple[str, ...]
    texts: tuple[str, ...]
    key: int
    group: str
    seen: dict[str, tuple[frozenset[str], ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def signs(self, kind: str) -> tuple[frozenset[str], ...]:
        """Return one set of features for each option, in the order of `texts`.

        `kind`, a key of `READERS`, decides which features: words, pairs of words, or others.
        """
        if kind not in self.seen:
            self.seen[kind] = tuple(
                READERS[kind](place, self.texts) for place in range(len(self.texts))
            )
        return self.seen[kind]


def questions_of(read: QuizRead) -> Iterator[Question]:
    """Yield the questions of a quiz file that have exactly one right option."""
    quiz = read.header.id if read.header else ""
    for place, item in read.readable:
        picks = list(item.picks()) if item.picks_one else []
        right = [number for number, pick in enumerate(picks) if pick.is_right]
        if len(right) == 1:
            group = item.variants or f"{quiz}|{item.id}"
            yield Question(
                quiz,
                place,
                item,
                tuple(p.name for p in picks),
                tuple(p.text for p in picks),
                right[0],
                group,
            )


def words_in(text: str) -> list[str]:
    """Return the words of a text, in lower case."""
    return _WORD.findall(text.lower())


def _words(place: int, texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words_in(texts[place]))


def _pairs(place: int, texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(" ".join(pair) for pair in pairwise(["…", *words_in(texts[place]), "…"]))


def _shape(place: int, texts: tuple[str, ...]) -> frozenset[str]:
    lengths = [len(text) for text in texts]
    own, mean = lengths[place], sum(lengths) / len(lengths)
    rank = 1 + sum(length > own for length in lengths)
    return frozenset(
        (
            f"tempat ke-{place + 1}",
            f"terpanjang ke-{rank}",
            f"panjang {round(4 * own / mean) * 25} %",
        )
    )


READERS: dict[str, Callable[[int, tuple[str, ...]], frozenset[str]]] = {
    "kata": _words,
    "pasangan kata": _pairs,
    "kata tugas": lambda place, texts: _words(place, texts) & FUNCTION_WORDS,
    "panjang dan tempat": _shape,
}


class Asked(NamedTuple):
    """The questions of one quiz file, and True if the file is a practice quiz."""

    is_practice: bool
    questions: tuple[Question, ...]


def asked_in(read: QuizRead) -> Asked:
    """Return the questions of a quiz file; none if the header of the file cannot be read."""
    if read.header is None:
        return Asked(False, ())
    return Asked(read.header.use == "practice", tuple(questions_of(read)))


def split(files: Iterable[Asked]) -> tuple[list[Question], list[Question]]:
    """Return two lists: the questions of practice quizzes, and those of tests and banks."""
    practised, asked = list[Question](), list[Question]()
    for file in files:
        (practised if file.is_practice else asked).extend(file.questions)
    return practised, asked
