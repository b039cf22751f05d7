"""The region of a course (`modules/wilayah.yml`): office, time zone, kecamatan and kelurahan.

A course of another city has another file of this form.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from psm_course.authoring.fields import Count, Id, Model, Text, mistake
from psm_course.authoring.ids import repeated_in, unknown
from psm_course.authoring.problems import Finding, Problem
from psm_course.authoring.reading import read_declared_file

REGION_FILE = Path("modules/wilayah.yml")


@dataclass(frozen=True, slots=True)
class Kelurahan:
    """A kelurahan with the name of its kecamatan.

    `code` is the code of the interior ministry (Kemendagri), `PP.KK.CC.VVVV`. `shares_name` is True
    if another kelurahan of the region has the same name.
    """

    code: str
    kecamatan: str
    name: str
    shares_name: bool = False

    def __str__(self) -> str:
        return f"{self.name} ({self.kecamatan})" if self.shares_name else self.name


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise mistake(
            f'zona waktu "{name}" tidak dikenal',
            "tulis Asia/Jakarta, Asia/Makassar, atau Asia/Jayapura",
        ) from None
    return name


class Kecamatan(Model):
    """A kecamatan, with its column and row on the coverage map."""

    id: Id = Field(description="Nama pendek, tunggal di berkas ini.")
    name: Text = Field(description="Nama resmi.")
    column: Count | None = Field(None, description="Kolom di denah cakupan, dihitung dari barat.")
    row: Count | None = Field(None, description="Baris di denah cakupan, dihitung dari utara.")


class WrittenKelurahan(Model):
    """A kelurahan as it is written in `modules/wilayah.yml`."""

    code: Id = Field(description="Kode Kemendagri, tunggal di berkas ini.")
    name: Text = Field(description="Nama resmi.")
    kecamatan: Id = Field(description="Id kecamatannya.")


class Region(Model):
    """The file `modules/wilayah.yml`: the city's office, kecamatan and kelurahan."""

    office: Id = Field(description="Kode Kemendagri kota atau kabupaten.")
    name: Text = Field(description="Nama kota atau kabupaten, didahului Kota atau Kabupaten.")
    place: Text = Field(description="Tempat di depan tanggal, di surat dan sertifikat.")
    zone: Annotated[Text, AfterValidator(_known_zone)] = Field(
        description="Zona waktu, misalnya Asia/Jakarta."
    )
    zone_name: Text = Field(description="Yang ditulis di belakang jam, misalnya WIB.")
    kecamatan: tuple[Kecamatan, ...] = Field(min_length=1, description="Kecamatan-kecamatan.")
    kelurahan: tuple[WrittenKelurahan, ...] = Field(
        min_length=1, description="Kelurahan-kelurahan."
    )

    def __hash__(self) -> int:
        """Return a hash that is computed fast.

        A region is the key of a cache when thousands of names are matched.
        """
        return hash(self.office)

    @property
    def signatory_title(self) -> str:
        """The title of the person who signs, if the office has set no other title."""
        return f"Kepala Dinas Sosial {self.name}"

    @cached_property
    def homes(self) -> tuple[Kelurahan, ...]:
        """All kelurahan, sorted by code."""
        within = {each.id: each.name for each in self.kecamatan}
        names = Counter(each.name for each in self.kelurahan)
        listed = sorted(self.kelurahan, key=lambda each: each.code)
        return tuple(
            Kelurahan(each.code, within[each.kecamatan], each.name, names[each.name] > 1)
            for each in listed
        )

    @property
    def shared_names(self) -> list[tuple[str, list[Kelurahan]]]:
        """The names that several kelurahan have, each with the list of these kelurahan."""
        shared = [home for home in self.homes if home.shares_name]
        return [
            (name, [home for home in shared if home.name == name])
            for name in dict.fromkeys(home.name for home in shared)
        ]

    @cached_property
    def _by_code(self) -> dict[str, Kelurahan]:
        return {home.code: home for home in self.homes}

    def home(self, code: str) -> Kelurahan:
        """Return the kelurahan with this code.

        If the region's file has no such code (any more), the result is a kelurahan with the code as
        its name.
        """
        return self._by_code.get(code) or Kelurahan(code, "", code)


def read_region(root: Path) -> tuple[Region | None, list[Problem]]:
    """Read the region of the course under `root`; return it with all its problems.

    The region is None if there is a problem.
    """
    _, region, problems = read_declared_file(Region, root, REGION_FILE, _findings)
    return (None if problems else region), problems


def _findings(region: Region) -> Iterator[Finding]:
    yield from repeated_in(region, "kecamatan")
    known = [each.id for each in region.kecamatan]
    seen: dict[Any, str] = {}
    for place, each in enumerate(region.kelurahan):
        at = ("kelurahan", place)
        yield from unknown((*at, "kecamatan"), "kecamatan", [each.kecamatan], known)
        for said, key in (
            ("kode ini", each.code),
            (f'"{each.name}" di kecamatan ini', (each.kecamatan, each.name)),
        ):
            if key in seen:
                yield Finding(
                    at, f"{said} sudah dipakai {seen[key]}", "hapus salah satunya, atau perbaiki"
                )
            seen.setdefault(key, each.code)
    is_drawn = any(each.column or each.row for each in region.kecamatan)
    places: set[tuple[int | None, int | None]] = set()
    for place, where in enumerate(region.kecamatan):
        at = ("kecamatan", place)
        if is_drawn and not (where.column and where.row):
            yield Finding(
                at,
                "belum punya column dan row, padahal yang lain punya",
                "tulis di semua kecamatan, atau tidak sama sekali",
            )
        elif is_drawn and (where.column, where.row) in places:
            yield Finding(
                at, "letaknya di denah sama dengan kecamatan lain", "beri column atau row lain"
            )
        places.add((where.column, where.row))
        if where.id not in {each.kecamatan for each in region.kelurahan}:
            yield Finding(at, "kecamatan ini tanpa kelurahan", "tambahkan kelurahannya, atau hapus")
