"""The 63 kelurahan of Depok, keyed by Kemendagri code because two of them share a name.

Source: Kepmendagri 300.2.2-2430 Tahun 2025, through `cahyadsn/wilayah` (MIT).
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Kelurahan:
    """One kelurahan; `code` is `PP.KK.CC.VVVV`."""

    code: str
    kecamatan: str
    name: str
    shares_name: bool

    def __str__(self) -> str:
        return f"{self.name} ({self.kecamatan})" if self.shares_name else self.name


@cache
def all_kelurahan() -> tuple[Kelurahan, ...]:
    """All 63, in the order of their codes."""
    text = files("psm_course.records").joinpath("kelurahan-depok.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    names = [row["kelurahan"] for row in rows]
    return tuple(Kelurahan(row["kode"], row["kecamatan"], row["kelurahan"], names.count(row["kelurahan"]) > 1) for row in rows)


@cache
def by_code() -> dict[str, Kelurahan]:
    return {kelurahan.code: kelurahan for kelurahan in all_kelurahan()}


def find_kelurahan(written: str, kecamatan: str = "") -> list[Kelurahan]:
    """The kelurahan that a person may have meant: one, several to ask about, or none.

    Spaces, case and the word "Kel." do not count; `Curug (Cimanggis)` and a kecamatan column tell twins apart.
    """
    text = written.strip()
    if text in by_code():
        return [by_code()[text]]
    named = re.fullmatch(r"(.+?)\s*\((.+)\)", text)
    if named:
        text, kecamatan = named.group(1), named.group(2)
    found = [kelurahan for kelurahan in all_kelurahan() if _key(kelurahan.name) == _key(text)]
    narrowed = [kelurahan for kelurahan in found if _key(kelurahan.kecamatan) == _key(kecamatan)]
    return narrowed if kecamatan.strip() else found


def _key(name: str) -> str:
    without_title = re.sub(r"^\s*(kelurahan|kel|kecamatan|kec)\b\.?", "", name.casefold())
    return re.sub(r"[^a-z]", "", without_title)
