"""A NIK is refused wherever it stands in a roster, with the reason, and never repeated."""

from __future__ import annotations

from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.interchange.people.roster import read_roster
from psm_course.interchange.sheets.sheets import SheetFile
from tests.builders import REGION
from tests.interchange.people.rosters import at_cells
from tests.register_builders import a_sheet

NIK = "3276010101010001"
REASON = "tidak memerlukan NIK"


def a_csv(text: str) -> SheetFile:
    return SheetFile("peserta.csv", text.encode())


@pytest.mark.parametrize(
    "heading",
    [
        "NIK",
        "nik",
        "N.I.K.",
        "No. KTP",
        "Nomor KTP",
        "NIK/No. KTP",
        "No. Induk Kependudukan",
        "No KK",
        "No. e-KTP",
    ],
)
@pytest.mark.parametrize("cell", [NIK, "", "tidak ada"])
def test_a_column_for_the_nik_is_refused_with_the_reason(heading: str, cell: str) -> None:
    read = read_roster(REGION, a_csv(f"Nama;Kelurahan;{heading}\nSiti;Depok;{cell}\n"))

    assert at_cells(read.problems) == [
        ("C1", Contains("kolom NIK atau KK.", REASON, "Hapus kolom itu"))
    ]
    assert read.notes == ()
    assert NIK not in str(read)


@pytest.mark.parametrize(
    "cell",
    [
        NIK,
        f"NIK {NIK}",
        "3276 0101 0101 0001",
        "32.76.01.010101.0001",
        "3,27601E+15",
        "3276014101010001",
    ],
)
@pytest.mark.parametrize("column", ["Nomor peserta", "Keterangan", "No. HP", "Kecamatan"])
def test_a_nik_in_disguise_is_refused_at_its_cell_and_never_repeated(
    column: str, cell: str
) -> None:
    read = read_roster(
        REGION, a_csv(f"Nama;Kelurahan;{column}\nSiti;Depok;{cell}\nUjang;Depok;{cell}\n")
    )

    assert at_cells(read.problems) == [
        ("C2", Contains("16 angka seperti NIK", "di 1 sel lain", REASON, "Hapus angka itu"))
    ]
    assert read.rows == ()
    assert cell not in str(read)


def test_a_nik_kept_as_a_number_is_seen_too(tmp_path: Path) -> None:
    path = a_sheet(tmp_path / "a.xlsx", ("Nama", "Kelurahan", "Ket"), ("Siti", "Depok", int(NIK)))

    read = read_roster(REGION, path)

    assert at_cells(read.problems) == [
        ("C2", Contains("16 angka seperti NIK.", REASON, "Hapus angka itu"))
    ]
    assert NIK not in str(read)


@pytest.mark.parametrize(
    "cell",
    ["197001011990031001", "081234567890 081234567891", "0812345678901234", "12345678901234567"],
)
def test_other_long_numbers_are_no_nik(cell: str) -> None:
    problems = [
        problem.message
        for problem in read_roster(
            REGION, a_csv(f"Nama;Kelurahan;Ket\nSiti;Depok;{cell}\n")
        ).problems
    ]

    assert problems == (
        [] if len(cell) != 16 else [Contains("16 angka seperti NIK.", REASON, "Hapus angka itu")]
    )
    assert cell not in str(problems)
