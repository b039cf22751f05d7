"""The attendance sheet: written blank, filled by hand, read back as marks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from psm_course.errors import Refused
from psm_course.interchange.attendance_sheet import read_attendance_sheet, write_attendance_sheet
from psm_course.interchange.sheets import read_rows
from psm_course.records.register import AttendanceMark, Enrolment
from tests.register_builders import DEPOK, a_course_file, a_sheet

SESSIONS = a_course_file(sessions={"buka": 1, "dasar": 3}).sessions
PEOPLE = (Enrolment("D26-001", "D26", '=HYPERLINK("x")', DEPOK), Enrolment("D26-002", "D26", "Ujang", "32.76.02.1008"))
KNOWN = {"D26-001", "D26-002"}
HEADER = ("Nomor peserta", "Nama", "buka", "dasar")


def read(tmp_path: Path, *rows: Sequence[object]) -> tuple[list[AttendanceMark], list[str]]:
    marks, problems = read_attendance_sheet(a_sheet(tmp_path / "hadir.xlsx", *rows), SESSIONS, KNOWN)
    return marks, [str(problem) for problem in problems]


def test_a_sheet_names_everybody_and_every_session(tmp_path: Path) -> None:
    write_attendance_sheet(tmp_path / "hadir.xlsx", PEOPLE, SESSIONS, [["", ""], ["", ""]])

    assert read_rows(tmp_path / "hadir.xlsx") == [
        ["Nomor peserta", "Nama", "Kelurahan", "buka", "dasar"],
        ["D26-001", '=HYPERLINK("x")', "Depok", "", ""],
        ["D26-002", "Ujang", "Curug (Cimanggis)", "", ""],
    ]


def test_a_filled_sheet_is_read_back_as_marks(tmp_path: Path) -> None:
    write_attendance_sheet(tmp_path / "hadir.xlsx", PEOPLE, SESSIONS, [["x", "izin"], ["-", ""]])

    assert read_attendance_sheet(tmp_path / "hadir.xlsx", SESSIONS, KNOWN) == (
        [
            AttendanceMark("D26-001", "buka", "present"),
            AttendanceMark("D26-001", "dasar", "excused"),
            AttendanceMark("D26-002", "buka", "absent"),
        ],
        [],
    )


@pytest.mark.parametrize(
    ("written", "presence"),
    [
        *[(written, "present") for written in ("x", "X", " v ", "✓", "Hadir", "h", "1", 1, 1.0)],
        *[(written, "excused") for written in ("izin", "Sakit", "i", "S")],
        *[(written, "absent") for written in ("-", "alpa", "TIDAK", "0", 0)],
    ],
)
def test_marks_are_understood_as_people_write_them(tmp_path: Path, written: object, presence: str) -> None:
    marks, problems = read(tmp_path, HEADER, ("D26-001", "Siti", written))

    assert ([(mark.session, mark.presence) for mark in marks], problems) == ([("buka", presence)], [])


def test_sessions_may_be_named_by_title_and_stand_in_any_order(tmp_path: Path) -> None:
    marks, problems = read(tmp_path, ("Daftar hadir",), ("DASAR", "No. Peserta"), ("x", "D26-002"), ("", ""), ("x", ""))

    assert (marks, problems) == ([AttendanceMark("D26-002", "dasar", "present")], [])


def test_an_empty_sheet_says_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, HEADER, ("D26-001", "Siti"), ("D26-002", "Ujang")) == ([], [])


def test_an_unknown_number_is_a_problem_at_its_cell(tmp_path: Path) -> None:
    _, problems = read(tmp_path, HEADER, ("D26-001", "Siti", "x"), ("D26-099", "Entah", "x"))

    assert problems == ['A3: nomor "D26-099" tidak ada di angkatan ini']


def test_an_unknown_mark_is_a_problem_at_its_cell(tmp_path: Path) -> None:
    _, problems = read(tmp_path, HEADER, ("D26-001", "Siti", "x", "Setengah hari"), ("D26-002", "Ujang", "?", "x"))

    assert problems == [
        'D2: "setengah hari" tidak dimengerti; tulis x, izin, atau -',
        'C3: "?" tidak dimengerti; tulis x, izin, atau -',
    ]


def test_the_same_number_twice_is_a_problem_at_its_cell(tmp_path: Path) -> None:
    """Two rows for one person may say two things; which is true, only a human knows."""
    _, problems = read(tmp_path, HEADER, ("D26-001", "Siti", "x"), ("D26-001", "Siti", "-"))

    assert problems == ['A3: nomor "D26-001" sudah ada di A2; hapus satu barisnya']


@pytest.mark.parametrize(
    ("header", "missing"),
    [(("Nomor peserta", "Nama"), "buka"), (("Nama", "buka"), "Nomor peserta"), (("Apa saja",), "Nomor peserta")],
)
def test_a_sheet_without_numbers_or_sessions_is_refused(tmp_path: Path, header: Sequence[str], missing: str) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path, header, ("D26-001", "Siti"))

    assert str(refused.value) == f"hadir.xlsx: tidak ada kolom {missing}. Tulis judul kolom itu di satu baris, lalu ulangi."
