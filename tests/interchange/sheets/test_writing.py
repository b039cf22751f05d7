"""Writing sheets: whatever a name holds, it is text in Excel and in every reader."""

from __future__ import annotations

import csv
import errno
import gc
import resource
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from dirty_equals import Contains
from hypothesis import given
from hypothesis import strategies as st

from psm_course.errors import Refused, cause
from psm_course.interchange.sheets import writing
from psm_course.interchange.sheets.sheets import read_sheets
from psm_course.interchange.sheets.writing import csv_cell, write_csv, write_sheet
from tests.register_builders import read_rows

FORMULAS = [
    '=HYPERLINK("x")',
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "{=1+1}",
    "=1+1",
    "\t=1+1",
    "=cmd|' /C calc'!A0",
    "＝1+1",
]

# ---- writing -------------------------------------------------------------------------------------


def test_what_is_written_is_read_back_the_same(tmp_path: Path) -> None:
    rows = [["007", "Ng Đặng Ñoño"], ["1e5", "  spasi  "], ["", "https://depok.go.id"]]

    write_sheet(tmp_path / "a.xlsx", "Peserta", ["Nomor", "Nama"], rows, [8, 30])

    assert read_rows(tmp_path / "a.xlsx") == [["Nomor", "Nama"], *rows]


@pytest.mark.parametrize("written", [formula for formula in FORMULAS if "\t" not in formula])
def test_a_formula_in_a_name_is_written_as_text(tmp_path: Path, written: str) -> None:
    write_sheet(tmp_path / "a.xlsx", "Peserta", ["Nama"], [[written]], [30])

    assert read_rows(tmp_path / "a.xlsx") == [["Nama"], [written]]
    assert "<f>" not in zipfile.Path(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml").read_text(
        encoding="utf-8"
    )


def test_a_long_title_is_cut_to_what_excel_allows(tmp_path: Path) -> None:
    write_sheet(tmp_path / "a.xlsx", "Daftar hadir angkatan keempat tahun 2026", ["Nama"], [], [30])

    assert python_calamine.CalamineWorkbook.from_path(tmp_path / "a.xlsx").sheet_names == [
        "Daftar hadir angkatan keempat t"
    ]


def test_a_sheet_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tidak-ada" / "a.xlsx"

    with pytest.raises(Refused) as refused:
        write_sheet(path, "Peserta", ["Nama"], [], [30])

    assert str(refused.value) == Contains(f"{path}: ", "ditulis (tidak ditemukan)")


@pytest.mark.parametrize("written", FORMULAS)
def test_openpyxl_finds_text_where_a_formula_was_written(tmp_path: Path, written: str) -> None:
    write_sheet(tmp_path / "a.xlsx", "Peserta", ["Nama"], [[written]], [30])

    cell = openpyxl.load_workbook(tmp_path / "a.xlsx").active["A2"]
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", written, None)


def test_numbers_are_numbers_and_ids_are_text(tmp_path: Path) -> None:
    write_sheet(
        tmp_path / "a.xlsx",
        "Peserta",
        ["Nomor", "JP", "Nilai"],
        [["007", 12, Decimal("87.5")]],
        [8, 8, 8],
    )

    cells = openpyxl.load_workbook(tmp_path / "a.xlsx").active[2]
    assert [(cell.data_type, cell.value) for cell in cells] == [
        ("s", "007"),
        ("n", 12),
        ("n", 87.5),
    ]


def test_what_is_typed_into_an_empty_cell_of_ours_stays_text(tmp_path: Path) -> None:
    """0812… typed by hand keeps its nought when the column is formatted as text."""
    write_sheet(tmp_path / "a.xlsx", "Peserta", ["No. HP"], [[""]], [16])

    assert (
        openpyxl.load_workbook(tmp_path / "a.xlsx").active.column_dimensions["A"].number_format
        == "@"
    )


def test_more_rows_than_a_sheet_holds_go_on_in_a_second_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MOST_ROWS", 2)

    write_sheet(
        tmp_path / "a.xlsx", "Butir", ["Nomor"], ([str(number)] for number in range(5)), [8]
    )

    sheets = [(sheet.name, sheet.rows) for sheet in read_sheets(tmp_path / "a.xlsx")]
    assert sheets == [
        ("Butir", [["Nomor"], ["0"], ["1"]]),
        ("Butir 2", [["Nomor"], ["2"], ["3"]]),
        ("Butir 3", [["Nomor"], ["4"]]),
    ]


@given(value=st.text(max_size=200))
def test_any_text_survives_a_workbook_or_is_at_least_harmless(
    value: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "sembarang.xlsx"

    write_sheet(path, "Peserta", ["Nama", "Akhir"], [[value, "."]], [30, 5])

    cell = openpyxl.load_workbook(path).active["A2"]
    assert cell.data_type in {"s", "n"}
    assert cell.value is None or isinstance(cell.value, str)
    assert len(read_rows(path)) == 2


def test_a_sheet_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_sheet(path, "Peserta", ["Nama"], [["Siti"]], [30])

    with pytest.raises(ZeroDivisionError):
        write_sheet(path, "Peserta", ["Nama"], ([str(1 // number)] for number in (1, 0)), [30])

    assert read_rows(path) == [["Nama"], ["Siti"]]
    assert list(tmp_path.iterdir()) == [path]


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """The system lets no file grow beyond so many bytes, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize(
    "write",
    [
        lambda path: write_sheet(path, "Peserta", ["Nama"], [["Siti"]], [30]),
        lambda path: write_csv(path, ["Nama"], [["Siti"]] * 1_000),
    ],
    ids=["xlsx", "csv"],
)
def test_on_a_disk_that_fills_up_a_sheet_is_refused_and_nothing_is_left(
    tmp_path: Path, write: Callable[[Path], None]
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"yang lama")

    with no_file_beyond(3_000), pytest.raises(Refused) as refused:
        write(path)

    assert str(refused.value) == Contains(f"{path}: ", f"({cause(OSError(errno.EFBIG, ''))})")
    assert {each: each.read_bytes() for each in tmp_path.iterdir()} == {path: b"yang lama"}
    del refused
    gc.collect()  # a ZIP left open would complain now


# ---- CSV -----------------------------------------------------------------------------------------


def test_a_csv_is_what_indonesian_excel_opens(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", ["Nomor", "Nilai"], [["007", Decimal("87.5")], ["=1+1", 3]])

    assert (
        tmp_path / "a.csv"
    ).read_bytes() == "\ufeffNomor;Nilai\r\n007;87,5\r\n'=1+1;3\r\n".encode()


@pytest.mark.parametrize(
    "written", [formula for formula in FORMULAS if not formula.startswith("{")]
)
def test_a_formula_in_a_csv_gets_an_apostrophe(written: str) -> None:
    assert csv_cell(written) == f"'{written}"


@given(value=st.text())
def test_a_csv_cell_can_always_be_read_back(value: str) -> None:
    assert csv_cell(value).removeprefix("'") == value
    assert not csv_cell(value).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_an_ordinary_name_with_an_apostrophe_is_left_alone(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", ["Nama"], [["Ma'mun"]])

    with (tmp_path / "a.csv").open(encoding="utf-8-sig") as stream:
        assert list(csv.reader(stream, delimiter=";")) == [["Nama"], ["Ma'mun"]]


def test_a_csv_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tidak-ada" / "a.csv"

    with pytest.raises(Refused) as refused:
        write_csv(path, ["Nama"], [])

    assert str(refused.value) == Contains(f"{path}: ", "ditulis (tidak ditemukan)")
