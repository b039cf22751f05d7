"""A NIK is refused wherever it stands in a roster, with the reason, and never repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from psm_course.interchange.nik import REASON as NIK_REASON
from psm_course.interchange.people.roster import read_roster
from psm_course.interchange.sheets.sheets import CellProblem, SheetFile
from tests.builders import REGION
from tests.register_builders import a_sheet

NIK = "3276010101010001"


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

    assert read.problems == (
        CellProblem("C1", f"ada kolom NIK atau KK. {NIK_REASON}. Hapus kolom itu, lalu ulangi"),
    )
    assert read.notes == ()


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

    sentence = (
        f"ada 16 angka seperti NIK (juga di 1 sel lain di kolom ini). {NIK_REASON}. Hapus angka"
        " itu, lalu ulangi"
    )
    assert read.problems == (CellProblem("C2", sentence),)
    assert read.rows == ()
    assert cell not in str(read)


def test_a_nik_kept_as_a_number_is_seen_too(tmp_path: Path) -> None:
    path = a_sheet(tmp_path / "a.xlsx", ("Nama", "Kelurahan", "Ket"), ("Siti", "Depok", int(NIK)))

    assert read_roster(REGION, path).problems == (
        CellProblem("C2", f"ada 16 angka seperti NIK. {NIK_REASON}. Hapus angka itu, lalu ulangi"),
    )


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
        []
        if len(cell) != 16
        else [f"ada 16 angka seperti NIK. {NIK_REASON}. Hapus angka itu, lalu ulangi"]
    )
