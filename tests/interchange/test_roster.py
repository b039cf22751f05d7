"""The roster sheet: people as kecamatan write them, and every problem at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from psm_course.errors import Refused
from psm_course.interchange.roster import RosterRow, read_roster
from psm_course.interchange.sheets import CellProblem
from tests.register_builders import DEPOK, a_roster, a_sheet

BAKTIJAYA = "32.76.05.1005"


def people_on(tmp_path: Path, *rows: Sequence[object]) -> list[RosterRow]:
    people, problems = read_roster(a_roster(tmp_path / "peserta.xlsx", *rows))
    assert problems == []
    return people


def problems_on(tmp_path: Path, *rows: Sequence[object]) -> list[str]:
    _, problems = read_roster(a_roster(tmp_path / "peserta.xlsx", *rows))
    return [str(problem) for problem in problems]


def sentence_of_reading(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        read_roster(path)
    return str(refused.value)


# ---- people ------------------------------------------------------------------------------------------------------------------


def test_people_are_read_with_the_cell_of_their_name(tmp_path: Path) -> None:
    assert people_on(tmp_path, ("Siti Rahayu", "Depok"), ("Ujang", "Bakti Jaya", "D26-007")) == [
        RosterRow("A2", "Siti Rahayu", DEPOK, ""),
        RosterRow("A3", "Ujang", BAKTIJAYA, "D26-007"),
    ]


def test_a_roster_may_begin_with_a_letterhead_and_have_more_columns(tmp_path: Path) -> None:
    path = a_sheet(
        tmp_path / "peserta.xlsx",
        ("PEMERINTAH KOTA DEPOK",),
        ("Daftar nama peserta Bimtek",),
        (),
        ("No.", "NAMA PSM", "Alamat", "Desa/Kelurahan", "Kec."),
        (1, "Siti Rahayu", "Jl. Mawar", "Curug", "Bojongsari"),
        (),
        (2, "  Ujang   Hidayat ", "", "Kel. Baktijaya", "Sukmajaya"),
    )

    assert read_roster(path) == (
        [RosterRow("B5", "Siti Rahayu", "32.76.11.1005", ""), RosterRow("B7", "Ujang Hidayat", BAKTIJAYA, "")],
        [],
    )


@pytest.mark.parametrize("name", ["Nama", "nama lengkap", "NAMA PESERTA", "Nama PSM", "nama_lengkap", "Nama :"])
@pytest.mark.parametrize("home", ["Kelurahan", "KEL.", "Desa/Kel", "Kelurahan / Desa", "kel/desa"])
def test_headings_are_known_however_they_are_written(tmp_path: Path, name: str, home: str) -> None:
    path = a_sheet(tmp_path / "peserta.xlsx", (home, name), ("Depok", "Siti"))

    assert read_roster(path) == ([RosterRow("B2", "Siti", DEPOK, "")], [])


def test_a_code_in_a_cell_tells_the_kelurahan(tmp_path: Path) -> None:
    assert people_on(tmp_path, ("Siti", BAKTIJAYA))[0].kelurahan == BAKTIJAYA


def test_a_number_cell_counts_as_the_text_people_see(tmp_path: Path) -> None:
    assert people_on(tmp_path, ("Siti", "Depok", 7))[0].number == "7"


def test_a_number_keeps_its_leading_noughts(tmp_path: Path) -> None:
    assert people_on(tmp_path, ("Siti", "Depok", "007"))[0].number == "007"


def test_a_formula_for_a_name_is_only_text(tmp_path: Path) -> None:
    path = tmp_path / "peserta.csv"
    path.write_text('Nama;Kelurahan\n"=HYPERLINK(""x"")";Depok\n', encoding="utf-8")

    assert read_roster(path) == ([RosterRow("A2", '=HYPERLINK("x")', DEPOK, "")], [])


def test_a_csv_names_the_same_cells_as_excel(tmp_path: Path) -> None:
    path = tmp_path / "peserta.csv"
    path.write_text("Daftar;;\n;;\nNo;Nama;Kelurahan\n1;Siti;Depok\n2;Ujang;Depokk\n", encoding="utf-8-sig")

    people, problems = read_roster(path)

    assert people == [RosterRow("B4", "Siti", DEPOK, "")]
    assert problems == [CellProblem("C5", 'kelurahan "Depokk" tidak ada di Depok; periksa ejaan dan kecamatannya')]


# ---- sheets that are no roster -----------------------------------------------------------------------------------------------


def test_a_sheet_without_a_kelurahan_column_is_refused(tmp_path: Path) -> None:
    path = a_sheet(tmp_path / "peserta.xlsx", ("No", "Nama"), (1, "Siti"))

    assert sentence_of_reading(path) == "peserta.xlsx: tidak ada kolom Kelurahan. Tulis judul kolom itu di satu baris, lalu ulangi."


@pytest.mark.parametrize("raw", [b"", bytes(range(256)) * 20, "Nama;Kelurahan\nSiti;Depok".encode("utf-16")])
def test_a_csv_that_is_none_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "peserta.csv"
    path.write_bytes(raw)

    assert sentence_of_reading(path).startswith("peserta.csv: tidak ada kolom Nama")


@pytest.mark.parametrize("heading", ["NIK", "nik", "N.I.K.", "No. KTP", "Nomor KTP"])
def test_a_sheet_with_a_nik_column_is_refused(tmp_path: Path, heading: str) -> None:
    path = a_sheet(tmp_path / "peserta.xlsx", ("Nama", "Kelurahan", heading), ("Siti", "Depok", "3276010101010001"))

    assert sentence_of_reading(path) == (
        "peserta.xlsx: ada kolom NIK. Kursus ini tidak memerlukan NIK dan tidak menyimpannya. Hapus kolom itu, lalu ulangi."
    )


# ---- problems at their cells -------------------------------------------------------------------------------------------------


def test_an_empty_name_is_a_problem_at_its_cell(tmp_path: Path) -> None:
    assert problems_on(tmp_path, ("Siti", "Depok"), ("  ", "Depok")) == ["A3: nama masih kosong; isi nama, atau hapus barisnya"]


def test_an_unknown_kelurahan_is_a_problem_at_its_cell(tmp_path: Path) -> None:
    rows = [(f"Orang {number}", "Depok") for number in range(2, 14)]

    assert problems_on(tmp_path, *rows, ("Siti", "Bogor Tengah")) == [
        'B14: kelurahan "Bogor Tengah" tidak ada di Depok; periksa ejaan dan kecamatannya'
    ]


def test_an_empty_kelurahan_is_a_problem_at_its_cell(tmp_path: Path) -> None:
    assert problems_on(tmp_path, ("Siti", "")) == ['B2: kelurahan "" tidak ada di Depok; periksa ejaan dan kecamatannya']


def test_curug_alone_is_asked_about(tmp_path: Path) -> None:
    assert problems_on(tmp_path, ("Siti", "curug")) == [
        'B2: ada 2 kelurahan bernama "curug"; tulis Curug (Cimanggis) atau Curug (Bojongsari)'
    ]


def test_a_name_too_long_is_a_problem_at_its_cell(tmp_path: Path) -> None:
    assert problems_on(tmp_path, ("a" * 30 + " " + "b" * 70, "Depok")) == ["A2: nama lebih panjang dari 100 huruf; periksa isinya"]


@pytest.mark.parametrize("name", ["Siti 😀", "李明", "Siti\x07Rahayu", "Siti\u200bRahayu", "\u202eiti\u202c Rahayu", "Siti \ufffd"])
def test_a_name_that_cannot_be_printed_is_a_problem_at_its_cell(tmp_path: Path, name: str) -> None:
    """A certificate that cannot be printed must be known before its number is given out."""
    path = tmp_path / "peserta.csv"
    path.write_text(f"Nama;Kelurahan\n{name};Depok\n", encoding="utf-8")

    people, problems = read_roster(path)

    assert people == []
    assert [(problem.cell, problem.message.split("; ")[1]) for problem in problems] == [("A2", "ketik ulang nama itu dengan huruf Latin")]


@pytest.mark.parametrize("name", ["Ng Đặng Ñoño", "R.A. Kartini, S.Sos., M.Si", "H. Ma'mun", "Siti-Nur (Ibu)", "Ma’mun", "Budi 2"])
def test_names_with_titles_and_diacritics_are_good_names(tmp_path: Path, name: str) -> None:
    assert people_on(tmp_path, (name, "Depok"))[0].name == name


def test_every_problem_is_said_at_once(tmp_path: Path) -> None:
    assert problems_on(tmp_path, ("", "Depok"), ("Siti", "Curug"), ("Ujang", "Bogor"), ("Ani", "Depok")) == [
        "A2: nama masih kosong; isi nama, atau hapus barisnya",
        'B3: ada 2 kelurahan bernama "Curug"; tulis Curug (Cimanggis) atau Curug (Bojongsari)',
        'B4: kelurahan "Bogor" tidak ada di Depok; periksa ejaan dan kecamatannya',
    ]


# ---- one person or two? ------------------------------------------------------------------------------------------------------


def test_the_same_name_twice_in_a_kelurahan_is_asked_about(tmp_path: Path) -> None:
    assert problems_on(tmp_path, ("Siti Rahayu", "Depok"), ("Ujang", "Depok"), ("SITI  RAHAYU", "Depok")) == [
        "A4: SITI RAHAYU sudah ada di A2 dengan kelurahan yang sama; hapus satu, atau bedakan namanya"
    ]


def test_the_same_name_in_two_kelurahan_is_two_people(tmp_path: Path) -> None:
    assert len(people_on(tmp_path, ("Siti Rahayu", "Depok"), ("Siti Rahayu", "Baktijaya"))) == 2


def test_the_same_name_with_two_numbers_is_two_people(tmp_path: Path) -> None:
    assert len(people_on(tmp_path, ("Siti Rahayu", "Depok", "D26-001"), ("Siti Rahayu", "Depok", "D26-002"))) == 2


def test_the_same_name_with_one_number_is_asked_about(tmp_path: Path) -> None:
    assert problems_on(tmp_path, ("Siti Rahayu", "Depok", "D26-001"), ("Siti Rahayu", "Depok")) == [
        "A3: Siti Rahayu sudah ada di A2 dengan kelurahan yang sama; hapus satu, atau bedakan namanya"
    ]


def test_the_same_number_twice_is_asked_about(tmp_path: Path) -> None:
    assert problems_on(tmp_path, ("Siti", "Depok", "D26-001"), ("Ujang", "Depok"), ("Ani", "Depok", "D26-001")) == [
        'A4: nomor peserta "D26-001" sudah dipakai di A2; satu nomor untuk satu orang'
    ]
