"""Makes a roster as messy as those that arrive in an office.

The roster has a letterhead, misspelt names of kelurahan, two people with the same name, and one
person written twice. The right answers to the questions of the import are returned with the
roster.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from psm_course.content.region import Region
from psm_course.interchange.sheets.writing import write_sheet
from psm_course.simulate.messes import Kind, Mess
from psm_course.simulate.people import Person

ROSTER, WITH_NIK = "peserta-kecamatan.csv", "peserta-dengan-nik.xlsx"
_LETTERHEAD = [
    "PEMERINTAH {city}",
    "DINAS SOSIAL",
    "Daftar Peserta Bimbingan Teknis Dasar – PSM",
    "",
]
_HEADER = "No.;Nama Lengkap;Desa/Kel;Kec.;No. HP/WA"
_FIRST_ROW = len(_LETTERHEAD) + 2


@dataclass(frozen=True, slots=True)
class MessyRoster:
    """A messy roster, and the result that importing it should have.

    `people` are those who should be in the register afterwards, in the order of the sheet.
    `answers` are the right answers to the questions of the import, by question id.
    """

    file: Path
    people: tuple[Person, ...]
    answers: dict[str, str]
    messes: tuple[Mess, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    person: Person
    name: str
    kelurahan: str
    kecamatan: str
    phone: str


def write_messy_roster(
    region: Region, folder: Path, people: Sequence[Person], seed: int
) -> MessyRoster:
    """Write two rosters of the same people into `folder`, and return the first one.

    The first roster is the messy one. The second roster has a NIK column, so the import must refuse
    it. Both have two rows more than `people`: another person with the name and kelurahan of the
    first person, and the last person once more, written with titles.

    Args:
        people: from `made_up_people`.
    """
    random = Random(seed)  # noqa: S311 - made-up people need no secret dice
    rows = [_misspelt(person, _phone(random)) for person in people]
    messes = [Mess(Kind.LETTERHEAD, ROSTER), Mess(Kind.EATEN_NOUGHTS, ROSTER), *_spelling(rows)]
    answers: dict[str, str] = {}
    if rows:
        rows += [
            replace(rows[0], phone=_phone(random)),
            replace(rows[-1], name=f"Hj. {rows[-1].name}, S.Sos"),
        ]
        twin, again = f"B{_FIRST_ROW + len(rows) - 2}", f"B{_FIRST_ROW + len(rows) - 1}"
        answers = {twin: "lain", again: f"B{_FIRST_ROW + len(people) - 1}"}
        messes += [
            Mess(Kind.TWINS, ROSTER, where=(twin,)),
            Mess(Kind.WRITTEN_TWICE, ROSTER, where=(again,)),
        ]
    rows = _without_kecamatan(rows, answers, messes)
    _write_letterheaded(region, folder / ROSTER, rows)
    _write_with_nik(folder / WITH_NIK, rows, random)
    messes.append(Mess(Kind.NIK_COLUMN, WITH_NIK, where=("E1",)))
    return MessyRoster(
        folder / ROSTER,
        tuple(row.person for row in rows[: len(people) + 1]),
        answers,
        tuple(messes),
    )


def _phone(random: Random) -> str:
    """Return a random phone number without its leading 0, which Excel removes."""
    return f"8{random.randrange(10**9, 10**10)}"


def _misspelt(person: Person, phone: str) -> _Row:
    """Return the row of a person, with the kelurahan misspelt as people do.

    "jaya" at the end becomes a word of its own: "Sukmajaya" to "Sukma Jaya". Two words are joined
    if the first one has six letters: "Pondok Cina" to "Pondokcina". Other names stay as they are.
    """
    official = person.kelurahan.name
    written = re.sub(r"(?<=[a-z])jaya$", " Jaya", official)
    if written == official:
        written = re.sub(r"^(\w{6}) (\w+)$", lambda two: f"{two[1]}{two[2].lower()}", official)
    return _Row(person, person.name, written, person.kelurahan.kecamatan, phone)


def _spelling(rows: Sequence[_Row]) -> list[Mess]:
    cells = [
        f"C{number}"
        for number, row in enumerate(rows, _FIRST_ROW)
        if row.kelurahan != row.person.kelurahan.name
    ]
    return [Mess(Kind.SPELLING, ROSTER, where=tuple(cells))] if cells else []


def _without_kecamatan(rows: list[_Row], answers: dict[str, str], messes: list[Mess]) -> list[_Row]:
    """Return the rows with one kecamatan left out, so that the import has to ask for it.

    It is left out for the first person whose kelurahan name occurs twice in the region. If there is
    no such person, the rows are returned unchanged. The right answer to the question is added to
    `answers`, and the problem to `messes`.
    """
    for index, row in enumerate(rows):
        if row.person.kelurahan.shares_name:
            cell = f"C{_FIRST_ROW + index}"
            answers[cell] = row.kecamatan
            messes.append(Mess(Kind.SHARED_NAME, ROSTER, where=(cell,)))
            return [*rows[:index], replace(row, kecamatan=""), *rows[index + 1 :]]
    return rows


def _write_letterheaded(region: Region, path: Path, rows: Sequence[_Row]) -> None:
    lines = [
        _LETTERHEAD[0].format(city=region.name.upper()),
        *_LETTERHEAD[1:],
        _HEADER,
        *(
            f"{number};{row.name};{row.kelurahan};{row.kecamatan};{row.phone}"
            for number, row in enumerate(rows, 1)
        ),
        f";Jumlah;{len(rows)} orang;;",
        ";;;;",
        f";;;{region.place}, 1 Desember 2026;",
        ";Mengetahui,;;Camat;",
        ";(……………)",
        "",
    ]
    path.write_bytes("\r\n".join(lines).encode("windows-1252"))


def _write_with_nik(path: Path, rows: Sequence[_Row], random: Random) -> None:
    """Write the roster with NIKs that belong to nobody: province 99 does not exist."""
    cells = [
        [
            str(number),
            row.name,
            row.kelurahan,
            row.kecamatan,
            f"99{random.randrange(10**13, 10**14)}",
        ]
        for number, row in enumerate(rows, 1)
    ]
    headings = ["No", "Nama", "Kelurahan", "Kecamatan", "NIK"]
    write_sheet(path, "Peserta", headings, cells, [5, 32, 24, 18, 20])
