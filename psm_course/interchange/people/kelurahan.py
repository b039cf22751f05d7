"""Finds the kelurahan that a person may mean by the name in the sheet."""

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
    """The result of `match_kelurahan`: the kelurahan that a written name may mean.

    `found` are these kelurahan: one, none, or several (then the sender is asked). `respelt` is True
    if the written name is spelt differently from the name in the region's list. `elsewhere` is
    filled if no kelurahan of this name is in the written kecamatan: it then has the kelurahan of
    this name in other kecamatan.
    """

    found: tuple[Kelurahan, ...]
    respelt: bool = False
    elsewhere: tuple[Kelurahan, ...] = ()


@lru_cache(maxsize=2048)
def match_kelurahan(region: Region, written: str, kecamatan: str = "") -> Match:
    """Find the kelurahan for a written code or name.

    A name is compared without case, spaces and "Kel.". One typing mistake is allowed if only one
    name is so similar. If several kelurahan have the same name, the kecamatan decides: the argument
    `kecamatan`, or the one written in brackets, as in `Curug (Cimanggis)`. If none of them is in
    that kecamatan, nothing matches.
    """
    text, bracketed = _without_brackets(written.strip())
    found = [each for each in region.homes if each.code == text] or _spelt_like(region, text)
    for where in (bracketed, kecamatan):
        if found and _key(where):
            named = found
            meant = _nearest(where, {kelurahan.kecamatan for kelurahan in region.homes})
            found = [each for each in found if each.kecamatan == meant]
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


def _nearest(written: str, names: Iterable[str]) -> str | None:
    """Return the name with the same letters, or the only one that differs by one typing mistake.

    One mistake is a letter too many, missing, wrong, or two letters swapped. None if no name is so
    similar, or if several names are.
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
    title = _TITLE.match(folded)
    return " ".join(folded[title.end() if title else 0 :].split())


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    return re.sub(r"[^a-z]", "", _without_title(name[:200]))
