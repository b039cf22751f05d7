"""Measures how similar test items are to practice items, and items of form b to items of form a.

See decision 0111.

The measure is the cosine between the words of two items (questions and options). Each word has the
weight (1 + log of its count in the item) × log of its rarity in the course. Function words and
single letters are left out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log, sqrt
from typing import NamedTuple

from psm_course.authoring.problems import Finding, Problem
from psm_course.authoring.reading import locate
from psm_course.checking.test_wise.questions import FUNCTION_WORDS, words_in
from psm_course.content.quiz_files.reading import QuizRead
from psm_course.items.base import BaseItem

MOST_LIKE_PRACTICE = 0.35
MOST_LIKE_THE_OTHER_FORM = 0.4

Words = Mapping[str, float]


class Placed(NamedTuple):
    """An item, the quiz file in which it is written, and its place in that file, from 0."""

    read: QuizRead
    place: int
    item: BaseItem


def distance_problems(reads: Sequence[QuizRead]) -> Iterator[Problem]:
    """Report test items that are too similar to another item.

    A test item is compared with all practice items, and an item of form b also with all items of
    form a.
    """
    items = [
        Placed(read, place, item) for read in reads if read.header for place, item in read.readable
    ]
    words = _weighted(items)
    practised = [
        number
        for number, each in enumerate(items)
        if each.read.header and each.read.header.use == "practice"
    ]
    asked = sorted({*range(len(items))} - {*practised})
    first, second = (
        [number for number in asked if items[number].item.form == form] for form in ("a", "b")
    )
    for what, others, own, most in (
        ("butir latihan", practised, asked, MOST_LIKE_PRACTICE),
        ("butir form a", first, second, MOST_LIKE_THE_OTHER_FORM),
    ):
        for number, other, likeness in _alike(words, own, others, most):
            if not _have_opposite_keys(items[number].item, items[other].item):
                message = (
                    f'terlalu mirip {what} "{items[other].item.id}": {likeness:.2f}, batasnya'
                    f" {most:.2f}".replace(".", ",")
                )
                at = ("items", items[number].place)
                yield from locate(
                    items[number].read.source,
                    [Finding(at, message, "ganti ceritanya atau cara bertanyanya", "warning")],
                )


def _words_of(item: BaseItem) -> Counter[str]:
    shown = [
        item.prompt,
        *(each.text for each in item.own_texts()),
        *(pick.text for pick in item.picks()),
    ]
    return Counter(
        word for word in words_in(" ".join(shown)) if len(word) > 1 and word not in FUNCTION_WORDS
    )


def _weighted(items: Iterable[Placed]) -> list[Words]:
    """Return for each item its words with their weights, as a vector of length 1."""
    counted = [_words_of(each.item) for each in items]
    found_in = Counter(word for words in counted for word in words)
    weighted: list[Words] = []
    for words in counted:
        weights = {
            word: (1 + log(count)) * log(len(counted) / found_in[word])
            for word, count in words.items()
        }
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        weighted.append({word: weight / length for word, weight in weights.items()})
    return weighted


def _alike(
    words: Sequence[Words], own: Sequence[int], others: Sequence[int], most: float
) -> Iterator[tuple[int, int, float]]:
    """Yield each pair of items whose cosine is above `most`.

    A pair is given as three values: the index of the first item, the index of the second item, and
    the cosine. Only items that share a word are compared, because the cosine of all other pairs is
    0.

    Args:
        words: the weighted words of each item. An item's index in this list stands for the item.
        own: the indices of the items that may be the first of a pair.
        others: the indices of the items that may be the second of a pair.
        most: the highest cosine that is allowed.
    """
    # By word instead of by pair: most pairs share no word, and are never looked at.
    holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for other in others:
        for word, weight in words[other].items():
            holding[word].append((other, weight))
    for number in own:
        likeness: dict[int, float] = defaultdict(float)
        for word, weight in words[number].items():
            for other, weight_there in holding.get(word, ()):
                likeness[other] += weight * weight_there
        yield from ((number, other, value) for other, value in likeness.items() if value > most)


def _have_opposite_keys(one: BaseItem, other: BaseItem) -> bool:
    """True if the right answer of each of the two items is a wrong answer of the other item.

    Then the pair is no copy: remembering the answer of the first item leads to a wrong answer in
    the second.
    """
    right, wrong = (
        [{pick.text for pick in item.picks() if pick.is_right == flag} for item in (one, other)]
        for flag in (True, False)
    )
    return bool(right[0] & wrong[1]) and bool(right[1] & wrong[0])
