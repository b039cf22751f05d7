"""The field guide: kinds of clients (PPKS), institutions for each situation, and sources.

The 26 kinds are in `modules/kategori.yml`, the situations in `modules/rujukan.yml`. A course need
not have these files, but files that exist are checked.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path as FilePath
from typing import Literal

from pydantic import Field

from psm_course.authoring.fields import Count, Flag, Id, Model, Text
from psm_course.authoring.ids import repeated, repeated_in, unknown
from psm_course.authoring.problems import Finding, Path, Problem
from psm_course.authoring.reading import read_optional_file

KINDS_FILE = FilePath("modules/kategori.yml")
ROUTES_FILE = FilePath("modules/rujukan.yml")
KINDS = 26


Confidence = Literal["law", "summary", "old-list"]


class Sign(Model):
    """Something a volunteer can see or hear, in plain words."""

    id: Id = Field(description="Nama pendek tanda, tunggal di berkas.")
    text: Text = Field(description="Tanda dalam kata sehari-hari.")
    urgent: Flag = Field(False, description="yes bila ini tanda bahaya: bantuan dihubungi dulu.")
    route: Id | None = Field(
        None, description="Situasi di rujukan.yml yang langsung dibuka untuk tanda ini."
    )


class Observations(Model):
    """Signs that a person may need help, and that a volunteer looks for at the same time.

    An example of a sign is an empty kitchen.
    """

    id: Id = Field(description="Nama kelompok tanda.")
    title: Text = Field(description="Judul kelompok tanda.")
    signs: tuple[Sign, ...] = Field(min_length=1, description="Tanda-tanda.")


class Group(Model):
    """A group of kinds of clients (PPKS) that are learned together."""

    id: Id = Field(description="Nama kelompok jenis.")
    title: Text = Field(description="Judul kelompok jenis.")


class Basis(Model):
    """The criteria that one source, such as a law, gives for a kind of clients."""

    confidence: Confidence = Field(
        description=(
            "law: dibaca di undang-undang · summary: ringkasan yang beredar · old-list: daftar"
            " lama."
        )
    )
    source: Text = Field(description="Dari mana.")
    texts: tuple[Text, ...] = Field(min_length=1, description="Kriteria, satu baris satu.")


class Kind(Model):
    """One of the 26 kinds of clients (PPKS)."""

    id: Id = Field(description="Nama pendek jenis.")
    number: Count = Field(description="Nomor dalam daftar 26 jenis.")
    name: Text = Field(description="Nama jenis.")
    group: Id = Field(description="Id kelompok jenis.")
    sensitive: Flag = Field(False, description="yes bila isinya peka atau mudah menjadi cap.")
    criteria: tuple[Basis, ...] = Field((), description="Kriteria menurut asalnya.")
    gap: Text | None = Field(None, description="Apa yang belum terlihat di sumber.")
    signs: tuple[Id, ...] = Field((), description="Id tanda.")
    misread: Text = Field(description="Bukan berarti: salah baca yang sering.")
    first: tuple[Text, ...] = Field(min_length=1, description="Yang dilakukan dulu.")
    route: Id = Field(description="Id situasi di rujukan.yml.")


class KindsFile(Model):
    """The file `modules/kategori.yml` with the 26 kinds of clients."""

    observations: tuple[Observations, ...] = Field(min_length=1, description="Kelompok tanda.")
    groups: tuple[Group, ...] = Field(min_length=1, description="Kelompok jenis.")
    kinds: tuple[Kind, ...] = Field(min_length=1, description="Jenis-jenis.")

    def placed_signs(self) -> Iterator[tuple[Path, Sign]]:
        """Yield every sign, as a pair: its path in the file, and the sign."""
        return (
            (("observations", place, "signs", at), sign)
            for place, group in enumerate(self.observations)
            for at, sign in enumerate(group.signs)
        )


class Level(Model):
    """A level of urgency: red, yellow or green."""

    id: Literal["merah", "kuning", "hijau"] = Field(description="Warna tingkat.")
    title: Text = Field(description="Nama tingkat.")
    within: Text = Field(description="Batas waktu.")
    signs: Text = Field(description="Tanda tingkat ini.")
    act: Text = Field(description="Yang dilakukan.")
    call: tuple[Id, ...] = Field((), description="Id nomor di bantuan.yml.")


class Situation(Model):
    """A situation met in the field, with what to do about it."""

    id: Id = Field(description="Nama pendek situasi.")
    title: Text = Field(description="Situasi dalam kata sehari-hari.")
    level: Id = Field(description="Id tingkat.")
    sensitive: Flag = Field(False, description="yes bila isinya peka.")
    words: Text | None = Field(None, description="Kata lain yang mungkin dicari orang.")
    typed: Text | None = Field(
        None, description="Kata sehari-hari yang diketik orang, untuk halaman Cari saja."
    )
    danger: tuple[Text, ...] = Field(
        (), description="Kata atau frasa bahaya: siapa mencarinya melihat nomor call di atas hasil."
    )
    call: tuple[Id, ...] = Field(
        (), description="Id nomor di bantuan.yml, yang pertama dihubungi lebih dulu."
    )
    first: tuple[Text, ...] = Field(min_length=1, description="Langkah pertama.")
    say: Text = Field(description="Yang diucapkan, satu dua kalimat.")
    avoid: tuple[Text, ...] = Field(min_length=1, description="Yang jangan dilakukan.")
    route: Text = Field(description="Alurnya di kota ini.")
    source: Text = Field(description="Dasar hukum atau sumber.")


class RoutesFile(Model):
    """The file `modules/rujukan.yml`."""

    levels: tuple[Level, ...] = Field(
        min_length=1, description="Tingkat, dari yang paling mendesak."
    )
    situations: tuple[Situation, ...] = Field(min_length=1, description="Situasi.")


@dataclass(frozen=True)
class FieldGuide:
    """The two parts of the field guide; None for a part that could not be read."""

    kinds: KindsFile | None
    routes: RoutesFile | None


def read_field_guide(root: FilePath, contacts: Collection[str]) -> tuple[FieldGuide, list[Problem]]:
    """Read the field guide; return it with all its problems.

    Args:
        root: the root folder of the course.
        contacts: ids of the help numbers; empty if their file cannot be read.
    """
    _, routes, problems = read_optional_file(
        RoutesFile, root, ROUTES_FILE, partial(_route_findings, contacts=contacts)
    )
    known = [situation.id for situation in routes.situations] if routes else []

    def kind_rules(file: KindsFile) -> Iterator[Finding]:
        yield from _kind_findings(file)
        # Routes that cannot be read have their own problems;
        # their ids are not missing here besides.
        if routes or not problems:
            yield from _lost_routes(file, known)

    _, kinds, found = read_optional_file(KindsFile, root, KINDS_FILE, kind_rules)
    return FieldGuide(kinds, routes), [*problems, *found]


def _kind_findings(file: KindsFile) -> Iterator[Finding]:
    yield from repeated_in(file, "observations", "groups", "kinds")
    yield from repeated(((*path, "id"), sign.id) for path, sign in file.placed_signs())
    yield from _number_findings([kind.number for kind in file.kinds])
    groups = [group.id for group in file.groups]
    signs = [sign.id for _, sign in file.placed_signs()]
    for place, kind in enumerate(file.kinds):
        yield from unknown(("kinds", place, "group"), "kelompok", [kind.group], groups)
        yield from unknown(("kinds", place, "signs"), "tanda", kind.signs, signs)
        if not kind.criteria and kind.gap is None:
            yield Finding(
                ("kinds", place),
                "belum ada kriteria",
                "tulis criteria dengan sumbernya, atau gap: apa yang belum terlihat",
            )
    yield from _unused_signs(file)


def _number_findings(numbers: list[int]) -> Iterator[Finding]:
    for place, number in enumerate(numbers):
        if number > KINDS:
            yield Finding(
                ("kinds", place, "number"),
                f"nomor {number} tidak ada dalam daftar {KINDS} jenis",
                f"isi 1 sampai {KINDS}",
            )
        elif number in numbers[:place]:
            yield Finding(
                ("kinds", place, "number"),
                f"nomor {number} sudah dipakai",
                "setiap jenis sekali saja",
            )
    missing = [str(number) for number in range(1, KINDS + 1) if number not in numbers]
    if missing:
        yield Finding(
            ("kinds",),
            f"belum ada jenis nomor {', '.join(missing)}",
            f"daftar ini memuat {KINDS} jenis, masing-masing sekali",
        )


def _unused_signs(file: KindsFile) -> Iterator[Finding]:
    """Report signs that lead a reader neither to a situation nor to a kind of clients.

    An urgent sign needs a situation. Any other sign needs a kind that uses it.
    """
    used = {name for kind in file.kinds for name in kind.signs}
    for path, sign in file.placed_signs():
        if sign.urgent and sign.route is None:
            yield Finding(
                path, 'tanda bahaya ini belum punya "route"', "tulis id situasi di rujukan.yml"
            )
        elif not sign.urgent and sign.id not in used:
            yield Finding(
                path,
                "tanda ini tidak dipakai jenis mana pun",
                "tambahkan ke signs suatu jenis, atau hapus",
            )


def _lost_routes(file: KindsFile, known: Collection[str]) -> Iterator[Finding]:
    for place, kind in enumerate(file.kinds):
        yield from unknown(("kinds", place, "route"), "situasi", [kind.route], known)
    for path, sign in file.placed_signs():
        yield from unknown((*path, "route"), "situasi", [sign.route] if sign.route else [], known)


def _route_findings(file: RoutesFile, contacts: Collection[str]) -> Iterator[Finding]:
    yield from repeated_in(file, "levels", "situations")
    levels = [level.id for level in file.levels]
    for place, situation in enumerate(file.situations):
        yield from unknown(("situations", place, "level"), "tingkat", [situation.level], levels)
        if situation.danger and not situation.call:
            yield Finding(
                ("situations", place, "danger"),
                "kata bahaya tanpa nomor",
                "tulis call: nomor yang dihubungi lebih dulu",
            )
    # Without ids their file cannot be read, which is reported already.
    if contacts:
        for key, asked in (
            ("levels", [level.call for level in file.levels]),
            ("situations", [each.call for each in file.situations]),
        ):
            for place, call in enumerate(asked):
                yield from unknown((key, place, "call"), "nomor", call, contacts)
