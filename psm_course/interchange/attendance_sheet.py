"""The attendance sheet: one row per person, one column per session with its JP, `x` or `hadir` where present."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from psm_course.content.region import Region
from psm_course.domain.register import AttendanceMark, Enrolment, Presence
from psm_course.domain.requirement import Session
from psm_course.errors import Refused
from psm_course.interchange.nik import quoted
from psm_course.interchange.people.roster_rows import COLUMNS
from psm_course.interchange.sheets.reading import Note, Remarks
from psm_course.interchange.sheets.sheets import CellProblem, SheetFile, read_sheets
from psm_course.interchange.sheets.tables import Column, Table, find_table, heading_key, missing_columns
from psm_course.interchange.sheets.writing import write_sheet

MEANINGS: Mapping[str, Presence | None] = {
    **dict.fromkeys(("x", "v", "✓", "✔", "√", "hadir", "h", "1", "ya", "true"), "present"),
    **dict.fromkeys(("terlambat", "telat", "t"), "late"),
    **dict.fromkeys(("izin", "ijin", "sakit", "i", "s"), "excused"),
    **dict.fromkeys(("-", "–", "alpa", "alfa", "a", "absen", "tidak", "tidak hadir", "0", "false"), "absent"),
    "": None,
}
_HINT = "tulis x (hadir), t (terlambat), i (izin), s (sakit), atau - (tidak hadir)"


@dataclass(frozen=True, slots=True)
class SheetMark:
    """A mark and the cell it stands in, so that a correction can say where it came from."""

    cell: str
    mark: AttendanceMark


@dataclass(frozen=True, slots=True)
class AttendanceReading:
    """What a filled sheet says: marks in the order of the sheet, and what must be mended first."""

    marks: tuple[SheetMark, ...]
    problems: tuple[CellProblem, ...] = ()
    notes: tuple[Note, ...] = ()


def write_attendance_sheet(
    region: Region, path: Path, people: Iterable[Enrolment], sessions: Sequence[Session], marks: Iterable[Sequence[str]]
) -> None:
    """A sheet to fill in; `marks` holds a row of cells per person (empty strings for a blank sheet)."""
    header = ["Nomor peserta", "Nama", "Kelurahan", *session_headings(sessions)]
    rows = ([person.number, person.name, str(region.home(person.kelurahan)), *cells] for person, cells in zip(people, marks, strict=True))
    write_sheet(path, "Kehadiran", header, rows, [14, 32, 24, *[16] * len(sessions)])


def session_headings(sessions: Sequence[Session]) -> list[str]:
    """Each session's title with its JP; by id where two are titled alike."""
    titles = Counter(heading_key(session.title) for session in sessions)
    return [f"{s.title if titles[heading_key(s.title)] == 1 else s.id} ({s.hours} JP)" for s in sessions]


def read_attendance_sheet(source: Path | SheetFile, sessions: Sequence[Session], known: Set[str]) -> AttendanceReading:
    """The marks on a filled sheet; empty cells say nothing. `known` are the numbers of the cohort.

    Refused when the file cannot be read, or no sheet of it has the numbers and at least one session.
    """
    file = source if isinstance(source, SheetFile) else SheetFile.at(source)
    table = _find(file, sessions)
    remarks = Remarks()
    marks = [mark for row in _people(table, known, remarks) for mark in _marks(table, row, sessions, remarks)]
    _say_missing(table, sessions, remarks)
    return AttendanceReading(tuple(marks), remarks.problems_in_order(), remarks.notes())


def _find(file: SheetFile, sessions: Sequence[Session]) -> Table:
    headings = zip(sessions, session_headings(sessions), strict=True)
    columns = {"number": COLUMNS["number"]} | {
        session.id: Column(heading, f"(?:hadir)?{heading_key(session.id)}") for session, heading in headings
    }
    sheets = read_sheets(file)
    for sheet in sheets:
        table = find_table(sheet, columns, ("number",))
        if table and len(table.columns) > 1:
            return table
    wanted = ("number", sessions[0].id) if not any(find_table(sheet, columns, ("number",)) for sheet in sheets) else (sessions[0].id,)
    missing = missing_columns(sheets, columns, wanted) or [columns[wanted[-1]].title]
    raise Refused(f"{file.name}: tidak ada kolom {' dan '.join(missing)}. Tulis judul kolom itu di satu baris, lalu ulangi.")


def _people(table: Table, known: Set[str], remarks: Remarks) -> list[int]:
    """The rows of people of this cohort, each once."""
    first: dict[str, str] = {}
    people = []
    for row in range(len(table.rows)):
        number, cell = table.value(row, "number"), table.cell(row, "number")
        if not number or COLUMNS["number"].is_called(heading_key(number)):
            continue
        if number not in known:
            if any(table.value(row, column) for column in table.columns if column != "number"):
                remarks.problem(cell, f"nomor {quoted(number)} tidak ada di angkatan ini")
            else:
                remarks.note(cell, f"bukan peserta, jadi dilewati: {quoted(number)}")
        elif number in first:
            remarks.problem(cell, f'nomor "{number}" sudah ada di {first[number]}; hapus satu barisnya')
        else:
            first[number] = cell
            people.append(row)
    return people


def _marks(table: Table, row: int, sessions: Sequence[Session], remarks: Remarks) -> list[SheetMark]:
    marks = []
    for session in [session.id for session in sessions if session.id in table.columns]:
        written = " ".join(table.value(row, session).casefold().split())
        cell = table.cell(row, session)
        meaning = MEANINGS.get(written) or MEANINGS.get(written.rstrip("."))
        if meaning:
            marks.append(SheetMark(cell, AttendanceMark(table.value(row, "number"), session, meaning)))
        elif written:
            remarks.problem(cell, f"{quoted(table.value(row, session), 20)} tidak dimengerti; {_HINT}")
    return marks


def _say_missing(table: Table, sessions: Sequence[Session], remarks: Remarks) -> None:
    missing = [heading for s, heading in zip(sessions, session_headings(sessions), strict=True) if s.id not in table.columns]
    if missing:
        remarks.note("", f"tidak ada di lembar ini, jadi tidak berubah: {', '.join(missing)}")
