"""Every city and regency of Indonesia with its kecamatan and kelurahan, for a new office.

Source of codes and names: Kepmendagri 300.2.2-2430 Tahun 2025, through github.com/cahyadsn/wilayah
(MIT, `regions.LICENSE`). `book/maintaining/regions.py` makes the list in this folder again.
"""

import lzma
import re
from collections import Counter
from functools import cache
from importlib.resources import files

from psm_course.authoring.yaml_edit import quoted
from psm_course.errors import Refused

_SOURCE = (
    "# Sumber kode dan nama: Kepmendagri 300.2.2-2430 Tahun 2025, lewat cahyadsn/wilayah (lisensi"
    " MIT)."
)
# The first two digits of a code are the province. What is not here keeps the time of Jakarta.
_CENTRAL = {"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"}
_EASTERN = {"81", "82", "91", "92", "93", "94", "95", "96"}
_KINDS = {"1": "Kelurahan", "2": "Desa"}  # first digit of the last part of a code


@cache
def _listed() -> dict[str, str]:
    """Return the names of provinces, cities, kecamatan and kelurahan, by Kemendagri code.

    The number of characters in a code, including the points, tells which kind of region it is: 2
    for a province (`32`), 5 for a city or regency (`32.76`), 8 for a kecamatan (`32.76.01`), 13 for
    a kelurahan or desa (`32.76.01.1001`).
    """
    text = lzma.decompress(
        files("psm_course.starting").joinpath("regions.tsv.xz").read_bytes()
    ).decode()
    return dict(line.split("\t") for line in text.splitlines())


def cities() -> dict[str, str]:
    """Return names of cities and regencies ("Kota …", "Kabupaten …") by Kemendagri code.

    The codes are sorted.
    """
    return {code: name for code, name in _listed().items() if len(code) == 5}


def city_named(written: str) -> str:
    """Return the code of a city given by its code or its name.

    Raises:
        Refused: no city has this code or name, or several have this name.
    """
    wanted = written.strip()
    if wanted in cities():
        return wanted
    found = {code: name for code, name in cities().items() if wanted.casefold() in _spoken(name)}
    if len(found) == 1:
        return next(iter(found))
    if found:
        listed = ", ".join(f"{code} ({name})" for code, name in found.items())
        raise Refused(f'"{written}" dapat berarti {listed}. Tulis kodenya.')
    raise Refused(
        f'Kota "{written}" tidak dikenal. Tulis kode Kemendagri-nya, misalnya 32.76, atau namanya,'
        ' misalnya "Kota Bogor".'
    )


def _spoken(name: str) -> set[str]:
    """Return the forms of a city's name that people may type, in small letters.

    They are the whole name, and the name without "Administrasi", without "Kota" or "Kabupaten", and
    without both.
    """
    said = {name.casefold(), name.casefold().replace(" administrasi", "")}
    return said | {each.partition(" ")[2] for each in said}


def place_of(code: str) -> str:
    """Return a city's name without Kota, Kabupaten or Administrasi, as in "Bogor, 24 November"."""
    return re.sub(r"^(Kota|Kabupaten)( Administrasi)? ", "", cities()[code])


def region_text(code: str) -> str:
    """Return the text of `modules/wilayah.yml` for the city with this code (a key of `cities`)."""
    name = cities()[code]
    zone, zone_name = _zone(code[:2])
    kecamatan = {
        each: _listed()[each]
        for each in _listed()
        if len(each) == 8 and each.startswith(f"{code}.")
    }
    ids = {each: _id(name, each) for each, name in kecamatan.items()}
    lines = [
        "# Wilayah kursus ini: kota, zona waktu, kecamatan, dan kelurahan.",
        _SOURCE,
        f"office: {quoted(code)} # kode Kemendagri",
        f"name: {quoted(name)}",
        f"place: {quoted(place_of(code))} # di depan tanggal",
        f"zone: {zone}",
        f"zone_name: {zone_name}",
        (
            "# column dan row: letak kira-kira di denah cakupan, kolom dari barat dan baris dari"
            " utara; boleh tidak ditulis."
        ),
        "kecamatan:",
        *(f"  - {{id: {ids[each]}, name: {quoted(name)}}}" for each, name in kecamatan.items()),
        "kelurahan:",
        *(
            f"  - {{code: {each}, name: {quoted(name)}, kecamatan: {ids[each[:8]]}}}"
            for each, name in _kelurahan(code).items()
        ),
    ]
    return "\n".join(lines) + "\n"


def _kelurahan(city: str) -> dict[str, str]:
    """Return the names of the kelurahan and desa of a city, by code.

    The names within a kecamatan are made different: if a kelurahan and a desa have the same name,
    the kind is added to each name. If two kelurahan or two desa have the same name, the last part
    of the code is added.
    """
    known = {
        code: name
        for code, name in _listed().items()
        if len(code) == 13 and code.startswith(f"{city}.")
    }
    shared = Counter((code[:8], name) for code, name in known.items())
    kinds = Counter((code[:10], name) for code, name in known.items())

    def shown_name(code: str, name: str) -> str:
        if shared[code[:8], name] == 1:
            return name
        return (
            f"{name} ({_KINDS[code[9]]})" if kinds[code[:10], name] == 1 else f"{name} ({code[9:]})"
        )

    return {code: shown_name(code, name) for code, name in known.items()}


def _zone(province: str) -> tuple[str, str]:
    if province in _CENTRAL:
        return "Asia/Makassar", "WITA"
    return ("Asia/Jayapura", "WIT") if province in _EASTERN else ("Asia/Jakarta", "WIB")


def _id(name: str, code: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or f"kecamatan-{code[-2:]}"
