"""The attendance sheet: one row per person, one column per session, `x` or `hadir` where present."""

from __future__ import annotations

from pathlib import Path

from psm_course.content.course import Session
from psm_course.interchange.sheets import CellProblem, find_table, read_rows, write_sheet
from psm_course.records.kelurahan import by_code
from psm_course.records.register import AttendanceMark, Enrolment, Presence

_MEANINGS: dict[str, Presence | None] = {
    "x": "present",
    "v": "present",
    "✓": "present",
    "hadir": "present",
    "h": "present",
    "1": "present",
    "izin": "excused",
    "sakit": "excused",
    "i": "excused",
    "s": "excused",
    "-": "absent",
    "alpa": "absent",
    "tidak": "absent",
    "0": "absent",
    "": None,
}


def write_attendance_sheet(path: Path, people: tuple[Enrolment, ...], sessions: tuple[Session, ...], marks: list[list[str]]) -> None:
    """A sheet to fill in; `marks` holds a row of cells per person (empty strings for a blank sheet)."""
    header = ["Nomor peserta", "Nama", "Kelurahan", *(session.id for session in sessions)]
    rows = [[person.number, person.name, str(by_code()[person.kelurahan]), *cells] for person, cells in zip(people, marks, strict=True)]
    write_sheet(path, "Kehadiran", header, rows, [14, 32, 24, *[12] * len(sessions)])


def read_attendance_sheet(path: Path, sessions: tuple[Session, ...], known: set[str]) -> tuple[list[AttendanceMark], list[CellProblem]]:
    """The marks on a filled sheet; empty cells say nothing. `known` are the numbers of the cohort."""
    columns = {"number": ("Nomor peserta", "Nomor", "No peserta")} | {session.id: (session.id, session.title) for session in sessions}
    table = find_table(path.name, read_rows(path), columns, needed=("number",))
    present = [session.id for session in sessions if session.id in table.columns]
    if not present:
        find_table(path.name, [], columns, needed=(sessions[0].id,))
    marks: list[AttendanceMark] = []
    problems: list[CellProblem] = []
    first: dict[str, str] = {}
    for index in range(len(table.rows)):
        number = table.value(index, "number")
        if not number:
            continue
        if number in first:
            problems.append(CellProblem(table.cell(index, "number"), f'nomor "{number}" sudah ada di {first[number]}; hapus satu barisnya'))
            continue
        first[number] = table.cell(index, "number")
        if number not in known:
            problems.append(CellProblem(table.cell(index, "number"), f'nomor "{number[:40]}" tidak ada di angkatan ini'))
            continue
        for session in present:
            written = table.value(index, session).casefold()
            meaning = _MEANINGS.get(written)
            if meaning:
                marks.append(AttendanceMark(number, session, meaning))
            elif written not in _MEANINGS:
                problems.append(CellProblem(table.cell(index, session), f'"{written[:20]}" tidak dimengerti; tulis x, izin, atau -'))
    return marks, problems
