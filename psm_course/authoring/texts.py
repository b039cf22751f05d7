"""Collects all texts and field names from nested data such as a quiz, and all words of a text."""

import re
from collections.abc import Iterator, Mapping, Sequence

from psm_course.authoring.problems import Path

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,/×]*")


def words(text: str) -> list[str]:
    """Return the words and numbers of a text; `anak-anak` is one word."""
    return _WORD.findall(text)


def placed_texts(value: object, at: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every text inside a value, at any depth, as a pair: the path of the text, and the text.

    Mapping keys are not texts.
    """
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, Mapping | Sequence):
        for key, inner in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from placed_texts(inner, (*at, key))


def texts_in(value: object) -> Iterator[str]:
    """Yield every text inside a value, at any depth. Mapping keys are not texts."""
    return (text for _, text in placed_texts(value))


def names_in(value: object) -> frozenset[str]:
    """Return the keys of all mappings in a value, at any depth."""
    if isinstance(value, Mapping):
        return frozenset(value).union(*map(names_in, value.values()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return frozenset().union(*map(names_in, value))
    return frozenset()
