"""When two written names may be one person: titles, the many Muhammads, spacing and one slip of the finger do not count."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz.distance import OSA

_TITLES = frozenset((
    "h", "hj", "hjh", "haji", "hajah", "kh", "ust", "ustad", "ustadz", "ustadzah", "ir", "dr", "drs", "dra", "drg", "prof",
    "bpk", "bapak", "ibu", "sdr", "sdri", "st", "sst", "se", "sh", "ssos", "ssi", "spd", "spdi", "sag", "skom", "sip", "sap", "skep",
    "skm", "spsi", "shi", "mm", "msi", "mpd", "mkes", "mh", "amd", "amdkeb", "amkeb", "amkep", "ns", "apt",
))  # fmt: skip
_MUHAMMAD = re.compile(r"m|md|mhd|m[uo](?:h|ch|kh)(?:d|am{1,2}[ae][dt])?")
SHORTEST_TO_MISTYPE = 6


def name_key(name: str) -> str:
    """Letters and digits of a name without titles, with every Muhammad alike: `Hj. Siti Nur Hayati, S.Sos` is `sitinurhayati`."""
    before_comma, _, after = name.partition(",")
    words = _words(before_comma)
    kept = [word for word in words if word not in _TITLES] or words or _words(after)
    if len(kept) > 1 and _MUHAMMAD.fullmatch(kept[0]):
        kept[0] = "muhammad"
    return "".join(kept)


def _words(text: str) -> list[str]:
    """`S.Sos` is one word, `M.Yusuf` two: a point ends a word only after an initial that is not part of a title."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    words: list[str] = []
    for written in plain.split():
        joined = re.sub(r"[^\w]|_", "", written)
        words += [joined] if joined in _TITLES else [re.sub(r"[^\w]|_", "", part) for part in written.split(".")]
    return [word for word in words if word]


def plain_key(name: str) -> str:
    """The same person as the register writes them, whatever the case and spacing."""
    return " ".join(name.casefold().split())


def digits_of(key: str) -> str:
    """Names that differ in a number (`Budi 2`) are told apart on purpose."""
    return "".join(character for character in key if character.isdigit())


def may_be_one(key: str, other: str) -> bool:
    """Whether two keys are equal or one slip apart (a letter more, less, other or swapped); short names must be equal."""
    if key == other:
        return True
    if min(len(key), len(other)) < SHORTEST_TO_MISTYPE or digits_of(key) != digits_of(other):
        return False
    return OSA.distance(key, other, score_cutoff=1) <= 1


def share_a_word(name: str, other: str) -> bool:
    """For two people with one telephone: a name in common makes it worth asking. A couple's two names do not."""
    words = [{word for word in _words(each.partition(",")[0]) if len(word) > 2 and word not in _TITLES} for each in (name, other)]
    return bool(words[0] & words[1])
