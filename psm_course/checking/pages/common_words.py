"""Decides if an Indonesian word is common.

The decision uses a list of the most frequent words, and rough rules for affixes. The list is
`common_words.txt`, whose first lines give its source, licence and recipe. Indonesian builds words
from roots with affixes. So a word that is not on the list is common too if removing affixes from it
leads to a word on the list:

- endings: -nya -ku -mu, -lah -kah -pun, -kan -an -i;
- beginnings: me- pe- with their nasal forms (menulis → tulis, penyapa → sapa), memper-, di- diper-,
  ber- per- ter-, ke- se-;
- doubling: `anak-anak`, `bermain-main`: every part is looked up by itself.

If in doubt, the rules accept a word: nothing checks that the root really takes that affix, or that
the meaning of the word is near that of its root.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_LIST = Path(__file__).with_name("common_words.txt")
_ENDINGS = ("nya", "ku", "mu", "lah", "kah", "pun", "kan", "an", "i")
_BEGINNINGS = (
    "memper", "diper", "keter", "keber", "menge", "penge",
    "ber", "bel", "per", "pel", "ter", "di", "ke", "se", "be", "me", "pe",
)  # fmt: skip
# A nasal swallows the first letter of the root: meny-apa is sapa, mem-akai is pakai.
_NASALS = (("eny", ("s",)), ("eng", ("", "k")), ("em", ("", "p")), ("en", ("", "t")))
_SHORTEST_ROOT = 3
_MOST_AFFIXES = 4


@cache
def common_words() -> frozenset[str]:
    """Return the words of `common_words.txt`."""
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def is_common(word: str) -> bool:
    """True if every part of a word is common, with or without affixes.

    Parts are separated by hyphens and apostrophes.
    """
    parts = [part for part in re.split(r"[-'’]", word.lower()) if part]
    return all(_is_known(part, _MOST_AFFIXES) for part in parts)


def _is_known(word: str, affixes: int) -> bool:
    if word in common_words():
        return True
    return affixes > 0 and any(_is_known(shorter, affixes - 1) for shorter in _stripped(word))


def _stripped(word: str) -> Iterator[str]:
    """Yield the word with one affix removed, for each affix that leaves at least three letters."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_ROOT:
            yield word.removesuffix(ending)
    for beginning in _BEGINNINGS:
        if word.startswith(beginning) and len(word) - len(beginning) >= _SHORTEST_ROOT:
            yield word.removeprefix(beginning)
    for nasal, swallowed in _NASALS:
        rest = word[1 + len(nasal) :]
        if word[:1] in "mp" and word[1:].startswith(nasal) and len(rest) >= _SHORTEST_ROOT - 1:
            yield from (
                letter + rest for letter in swallowed if len(letter + rest) >= _SHORTEST_ROOT
            )
