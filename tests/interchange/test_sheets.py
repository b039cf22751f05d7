"""Sheets as rows of text: every kind of file an office sends, the address of each cell, and what we write ourselves."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter

from psm_course.errors import Refused
from psm_course.interchange.sheets import LARGEST, CellProblem, SheetTable, cell_name, find_table, read_rows, write_sheet
from tests.register_builders import a_sheet

COLUMNS = {"name": ("Nama", "Nama lengkap"), "home": ("Kelurahan", "Desa/Kel")}


def a_csv(tmp_path: Path, raw: bytes | str) -> Path:
    path = tmp_path / "peserta.csv"
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return path


def sentence_of_reading(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        read_rows(path)
    return str(refused.value)


# ---- addresses ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "column", "name"),
    [(1, 0, "A1"), (14, 1, "B14"), (2, 25, "Z2"), (2, 26, "AA2"), (9, 51, "AZ9"), (9, 52, "BA9"), (3, 701, "ZZ3"), (3, 702, "AAA3")],
)
def test_cell_name_is_what_excel_calls_the_cell(row: int, column: int, name: str) -> None:
    assert cell_name(row, column) == name


def test_a_cell_problem_begins_with_its_cell() -> None:
    assert str(CellProblem("B14", "nama masih kosong")) == "B14: nama masih kosong"


# ---- workbooks ---------------------------------------------------------------------------------------------------------------


def test_a_workbook_is_read_as_text_with_its_gaps(tmp_path: Path) -> None:
    path = a_sheet(tmp_path / "a.xlsx", (), ("", "Nama"), ("", "Siti", "007"))

    assert read_rows(path) == [["", "", ""], ["", "Nama", ""], ["", "Siti", "007"]]


def test_numbers_in_cells_become_the_text_people_see(tmp_path: Path) -> None:
    path = a_sheet(tmp_path / "a.xlsx", (17, 17.0, 1.5, 32760110060000, date(2026, 11, 24), "017"))

    assert read_rows(path) == [["17", "17", "1.5", "32760110060000", "46350", "017"]]


def test_only_the_first_sheet_is_read(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as workbook:
        workbook.add_worksheet("Peserta").write(0, 0, "Nama")
        workbook.add_worksheet("Catatan").write(0, 0, "Alamat")

    assert read_rows(tmp_path / "a.xlsx") == [["Nama"]]


@pytest.mark.parametrize("name", ["surat.xlsx", "surat.xls", "surat.ods", "surat.docx", "surat"])
@pytest.mark.parametrize("content", [b"", b"Ini surat biasa.", b"PK\x03\x04 bukan zip", bytes(range(256)) * 20])
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    assert sentence_of_reading(path) == f"{name}: bukan berkas Excel yang utuh. Simpan ulang sebagai .xlsx, lalu ulangi."


def test_a_workbook_cut_short_is_refused(tmp_path: Path) -> None:
    path = a_sheet(tmp_path / "putus.xlsx", ("Nama",), ("Siti",))
    path.write_bytes(path.read_bytes()[:1500])

    assert sentence_of_reading(path) == "putus.xlsx: bukan berkas Excel yang utuh. Simpan ulang sebagai .xlsx, lalu ulangi."


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert sentence_of_reading(tmp_path / "tidak-ada.xlsx") == f"{tmp_path}/tidak-ada.xlsx: berkas ini tidak ada."


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert sentence_of_reading(tmp_path) == f"{tmp_path}: itu folder, bukan berkas."


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "besar.xlsx"
    with path.open("wb") as stream:
        stream.truncate(LARGEST + 1)

    assert sentence_of_reading(path) == "besar.xlsx: berkas lebih besar dari 20 MB. Simpan hanya lembar yang diperlukan."


# ---- CSV ---------------------------------------------------------------------------------------------------------------------

ROWS = [["Nama", "Kelurahan"], ["René", "Depok"]]


@pytest.mark.parametrize(
    "raw",
    [
        "Nama,Kelurahan\nRené,Depok\n",
        "Nama;Kelurahan\nRené;Depok\n",
        "Nama;Kelurahan\r\nRené;Depok\r\n",
        "\ufeffNama;Kelurahan\nRené;Depok\n",
        '"Nama";"Kelurahan"\n"René";"Depok"',
        "Nama;Kelurahan\nRené;Depok\n".encode("windows-1252"),
        pytest.param("Nama;Kelurahan\rRené;Depok\r", id="line ends of an old Mac"),
    ],
)
def test_a_csv_reads_the_same_however_excel_saved_it(tmp_path: Path, raw: bytes | str) -> None:
    assert read_rows(a_csv(tmp_path, raw)) == ROWS


def test_a_csv_keeps_leading_noughts_and_empty_lines(tmp_path: Path) -> None:
    assert read_rows(a_csv(tmp_path, "Nomor;Nama\n\n007;Siti\n")) == [["Nomor", "Nama"], [], ["007", "Siti"]]


@pytest.mark.parametrize("letterhead", ["DAFTAR PESERTA BIMTEK", "Dinas Sosial, Kota Depok"])
def test_a_csv_with_semicolons_may_have_a_letterhead_without_any(tmp_path: Path, letterhead: str) -> None:
    rows = read_rows(a_csv(tmp_path, f"{letterhead}\nNama;Kelurahan\nRené;Depok\n"))

    assert rows[1:] == ROWS


def test_a_csv_with_commas_may_have_a_semicolon_in_a_name(tmp_path: Path) -> None:
    assert read_rows(a_csv(tmp_path, "Nama,Kelurahan\nSiti; Rahayu,Depok\n"))[1] == ["Siti; Rahayu", "Depok"]


def test_a_csv_with_a_cell_that_never_ends_is_refused(tmp_path: Path) -> None:
    path = a_csv(tmp_path, 'Nama,Kelurahan\n"' + "a" * 200_000 + "\n")

    assert sentence_of_reading(path) == "peserta.csv: bukan CSV yang utuh. Simpan ulang sebagai .xlsx, lalu ulangi."


# ---- the table on a sheet ----------------------------------------------------------------------------------------------------


def test_a_table_begins_below_its_header_wherever_that_stands() -> None:
    rows = [["DINAS SOSIAL"], [], ["", "No", "NAMA LENGKAP", "Desa / Kel."], ["", "1", " Siti ", "Depok"], ["", "2"]]

    table = find_table("a.xlsx", rows, COLUMNS, needed=("name", "home"))

    assert table == SheetTable({"name": 2, "home": 3}, [["", "1", " Siti ", "Depok"], ["", "2"]], first_row=4)
    assert (table.cell(0, "home"), table.value(0, "name"), table.value(1, "home")) == ("D4", "Siti", "")


def test_a_column_the_sheet_lacks_is_empty() -> None:
    table = find_table("a.xlsx", [["Nama"], ["Siti"]], COLUMNS, needed=("name",))

    assert table.value(0, "home") == ""


def test_the_first_of_two_columns_with_one_heading_counts() -> None:
    table = find_table("a.xlsx", [["Nama", "Nama lengkap", "Kelurahan"]], COLUMNS, needed=("name", "home"))

    assert table.columns == {"name": 0, "home": 2}


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ([], "Nama dan Kelurahan"),
        ([["Alamat"], ["Siti"]], "Nama dan Kelurahan"),
        ([["Nama"], ["Siti"]], "Kelurahan"),
        ([["Peserta"], ["No", "Kelurahan"]], "Nama"),
    ],
)
def test_a_sheet_without_a_needed_column_is_refused_by_the_heading_it_lacks(rows: list[list[str]], missing: str) -> None:
    with pytest.raises(Refused) as refused:
        find_table("a.xlsx", rows, COLUMNS, needed=("name", "home"))

    assert str(refused.value) == f"a.xlsx: tidak ada kolom {missing}. Tulis judul kolom itu di satu baris, lalu ulangi."


# ---- writing -----------------------------------------------------------------------------------------------------------------


def test_what_is_written_is_read_back_the_same(tmp_path: Path) -> None:
    rows = [["007", "Ng Đặng Ñoño"], ["1e5", "  spasi  "], ["", "https://depok.go.id"]]

    write_sheet(tmp_path / "a.xlsx", "Peserta", ["Nomor", "Nama"], rows, [8, 30])

    assert read_rows(tmp_path / "a.xlsx") == [["Nomor", "Nama"], *rows]


@pytest.mark.parametrize("written", ['=HYPERLINK("x")', "+1+1", "-1+1", "@SUM(A1)", "{=1+1}", "=1+1"])
def test_a_formula_in_a_name_is_written_as_text(tmp_path: Path, written: str) -> None:
    write_sheet(tmp_path / "a.xlsx", "Peserta", ["Nama"], [[written]], [30])

    assert read_rows(tmp_path / "a.xlsx") == [["Nama"], [written]]
    assert "<f>" not in zipfile.Path(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml").read_text(encoding="utf-8")


def test_a_long_title_is_cut_to_what_excel_allows(tmp_path: Path) -> None:
    write_sheet(tmp_path / "a.xlsx", "Daftar hadir angkatan keempat tahun 2026", ["Nama"], [], [30])

    assert python_calamine.CalamineWorkbook.from_path(tmp_path / "a.xlsx").sheet_names == ["Daftar hadir angkatan keempat t"]


def test_a_sheet_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tidak-ada" / "a.xlsx"

    with pytest.raises(Refused) as refused:
        write_sheet(path, "Peserta", ["Nama"], [], [30])

    assert str(refused.value) == f"{path}: tidak dapat ditulis. Periksa foldernya, dan tutup berkas itu bila sedang terbuka di Excel."
