"""The table on a sheet: below any letterhead, under a header of one row or two."""

from __future__ import annotations

import pytest

from psm_course.interchange.sheets.sheets import Sheet
from psm_course.interchange.sheets.tables import (
    Column,
    Table,
    find_tables,
    heading_key,
    missing_columns,
)

COLUMNS = {
    "name": Column("Nama", "namalengkap"),
    "home": Column("Kelurahan", "desakel"),
    "phone": Column("No. HP"),
}
NEEDED = ("name", "home")


def found(*rows: list[str], named: bool = False) -> Table | None:
    """The only table on a sheet; None where there is none."""
    (table,) = find_tables(Sheet("Data", list(rows)), COLUMNS, NEEDED, named) or (None,)
    return table


def test_a_table_begins_below_its_header_wherever_that_stands() -> None:
    header = ["", "No", "NAMA LENGKAP", "Desa / Kel."]

    table = found(["DINAS SOSIAL"], [], header, ["", "1", " Siti ", "Depok"], ["", "2"])

    assert table == Table(
        {"name": 2, "home": 3}, header, [["", "1", " Siti ", "Depok"], ["", "2"]], first_row=4
    )
    assert (
        table.cell(0, "home"),
        table.value(0, "name"),
        table.value(1, "home"),
        table.value(0, "phone"),
    ) == ("D4", "Siti", "", "")
    assert table.others == {1: "No"}


def test_a_header_may_be_merged_over_two_rows() -> None:
    upper, lower = ["No", "Nama", "Alamat", "", "No. HP"], ["", "", "RT/RW", "Kelurahan", ""]

    table = found(["Daftar peserta"], upper, lower, ["1", "Siti", "01/02", "Depok"])

    header = ["No", "Nama", "RT/RW", "Kelurahan", "No. HP"]
    assert table == Table(
        {"name": 1, "home": 3, "phone": 4}, header, [["1", "Siti", "01/02", "Depok"]], first_row=4
    )


def test_sub_headings_below_a_finished_header_belong_to_it() -> None:
    table = found(
        ["Nama", "Kelurahan", "Kontak", ""], ["", "", "No. HP", "Surel"], ["Siti", "Depok", "0812"]
    )

    assert table is not None
    assert (table.columns, table.rows) == (
        {"name": 0, "home": 1, "phone": 2},
        [["Siti", "Depok", "0812"]],
    )


def test_a_letterhead_with_a_kelurahan_is_no_half_of_a_header() -> None:
    assert found(["Kelurahan", ": Depok"], ["No", "Nama", "Alamat"], ["1", "Siti", "Mawar"]) is None


def test_a_person_below_the_header_is_no_part_of_it() -> None:
    table = found(["Nama", "Kelurahan"], ["Siti", "Depok"])

    assert table is not None
    assert table.rows == [["Siti", "Depok"]]


def test_cells_of_a_sheet_among_others_carry_its_name() -> None:
    table = found(["Nama", "Kelurahan"], ["Siti", "Depok"], named=True)

    assert table is not None
    assert table.cell(0, "home") == "Data!B2"


def test_the_first_of_two_columns_with_one_heading_counts() -> None:
    table = found(["Nama", "Nama lengkap", "Kelurahan"])

    assert table is not None
    assert table.columns == {"name": 0, "home": 2}


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ([], ["Nama", "Kelurahan"]),
        ([["Alamat"], ["Siti"]], ["Nama", "Kelurahan"]),
        ([["Nama"], ["Siti"]], ["Kelurahan"]),
        ([["Peserta"], ["No", "Kelurahan"]], ["Nama"]),
    ],
)
def test_a_sheet_without_a_needed_column_lacks_it_by_its_title(
    rows: list[list[str]], missing: list[str]
) -> None:
    assert found(*rows) is None
    assert missing_columns([Sheet("", rows)], COLUMNS, NEEDED) == missing


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Nama Lengkap (dengan gelar)", "namalengkap"),
        ("No. HP/WA :", "nohpwa"),
        ("(1)", ""),
        ("N" * 5_000, "n" * 300),
    ],
)
def test_a_heading_is_known_by_its_letters(heading: str, key: str) -> None:
    assert heading_key(heading) == key
