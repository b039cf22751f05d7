"""Matches a kelurahan as people write it with those of the region."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from psm_course.content.region import Kelurahan, Region

SHORTEST_TO_MISTYPE = 5
_TITLE = re.compile(r"\s*(?:(?:kelurahan|kel|desa|ds|kecamatan|kec)\b[\s./]*)+")


@dataclass(frozen=True, slots=True)
class Match:
    """The kelurahan a person may have meant: one, several to ask about, or none.

    `respelt`: the name was written differently. `elsewhere`: such kelurahan exist, but in another
    kecamatan than the one written beside it.
    """

    found: tuple[Kelurahan, ...]
    respelt: bool = False
    elsewhere: tuple[Kelurahan, ...] = ()


@lru_cache(maxsize=2048)
def match_kelurahan(region: Region, written: str, kecamatan: str = "") -> Match:
    """Match the code or the name of a kelurahan.

    A name is first compared without case, spaces and "Kel.", then with one unambiguous slip. `Curug
    (Cimanggis)` and a kecamatan tell equal names apart; a kecamatan that contradicts is never
    ignored.
    """
    text, bracketed = _without_brackets(written.strip())
    found = [each for each in region.homes if each.code == text] or _spelt_like(region, text)
    for where in (bracketed, kecamatan):
        if found and _key(where):
            named = found
            found = [each for each in found if each.kecamatan == _kecamatan(region, where)]
            if not found:
                return Match((), elsewhere=tuple(named))
    respelt = any(
        _without_title(text) != each.name.casefold() and text != each.code for each in found
    )
    return Match(tuple(found), respelt)


def _without_brackets(text: str) -> tuple[str, str]:
    named = re.fullmatch(r"([^()]+?)\s*\(([^()]+)\)", text[:200])
    return (named.group(1), named.group(2)) if named else (text, "")


def _spelt_like(region: Region, text: str) -> list[Kelurahan]:
    meant = _nearest(text, {kelurahan.name for kelurahan in region.homes})
    return [kelurahan for kelurahan in region.homes if kelurahan.name == meant]


def _kecamatan(region: Region, written: str) -> str | None:
    return _nearest(written, {kelurahan.kecamatan for kelurahan in region.homes})


def _nearest(written: str, names: Iterable[str]) -> str | None:
    """Find the name with the same letters, or the only one that is one slip away.

    A slip is a letter more, less, other or swapped. None if no name, or more than one, is so near.
    """
    key = _key(written)
    close = []
    for name in names:
        distance = OSA.distance(key, _key(name), score_cutoff=1)
        if distance == 0:
            return name
        if distance == 1 and len(key) >= SHORTEST_TO_MISTYPE:
            close.append(name)
    return close[0] if len(close) == 1 else None


def _without_title(name: str) -> str:
    folded = name.casefold()
    return (
        " ".join(folded[title.end() :].split())
        if (title := _TITLE.match(folded))
        else " ".join(folded.split())
    )


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    return re.sub(r"[^a-z]", "", _without_title(name[:200]))
