"""The roster sheet: who belongs to a cohort."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from psm_course.errors import Refused
from psm_course.interchange.sheets import CellProblem, SheetTable, find_table, read_rows
from psm_course.records.kelurahan import find_kelurahan

COLUMNS = {
    "name": ("Nama", "Nama lengkap", "Nama peserta", "Nama PSM"),
    "kelurahan": ("Kelurahan", "Kel", "Desa/Kel", "Desa/Kelurahan", "Kel/Desa", "Kelurahan/Desa"),
    "kecamatan": ("Kecamatan", "Kec"),
    "number": ("Nomor peserta", "Nomor", "No peserta"),
    "nik": ("NIK", "No KTP", "Nomor KTP", "No. Induk Kependudukan"),
}
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person on the sheet; `number` is empty for somebody new, `kelurahan` is a code."""

    cell: str
    name: str
    kelurahan: str
    number: str


def read_roster(path: Path) -> tuple[list[RosterRow], list[CellProblem]]:
    """The people on the sheet, and every problem at its cell. Refused when it is no roster, or holds a NIK column."""
    table = find_table(path.name, read_rows(path), COLUMNS, needed=("name", "kelurahan"))
    if "nik" in table.columns:
        raise Refused(f"{path.name}: ada kolom NIK. Kursus ini tidak memerlukan NIK dan tidak menyimpannya. Hapus kolom itu, lalu ulangi.")
    people: list[RosterRow] = []
    problems: list[CellProblem] = []
    for index in range(len(table.rows)):
        if not table.value(index, "name") and not table.value(index, "kelurahan"):
            continue
        read = _read_person(table, index)
        if isinstance(read, CellProblem):
            problems.append(read)
        else:
            people.append(read)
    return people, problems + _twins(people)


def _read_person(table: SheetTable, index: int) -> RosterRow | CellProblem:
    name = " ".join(table.value(index, "name").split())
    if not name:
        return CellProblem(table.cell(index, "name"), "nama masih kosong; isi nama, atau hapus barisnya")
    if len(name) > LONGEST_NAME:
        return CellProblem(table.cell(index, "name"), f"nama lebih panjang dari {LONGEST_NAME} huruf; periksa isinya")
    strange = next((letter for letter in name if not _is_printable(letter)), None)
    if strange is not None:
        code = f"U+{ord(strange):04X}"
        return CellProblem(
            table.cell(index, "name"), f"nama memuat huruf yang tidak dapat dicetak ({code}); ketik ulang nama itu dengan huruf Latin"
        )
    written = table.value(index, "kelurahan")
    cell = table.cell(index, "kelurahan")
    found = find_kelurahan(written, table.value(index, "kecamatan"))
    if not found:
        return CellProblem(cell, f'kelurahan "{written[:40]}" tidak ada di Depok; periksa ejaan dan kecamatannya')
    if len(found) > 1:
        choices = " atau ".join(str(kelurahan) for kelurahan in found)
        return CellProblem(cell, f'ada {len(found)} kelurahan bernama "{written}"; tulis {choices}')
    return RosterRow(table.cell(index, "name"), name, found[0].code, table.value(index, "number"))


def number_taken(person: RosterRow, cell: str) -> CellProblem:
    """Two rows that mean one number; `cell` is the first."""
    return CellProblem(person.cell, f'nomor peserta "{person.number}" sudah dipakai di {cell}; satu nomor untuk satu orang')


def _is_printable(letter: str) -> bool:
    """Whether the certificate's typeface has it: ASCII, Latin letters with their marks, and typographic quotes."""
    return letter in "’‘–" or (letter.isascii() and letter.isprintable()) or unicodedata.name(letter, "").startswith("LATIN")


def _twins(people: list[RosterRow]) -> list[CellProblem]:
    """The same name twice in one kelurahan without a number: one person or two? Only a human knows."""
    first: dict[tuple[str, str], RosterRow] = {}
    numbered: dict[str, RosterRow] = {}
    problems = []
    for person in people:
        if person.number in numbered:
            problems.append(number_taken(person, numbered[person.number].cell))
        if person.number:
            numbered.setdefault(person.number, person)
        key = (person.name.casefold(), person.kelurahan)
        if key in first and not (person.number and first[key].number):
            message = f"{person.name} sudah ada di {first[key].cell} dengan kelurahan yang sama; hapus satu, atau bedakan namanya"
            problems.append(CellProblem(person.cell, message))
        first.setdefault(key, person)
    return problems
