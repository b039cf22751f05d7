"""Compares names as people write them.

Two names may belong to one person although they differ in titles, forms of "Muhammad", spacing or
one typing mistake.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

_TITLES = frozenset((
    "h", "hj", "hjh", "haji", "hajah", "kh", "ust", "ustad", "ustadz", "ustadzah", "ir", "dr",
    "drs", "dra", "drg", "prof", "bpk", "bapak", "ibu", "sdr", "sdri", "st", "sst", "se", "sh",
    "ssos", "ssi", "spd", "spdi", "sag", "skom", "sip", "sap", "skep", "skm", "spsi", "shi", "mm",
    "msi", "mpd", "mkes", "mh", "amd", "amdkeb", "amkeb", "amkep", "ns", "apt",
))  # fmt: skip
_MUHAMMAD = re.compile(r"m|md|mhd|m[uo](?:h|ch|kh)(?:d|am{1,2}[ae][dt])?")
SHORTEST_TO_MISTYPE = 6
_ENDS = (6, 4, 2)  # letters at either end
_LETTERS = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_PARTS = re.compile(r"[^\W_]{3,}")
_MOST_WORDS = 10  # of a name, counting each part of one that is written with spaces or hyphens


def name_key(name: str) -> str:
    """Return the key for comparing a name: its letters and digits, without titles.

    All forms of Muhammad give the same letters. `Hj. Siti Nur Hayati, S.Sos` is `sitinurhayati`.
    """
    before_comma, _, after = name.partition(",")
    # A name that is only a title, or begins with a comma, must not have an empty key: all people
    # with such names would count as one.
    return _joined(_without_titles(before_comma) or _words(before_comma) or _words(after))


def _joined(kept: list[str]) -> str:
    if len(kept) > 1 and _MUHAMMAD.fullmatch(kept[0]):
        kept = ["muhammad", *kept[1:]]
    return "".join(kept)


def _words(text: str) -> list[str]:
    """Split a name into words: `S.Sos` is one word, `M.Yusuf` two.

    A full stop separates two words, except inside a title.
    """
    words: list[str] = []
    for written in _plain(text).split():
        joined = re.sub(r"[^\w]|_", "", written)
        words += (
            [joined]
            if joined in _TITLES
            else [re.sub(r"[^\w]|_", "", part) for part in written.split(".")]
        )
    return [word for word in words if word]


def _plain(text: str) -> str:
    """Return the text in small letters and without accents."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _without_titles(text: str) -> list[str]:
    return [word for word in _words(text) if word not in _TITLES]


def words_to_search(text: str) -> frozenset[str]:
    """Return the words of a name, or of the text that somebody searches.

    The words have only the letters a to z and digits. Titles are words too.
    """
    words = _words(re.sub(r"[^\w.'’]", " ", text.casefold().translate(_LETTERS)))
    return frozenset(
        word
        for word in ("".join(letter for letter in each if letter.isascii()) for each in words)
        if word
    )


def plain_key(name: str) -> str:
    """Return a key that is equal for names that differ only in case and spacing."""
    return " ".join(name.casefold().split())


def digits_of(key: str) -> str:
    """Return the digits of a name's key (`name_key`).

    If two names have different numbers (`Budi 2`), they always belong to different people.
    """
    return "".join(character for character in key if character.isdigit())


def may_be_one(key: str, other: str) -> bool:
    """True if two keys (`name_key`) may mean one name: they are equal or differ by one mistake.

    One mistake is a letter too many, missing, wrong, or two letters swapped. Keys of fewer than
    `SHORTEST_TO_MISTYPE` letters must be equal.
    """
    if key == other:
        return True
    if min(len(key), len(other)) < SHORTEST_TO_MISTYPE or digits_of(key) != digits_of(other):
        return False
    return OSA.distance(key, other, score_cutoff=1) <= 1


def ends_of(key: str) -> tuple[str, str]:
    """Return the first and the last letters of a name's key (`name_key`), to find similar keys.

    Each end has 6, 4 or 2 letters, depending on the length of the key. One typing mistake, even two
    swapped letters, leaves at least one of the two ends unchanged.
    """
    size = next(size for size in _ENDS if 2 * size < len(key) or size == _ENDS[-1])
    return key[:size], key[-size:]


def keys_near(key: str, keys: Sequence[str]) -> list[int]:
    """Return the indices of all `keys` that may mean the same name as `key`, smallest index first.

    `key` and `keys` are names as `name_key` returns them. `may_be_one` decides if two of them may
    mean the same name.
    """
    # Without `limit=None` rapidfuzz returns only the five nearest keys.
    close = process.extract(key, keys, scorer=OSA.distance, score_cutoff=1, limit=None)
    return sorted(index for found, _, index in close if may_be_one(key, found))


def share_a_word(name: str, other: str) -> bool:
    """True if two names have a word of three letters or more in common. Titles do not count.

    If two people have the same phone, the sender is asked about them only if their names share a
    word.
    """
    words = [
        {word for word in _without_titles(each.partition(",")[0]) if len(word) > 2}
        for each in (name, other)
    ]
    return bool(words[0] & words[1])


def word_of_a_name_in(sentence: str, names: Iterable[str]) -> bool:
    """True if a word (three letters or more) of one of these names is in the sentence.

    Titles do not count.
    """
    said = set(_in_prose(sentence))
    return any(len(word) > 2 and word in said for name in names for word in _without_titles(name))


def whole_name_in(sentence: str, names: Iterable[str]) -> bool:
    """True if one of these names is in the sentence, with all its words.

    Case, accents and spacing make no difference. Titles are ignored. Names of one word do not
    count.
    """
    said = _in_prose(sentence)
    keys = {
        _joined(said[start:end])
        for start in range(len(said))
        for end in range(start + 1, start + _MOST_WORDS + 1)
    }
    letters = "".join(said)
    # This takes one second for 250,000 names; taking each name apart would take eight.
    likely = (
        name
        for name in names
        if not name.isascii()
        or any(part in letters for part in _PARTS.findall(name.casefold()) or [""])
    )
    written = (_without_titles(name.partition(",")[0]) for name in likely)
    return any(len(words) > 1 and _joined(words) in keys for words in written)


def _in_prose(sentence: str) -> list[str]:
    """Split a sentence into words, and leave out titles.

    Any character that is no letter and no digit ends a word.
    """
    return [word for word in re.findall(r"[^\W_]+", _plain(sentence)) if word not in _TITLES]
