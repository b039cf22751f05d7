"""Sheets as rows of text: every kind of file an office sends, the address of each cell."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from dirty_equals import Contains

from psm_course.errors import Refused
from psm_course.interchange.sheets.appearance import UNSEEN
from psm_course.interchange.sheets.sheets import LARGEST, CellProblem, Sheet, SheetFile, read_sheets
from psm_course.interchange.sheets.tables import Table
from tests.interchange.sheets.old_excel import an_xls
from tests.interchange.sheets.open_document import a_row, an_ods
from tests.register_builders import a_sheet, read_rows

TOO_WIDE = "lembarnya terlalu luas"


def a_csv(tmp_path: Path, raw: bytes | str) -> Path:
    path = tmp_path / "peserta.csv"
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return path


def sentence_of_reading(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        read_rows(path)
    return str(refused.value)


# ---- addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "column", "name"),
    [
        (1, 0, "A1"),
        (14, 1, "B14"),
        (2, 25, "Z2"),
        (2, 26, "AA2"),
        (9, 51, "AZ9"),
        (9, 52, "BA9"),
        (3, 701, "ZZ3"),
        (3, 702, "AAA3"),
    ],
)
def test_an_address_is_what_excel_calls_the_cell(row: int, column: int, name: str) -> None:
    assert Table({}, [], [], first_row=row).address(0, column) == name


def test_a_cell_problem_begins_with_its_cell() -> None:
    assert str(CellProblem("B14", "nama masih kosong")) == "B14: nama masih kosong"


# ---- workbooks -----------------------------------------------------------------------------------


def test_a_workbook_is_read_as_text_with_its_gaps(tmp_path: Path) -> None:
    path = a_sheet(tmp_path / "a.xlsx", (), ("", "Nama"), ("", "Siti", "007"))

    assert read_rows(path) == [["", "", ""], ["", "Nama", ""], ["", "Siti", "007"]]


def test_numbers_in_cells_become_the_text_people_see(tmp_path: Path) -> None:
    path = a_sheet(tmp_path / "a.xlsx", (17, 17.0, 1.5, 32760110060000, date(2026, 11, 24), "017"))

    assert read_rows(path) == [["17", "17", "1.5", "32760110060000", "46350", "017"]]


def test_every_sheet_is_read_and_a_hidden_one_is_told(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as workbook:
        workbook.add_worksheet("Peserta").write(0, 0, "Nama")
        hidden = workbook.add_worksheet("Simpanan")
        hidden.write(0, 0, "Rahasia")
        hidden.hide()
        chart = workbook.add_chart({"type": "bar"})
        chart.add_series({"values": "=Peserta!$A$1:$A$1"})
        workbook.add_chartsheet("Grafik").set_chart(chart)
        workbook.add_worksheet("Catatan").write(0, 0, "Alamat")

    assert read_sheets(tmp_path / "a.xlsx") == [
        Sheet("Peserta", [["Nama"]]),
        Sheet("Simpanan", [["Rahasia"]], is_hidden=True),
        Sheet("Catatan", [["Alamat"]]),
    ]
    assert read_rows(tmp_path / "a.xlsx") == [["Nama"]]


def test_a_cell_merged_downward_counts_for_every_row_it_spans(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as workbook:
        sheet = workbook.add_worksheet()
        sheet.merge_range(0, 0, 0, 1, "DAFTAR")
        sheet.write_column(1, 0, ["Siti", "Ujang", "Ani"])
        sheet.merge_range(1, 1, 2, 1, "Depok")

    assert read_rows(tmp_path / "a.xlsx") == [
        ["DAFTAR", ""],
        ["Siti", "Depok"],
        ["Ujang", "Depok"],
        ["Ani", ""],
    ]


@pytest.mark.parametrize("name", ["a.xls", "a.csv", "a.xlsx", "tanpa akhiran"])
def test_a_workbook_is_known_by_its_content_whatever_its_name(tmp_path: Path, name: str) -> None:
    content = a_sheet(tmp_path / "a.xlsx", ("Nama",), (True,)).read_bytes()

    assert read_sheets(SheetFile(name, content)) == [Sheet("Sheet1", [["Nama"], ["TRUE"]])]


@pytest.mark.parametrize(
    "rows", [1_000_000, 99_999_999], ids=["as many as Calc has", "beyond any sheet"]
)
def test_an_ods_that_unfolds_into_too_much_is_refused(rows: int) -> None:
    cell = '<table:table-cell table:number-columns-repeated="99" office:value-type="string"/>'
    content = an_ods(
        f"<table:table-row table:number-rows-repeated='{rows}'>{cell}</table:table-row>"
    )

    with pytest.raises(Refused) as refused:
        read_sheets(SheetFile("a.ods", content))

    assert str(refused.value) == Contains("a.ods: ", TOO_WIDE)


def test_an_ods_with_a_million_empty_rows_is_read() -> None:
    """As LibreOffice saves a sheet whose columns somebody coloured."""
    nothing = '<table:table-cell table:number-columns-repeated="16384"/>'
    content = an_ods(
        a_row("Nama"),
        f'<table:table-row table:number-rows-repeated="1048575">{nothing}</table:table-row>',
    )

    assert read_sheets(SheetFile("a.ods", content)) == [Sheet("Peserta", [["Nama"]])]


def test_an_old_excel_file_is_read() -> None:
    rows = [["Nama", "", "HP"], ["Çelebi", "1.5", "81234567890"]]
    content = an_xls((), ("Nama", "", "HP"), ("Çelebi", 1.5, 81234567890.0))

    assert read_sheets(SheetFile("a.xls", content)) == [
        Sheet("Peserta", [["", "", ""], *rows], appearance=UNSEEN)
    ]


def test_a_value_in_the_far_corner_is_refused_and_ends_nothing(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active["XFD1048576"] = "x"
    workbook.save(tmp_path / "a.xlsx")

    assert sentence_of_reading(tmp_path / "a.xlsx") == Contains("a.xlsx: ", TOO_WIDE)


@pytest.mark.parametrize("name", ["surat.xlsx", "surat.xls", "surat.ods", "surat.docx", "surat"])
@pytest.mark.parametrize(
    "content", [b"Ini surat biasa.", b"PK\x03\x04 bukan zip", bytes(range(256)) * 20]
)
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    assert sentence_of_reading(path) == Contains(f"{name}: ", "bukan berkas Excel")


A_PICTURE = ("gambar atau PDF", "berkas Excel aslinya")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"", ("kosong (0 byte)",)),
        ("a.csv", b"", ("kosong (0 byte)",)),
        (
            "a.csv",
            b"\x89PNG\r\n\x1a\n" + bytes(99),
            A_PICTURE,
        ),
        (
            "a.xlsx",
            b"\xff\xd8\xff" + bytes(99),
            A_PICTURE,
        ),
        ("a.xls", b"%PDF-1.7", A_PICTURE),
    ],
)
def test_what_a_file_is_instead_of_a_sheet_is_said(
    name: str, content: bytes, said: tuple[str, ...]
) -> None:
    with pytest.raises(Refused) as refused:
        read_sheets(SheetFile(name, content))

    assert str(refused.value) == Contains(f"{name}: ", *said)


def test_a_workbook_locked_with_a_password_is_said_to_be_so() -> None:
    """`terkunci.xlsx` was written by msoffcrypto-tool 6.1.0, as Excel writes it."""
    with pytest.raises(Refused) as refused:
        read_sheets(Path(__file__).parent / "terkunci.xlsx")

    assert str(refused.value) == Contains("terkunci.xlsx: ", "hapus kata sandinya")


def test_a_workbook_cut_short_is_refused(tmp_path: Path) -> None:
    path = a_sheet(tmp_path / "putus.xlsx", ("Nama",), ("Siti",))
    path.write_bytes(path.read_bytes()[:1500])

    assert sentence_of_reading(path) == Contains("putus.xlsx: ", "bukan berkas Excel")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tidak-ada.xlsx"

    assert sentence_of_reading(path) == Contains(f"{path}: ", "berkas ini tidak ada")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert sentence_of_reading(tmp_path) == f"{tmp_path}: itu folder, bukan berkas."


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "besar.xlsx"
    with path.open("wb") as stream:
        stream.truncate(LARGEST + 1)

    assert sentence_of_reading(path) == Contains("besar.xlsx: ", "lebih besar dari 20 MB")


def test_an_old_excel_file_with_a_cell_beyond_any_sheet_is_refused_and_ends_nothing() -> None:
    with pytest.raises(Refused) as refused:
        read_sheets(SheetFile("a.xls", an_xls(("Nama",), far=True)))

    assert str(refused.value) == Contains("a.xls: ", "300 MB memori")


def test_a_workbook_is_read_by_another_process(tmp_path: Path) -> None:
    """Nothing of it is parsed in ours, which needs neither calamine nor an XML parser for it."""
    path = a_sheet(tmp_path / "a.xlsx", ("Nama",), ("Siti",))
    script = "; ".join(
        [
            "import sys",
            "from pathlib import Path",
            "from psm_course.interchange.sheets.sheets import read_sheets",
            "print([sheet.rows for sheet in read_sheets(Path(sys.argv[1]))])",
            "print([name for name in ('python_calamine', 'pyexpat') if name in sys.modules])",
        ]
    )

    ran = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, text=True, check=True
    )

    assert ran.stdout == "[[['Nama'], ['Siti']]]\n[]\n"


def test_a_csv_of_more_cells_than_we_would_read_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        read_sheets(SheetFile("a.csv", b";" * 4_000_001))

    assert str(refused.value) == Contains("a.csv: ", TOO_WIDE)


# ---- CSV -----------------------------------------------------------------------------------------

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
        "Nama\tKelurahan\nRené\tDepok\n",
        "Nama\tKelurahan\r\nRené\tDepok\r\n".encode("utf-16"),
        b"\xfe\xff" + "Nama\tKelurahan\nRené\tDepok\n".encode("utf-16-be"),
        "sep=,\nNama,Kelurahan\nRené,Depok\n",
    ],
)
def test_a_csv_reads_the_same_however_excel_saved_it(tmp_path: Path, raw: bytes | str) -> None:
    assert read_rows(a_csv(tmp_path, raw)) == ROWS


def test_a_csv_of_pkk_members_is_no_zip(tmp_path: Path) -> None:
    """Every zip begins with PK; so does *Pemberdayaan Kesejahteraan Keluarga*."""
    assert (
        read_rows(a_csv(tmp_path, "PKK KELURAHAN DEPOK\nNama;Kelurahan\nRené;Depok\n"))[1:] == ROWS
    )


def test_a_csv_keeps_leading_noughts_and_empty_lines(tmp_path: Path) -> None:
    assert read_rows(a_csv(tmp_path, "Nomor;Nama\n\n007;Siti\n")) == [
        ["Nomor", "Nama"],
        [],
        ["007", "Siti"],
    ]


@pytest.mark.parametrize("letterhead", ["DAFTAR PESERTA BIMTEK", "Dinas Sosial, Kota Depok"])
def test_a_csv_with_semicolons_may_have_a_letterhead_without_any(
    tmp_path: Path, letterhead: str
) -> None:
    rows = read_rows(a_csv(tmp_path, f"{letterhead}\nNama;Kelurahan\nRené;Depok\n"))

    assert rows[1:] == ROWS


def test_a_csv_with_commas_may_have_a_semicolon_in_a_name(tmp_path: Path) -> None:
    assert read_rows(a_csv(tmp_path, "Nama,Kelurahan\nSiti; Rahayu,Depok\n"))[1] == [
        "Siti; Rahayu",
        "Depok",
    ]


def test_a_csv_with_a_cell_that_never_ends_is_refused(tmp_path: Path) -> None:
    path = a_csv(tmp_path, 'Nama,Kelurahan\n"' + "a" * 200_000 + "\n")

    assert sentence_of_reading(path) == Contains("peserta.csv: ", "bukan CSV")
