"""Attendance sheets with several lists, hidden rows and struck-out marks:
every mark is read, or said at its cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from dirty_equals import Contains

from psm_course.interchange.attendance_sheet import AttendanceReading, read_attendance_sheet
from psm_course.interchange.sheets.sheets import SheetFile
from tests.interchange.sheets.workbooks import a_table, a_workbook
from tests.register_builders import a_course_file

SESSIONS = a_course_file().sessions
HEADER = ("Nomor peserta", "Nama", "buka")
SITI, UJANG = ("D26-001", "Siti", "x"), ("D26-002", "Ujang", "x")


def read(file: SheetFile) -> AttendanceReading:
    return read_attendance_sheet(file, SESSIONS, {"D26-001", "D26-002"})


def marks(reading: AttendanceReading) -> list[tuple[str, str, str]]:
    return [(each.mark.number, each.mark.session, each.mark.presence) for each in reading.marks]


def problems(file: SheetFile) -> list[str]:
    return [str(problem) for problem in read(file).problems]


def two_sheets(*second: Sequence[Any], hidden: bool = False) -> SheetFile:
    def fill(workbook: Any) -> None:
        for name, rows in (("Hari 1", (HEADER, SITI)), ("Hari 2", second)):
            sheet = workbook.add_worksheet(name)
            for index, row in enumerate(rows):
                sheet.write_row(index, 0, row)
        if hidden:
            sheet.hide()

    return a_workbook(fill, "hadir.xlsx")


def test_two_lists_side_by_side_are_both_marked() -> None:
    assert marks(read(a_table((*HEADER, "", *HEADER), (*SITI, "", *UJANG)))) == [
        ("D26-001", "buka", "present"),
        ("D26-002", "buka", "present"),
    ]


def test_a_sheet_for_each_day_is_read() -> None:
    file = two_sheets(("Nomor peserta", "tutup"), ("D26-001", "-"))

    assert marks(read(file)) == [("D26-001", "buka", "present"), ("D26-001", "tutup", "absent")]


def test_two_lists_that_contradict_each_other_are_said() -> None:
    assert problems(two_sheets(("Nomor peserta", "buka"), ("D26-001", "-"))) == [
        Contains("Hari 2!B2: D26-001", "ditulis lain di Hari 1!C2", "samakan, lalu ulangi")
    ]
    assert marks(read(two_sheets(HEADER, SITI))) == [("D26-001", "buka", "present")]


def test_a_hidden_sheet_with_marks_is_said() -> None:
    assert problems(two_sheets(("Nomor peserta", "tutup"), ("D26-001", "x"), hidden=True)) == [
        Contains("Hari 2!A1: lembar", "tersembunyi")
    ]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"hidden": [3]}, ("A3: baris ini tersembunyi", "tampilkan atau hapus")),
        ({"struck": ["B3"]}, ("A3: baris ini dicoret", "hapus barisnya")),
        ({"struck": ["C3"]}, ("C3: tanda ini dicoret", "kosongkan", "x (hadir)")),
        ({"hidden_columns": "C:C"}, ("C1: kolom ini tersembunyi", "hapus kolomnya")),
    ],
)
def test_what_is_hidden_or_struck_out_is_said(how: dict[str, Any], said: tuple[str, ...]) -> None:
    assert problems(a_table(HEADER, SITI, UJANG, **how)) == [Contains(*said)]


def test_a_hidden_row_without_marks_is_nothing_to_say() -> None:
    assert problems(a_table(HEADER, SITI, ("D26-002", "Ujang", ""), hidden=[3])) == []


def test_a_session_twice_in_one_list_is_said() -> None:
    assert problems(a_table((*HEADER, "Buka"), (*SITI, "-"))) == [
        Contains("D1: ", "Buka ada dua kali")
    ]


def test_somebody_who_came_without_a_number_is_said_and_totals_are_not() -> None:
    assert problems(a_table(HEADER, SITI, ("", "Pak Joko", "x"), ("", "Jumlah", 1))) == [
        Contains("A3: ", "tanda hadir", "tanpa nomor peserta")
    ]
