"""The attendance sheet: written blank, filled by hand, read back as marks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from dirty_equals import Contains

from psm_course.domain.register import AttendanceMark, Enrolment
from psm_course.errors import Refused
from psm_course.interchange.attendance_sheet import (
    AttendanceReading,
    SheetMark,
    read_attendance_sheet,
    session_headings,
    write_attendance_sheet,
)
from tests.builders import REGION
from tests.interchange.people.rosters import at_cells
from tests.register_builders import DEPOK, a_course_file, a_sheet, read_rows

SESSIONS = a_course_file(sessions={"buka": 1, "dasar": 3}).sessions
PEOPLE = (
    Enrolment("D26-001", "D26", '=HYPERLINK("x")', DEPOK),
    Enrolment("D26-002", "D26", "Ujang", "32.76.02.1008"),
)
KNOWN = {"D26-001", "D26-002"}
HEADER = ("Nomor peserta", "Nama", "buka", "dasar")


def read(tmp_path: Path, *rows: Sequence[object]) -> tuple[list[AttendanceMark], list[str]]:
    reading = read_attendance_sheet(a_sheet(tmp_path / "hadir.xlsx", *rows), SESSIONS, KNOWN)
    return [each.mark for each in reading.marks], [str(problem) for problem in reading.problems]


def test_a_sheet_names_everybody_and_every_session(tmp_path: Path) -> None:
    write_attendance_sheet(REGION, tmp_path / "hadir.xlsx", PEOPLE, SESSIONS, [["", ""], ["", ""]])

    assert read_rows(tmp_path / "hadir.xlsx") == [
        ["Nomor peserta", "Nama", "Kelurahan", "BUKA (1 JP)", "DASAR (3 JP)"],
        ["D26-001", '=HYPERLINK("x")', "Depok", "", ""],
        ["D26-002", "Ujang", "Curug (Cimanggis)", "", ""],
    ]


def test_a_filled_sheet_is_read_back_as_marks(tmp_path: Path) -> None:
    write_attendance_sheet(
        REGION, tmp_path / "hadir.xlsx", PEOPLE, SESSIONS, [["x", "izin"], ["-", ""]]
    )

    assert read_attendance_sheet(tmp_path / "hadir.xlsx", SESSIONS, KNOWN) == AttendanceReading(
        (
            SheetMark("D2", AttendanceMark("D26-001", "buka", "present")),
            SheetMark("E2", AttendanceMark("D26-001", "dasar", "excused")),
            SheetMark("D3", AttendanceMark("D26-002", "buka", "absent")),
        )
    )


def test_sessions_titled_alike_are_headed_by_their_ids() -> None:
    twins = [session.model_copy(update={"title": "Ibadah & makan"}) for session in SESSIONS]

    assert session_headings(twins) == ["buka (1 JP)", "dasar (3 JP)"]


@pytest.mark.parametrize(
    ("written", "presence"),
    [
        *[
            (written, "present")
            for written in ("x", "X", " v ", "✓", "Hadir", "h", "1", 1, 1.0, True)
        ],
        *[(written, "late") for written in ("t", "T", "Terlambat", "telat")],
        *[(written, "excused") for written in ("izin", "Sakit", "i", "S", "i.", "ijin")],
        *[
            (written, "absent")
            for written in ("-", "alpa", "TIDAK", "Tidak  hadir", "0", 0, False, "a")
        ],
    ],
)
def test_marks_are_understood_as_people_write_them(
    tmp_path: Path, written: object, presence: str
) -> None:
    marks, problems = read(tmp_path, HEADER, ("D26-001", "Siti", written))

    assert ([(mark.session, mark.presence) for mark in marks], problems) == (
        [("buka", presence)],
        [],
    )


def test_sessions_may_be_named_by_title_and_stand_in_any_order(tmp_path: Path) -> None:
    marks, problems = read(
        tmp_path, ("Daftar hadir",), ("DASAR", "No. Peserta"), ("x", "D26-002"), ("", ""), ("x", "")
    )

    assert (marks, problems) == ([AttendanceMark("D26-002", "dasar", "present")], [])


def test_an_empty_sheet_says_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, HEADER, ("D26-001", "Siti"), ("D26-002", "Ujang")) == ([], [])


def test_an_unknown_number_is_a_problem_at_its_cell(tmp_path: Path) -> None:
    _, problems = read(tmp_path, HEADER, ("D26-001", "Siti", "x"), ("D26-099", "Entah", "x"))

    assert problems == [Contains("A3: ", '"D26-099"', "tidak ada di angkatan")]


def test_an_unknown_mark_is_a_problem_at_its_cell(tmp_path: Path) -> None:
    _, problems = read(
        tmp_path, HEADER, ("D26-001", "Siti", "x", "Setengah hari"), ("D26-002", "Ujang", "?", "x")
    )

    marks_to_write = ("x (hadir)", "t (terlambat)", "i (izin", "- (tidak hadir)")
    assert problems == [
        Contains('D2: "Setengah hari" tidak dimengerti', *marks_to_write),
        Contains('C3: "?" tidak dimengerti', *marks_to_write),
    ]


def test_the_same_number_twice_is_a_problem_at_its_cell(tmp_path: Path) -> None:
    """Two rows for one person may say two things; which is true, only a human knows."""
    _, problems = read(tmp_path, HEADER, ("D26-001", "Siti", "x"), ("D26-001", "Siti", "-"))

    assert problems == [Contains("A3: ", '"D26-001" sudah ada di A2', "hapus satu barisnya")]


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        (("Nomor peserta", "Nama"), ["BUKA (1 JP)"]),
        (("Nama", "buka"), ["Nomor peserta"]),
        (("Apa saja",), ["Nomor peserta", "BUKA (1 JP)"]),
    ],
)
def test_a_sheet_without_numbers_or_sessions_is_refused(
    tmp_path: Path, header: Sequence[str], missing: list[str]
) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path, header, ("D26-001", "Siti"))

    assert str(refused.value) == Contains("hadir.xlsx: ", f"ada kolom {' dan '.join(missing)}.")


def test_a_half_filled_sheet_is_good_and_its_missing_sessions_are_said(tmp_path: Path) -> None:
    path = a_sheet(
        tmp_path / "hadir.xlsx",
        ("No. peserta", "Hadir: buka (1 JP)"),
        ("D26-001", "x"),
        ("D26-002",),
        ("Jumlah: 1",),
    )

    reading = read_attendance_sheet(path, SESSIONS, KNOWN)

    assert reading == AttendanceReading(
        (SheetMark("B2", AttendanceMark("D26-001", "buka", "present")),), notes=reading.notes
    )
    assert at_cells(reading.notes) == [
        ("A4", Contains('dilewati: "Jumlah: 1"')),
        ("", Contains("tidak berubah: DASAR (3 JP)")),
    ]


def test_the_sheet_with_the_sessions_is_found_among_others(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "hadir.xlsx")) as workbook:
        workbook.add_worksheet("Peserta").write_row(0, 0, ("Nomor peserta", "Nama"))
        marks = workbook.add_worksheet("Hadir")
        marks.write_row(0, 0, HEADER)
        marks.write_row(1, 0, ("D26-002", "Ujang", "t"))

    reading = read_attendance_sheet(tmp_path / "hadir.xlsx", SESSIONS, KNOWN)

    assert reading == AttendanceReading(
        (SheetMark("C2", AttendanceMark("D26-002", "buka", "late")),)
    )


def test_a_nik_in_place_of_a_number_is_not_repeated(tmp_path: Path) -> None:
    _, problems = read(tmp_path, HEADER, ("3276010101010001", "Siti", "x"))

    assert problems == [Contains("A2: nomor 16 angka", "tidak ada di angkatan")]
    assert "3276010101010001" not in problems[0]
