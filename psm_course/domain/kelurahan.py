"""The 63 kelurahan of Depok, keyed by Kemendagri code because two of them share a name.

Source: Kepmendagri 300.2.2-2430 Tahun 2025, through `cahyadsn/wilayah` (MIT).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz.distance import OSA

SHORTEST_TO_MISTYPE = 5
_TITLE = re.compile(r"\s*(?:(?:kelurahan|kel|desa|ds|kecamatan|kec)\b[\s./]*)+")


@dataclass(frozen=True, slots=True)
class Kelurahan:
    """One kelurahan; `code` is `PP.KK.CC.VVVV`."""

    code: str
    kecamatan: str
    name: str
    shares_name: bool

    def __str__(self) -> str:
        return f"{self.name} ({self.kecamatan})" if self.shares_name else self.name


@dataclass(frozen=True, slots=True)
class Match:
    """What a person may have meant: one kelurahan, several to ask about, or none.

    `respelt`: the name was written otherwise than it is spelt. `elsewhere`: such kelurahan exist, but in another kecamatan
    than the one written beside it.
    """

    found: tuple[Kelurahan, ...]
    respelt: bool = False
    elsewhere: tuple[Kelurahan, ...] = ()


@cache
def all_kelurahan() -> tuple[Kelurahan, ...]:
    """All 63, in the order of their codes."""
    text = files("psm_course.domain").joinpath("kelurahan-depok.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    names = [row["kelurahan"] for row in rows]
    return tuple(Kelurahan(row["kode"], row["kecamatan"], row["kelurahan"], names.count(row["kelurahan"]) > 1) for row in rows)


@cache
def by_code() -> dict[str, Kelurahan]:
    return {kelurahan.code: kelurahan for kelurahan in all_kelurahan()}


@lru_cache(maxsize=2048)
def match_kelurahan(written: str, kecamatan: str = "") -> Match:
    """Match a code or a name: first as it is spelt without case, spaces and "Kel.", then with one unambiguous slip.

    `Curug (Cimanggis)` and a kecamatan tell twins apart; a kecamatan that contradicts is never passed over.
    """
    text, bracketed = _without_brackets(written.strip())
    found = [each for each in all_kelurahan() if each.code == text] or _spelt_like(text)
    for where in (bracketed, kecamatan):
        if found and _key(where):
            named, found = found, [each for each in found if each.kecamatan == _kecamatan(where)]
            if not found:
                return Match((), elsewhere=tuple(named))
    respelt = any(_without_title(text) != each.name.casefold() and text != each.code for each in found)
    return Match(tuple(found), respelt)


def _without_brackets(text: str) -> tuple[str, str]:
    named = re.fullmatch(r"([^()]+?)\s*\(([^()]+)\)", text[:200])
    return (named.group(1), named.group(2)) if named else (text, "")


def _spelt_like(text: str) -> list[Kelurahan]:
    meant = _nearest(text, {kelurahan.name for kelurahan in all_kelurahan()})
    return [kelurahan for kelurahan in all_kelurahan() if kelurahan.name == meant]


def _kecamatan(written: str) -> str | None:
    return _nearest(written, {kelurahan.kecamatan for kelurahan in all_kelurahan()})


def _nearest(written: str, names: Iterable[str]) -> str | None:
    """The name with the same letters, or the only one that is a slip away (a letter more, less, other or swapped)."""
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
    return " ".join(folded[title.end() :].split()) if (title := _TITLE.match(folded)) else " ".join(folded.split())


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    return re.sub(r"[^a-z]", "", _without_title(name[:200]))
