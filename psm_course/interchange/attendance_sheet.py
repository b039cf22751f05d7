"""The attendance sheet: one row per person, one column per session.

The heading of a column has the session's title and JP; `x` or `hadir` in a cell means present.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from psm_course.authoring.problems import shorten
from psm_course.content.region import Region
from psm_course.domain.register import AttendanceMark, Enrolment, Presence
from psm_course.domain.requirement import Session
from psm_course.errors import Refused
from psm_course.interchange.nik import quoted
from psm_course.interchange.people.roster_rows import COLUMNS
from psm_course.interchange.sheets.failed_formulas import say_failed_formulas
from psm_course.interchange.sheets.reading import Note, Remarks, say_what_is_unseen
from psm_course.interchange.sheets.sheets import CellProblem, Sheet, SheetFile, read_sheets
from psm_course.interchange.sheets.tables import (
    Column,
    Columns,
    Table,
    find_tables,
    heading_key,
    missing_columns,
)
from psm_course.interchange.sheets.writing import write_sheet

MEANINGS: Mapping[str, Presence | None] = {
    **dict.fromkeys(("x", "v", "✓", "✔", "√", "hadir", "h", "1", "ya", "true"), "present"),
    **dict.fromkeys(("terlambat", "telat", "t"), "late"),
    **dict.fromkeys(("izin", "ijin", "sakit", "i", "s"), "excused"),
    **dict.fromkeys(
        ("-", "–", "alpa", "alfa", "a", "absen", "tidak", "tidak hadir", "0", "false"), "absent"
    ),
    "": None,
}
_HINT = "tulis x (hadir), t (terlambat), i (izin, juga bila sakit), atau - (tidak hadir)"


@dataclass(frozen=True, slots=True)
class SheetMark:
    """An attendance mark with the address of its cell.

    The mark may correct a mark that is already in the register. Then the address is stored as the
    reason of the correction.
    """

    cell: str
    mark: AttendanceMark


@dataclass(frozen=True, slots=True)
class AttendanceReading:
    """The contents of a filled attendance sheet.

    `marks` are in the order of the sheet. `problems` are cells that must be corrected before the
    marks may be recorded. `notes` tell how unusual cells were understood.
    """

    marks: tuple[SheetMark, ...]
    problems: tuple[CellProblem, ...] = ()
    notes: tuple[Note, ...] = ()


def write_attendance_sheet(
    region: Region,
    path: Path,
    people: Iterable[Enrolment],
    sessions: Sequence[Session],
    marks: Iterable[Sequence[str]],
    dates: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Write an attendance sheet for trainers to fill in.

    Args:
        region: the region of the course.
        path: the file to write.
        people: the participants, one row each.
        sessions: the sessions, one column each.
        marks: for each person the texts of the session cells, in order; empty texts for a blank
            sheet.
        dates: date of each session in words, by session id. The dates are printed in the headings;
            `read_attendance_sheet` ignores them.
    """
    dated = [
        _dated(heading, dates.get(session.id, ""))
        for heading, session in zip(session_headings(sessions), sessions, strict=True)
    ]
    header = ["Nomor peserta", "Nama", "Kelurahan", *dated]
    rows = (
        [person.number, person.name, str(region.home(person.kelurahan)), *cells]
        for person, cells in zip(people, marks, strict=True)
    )
    write_sheet(path, "Kehadiran", header, rows, [14, 32, 24, *[16] * len(sessions)])


def _dated(heading: str, on: str) -> str:
    """Add a date inside the brackets of a heading: `PPKS (3 JP, 24 November 2026)`."""
    return f"{heading.removesuffix(')')}, {on})" if on else heading


def session_headings(sessions: Sequence[Session]) -> list[str]:
    """Return the heading of each session: its title with its JP.

    A session whose title is not unique is named by its id instead.
    """
    titles = Counter(heading_key(session.title) for session in sessions)
    return [
        f"{s.title if titles[heading_key(s.title)] == 1 else s.id} ({s.hours} JP)" for s in sessions
    ]


def read_attendance_sheet(
    source: Path | SheetFile, sessions: Sequence[Session], known: Set[str]
) -> AttendanceReading:
    """Read the marks on a filled sheet. Empty cells give no mark.

    Args:
        source: the sheet.
        sessions: the sessions of the cohort, by which columns are recognised.
        known: participant numbers of the cohort.

    Raises:
        Refused: the file cannot be read, or has no list with participant numbers and at least one
            session.
    """
    file = source if isinstance(source, SheetFile) else SheetFile.at(source)
    remarks = Remarks()
    tables = _find(file, sessions, remarks)
    for table in tables:
        _say_doubtful_columns(table, sessions, remarks)
    marks = [
        mark
        for table in tables
        for row in _people(table, known, remarks)
        for mark in _marks(table, row, sessions, remarks)
    ]
    _say_missing(tables, sessions, remarks)
    return AttendanceReading(
        tuple(_each_once(marks, remarks)), remarks.problems_in_order(), remarks.notes()
    )


def _find(file: SheetFile, sessions: Sequence[Session], remarks: Remarks) -> list[Table]:
    """Return every list that has a column of participant numbers and a column of a session.

    A file may have one list per day, on separate sheets or beside each other.

    Raises:
        Refused: the file has no such list.
    """
    columns = {"number": COLUMNS["number"]} | {
        session.id: Column(heading, f"(?:hadir)?{heading_key(session.id)}")
        for session, heading in zip(sessions, session_headings(sessions), strict=True)
    }
    sheets = read_sheets(file)
    found = {sheet.name: _lists(sheet, columns, named=False) for sheet in sheets}
    holding = [sheet for sheet in sheets if found[sheet.name]]
    if not holding:
        numbered = any(find_tables(sheet, columns, ("number",)) for sheet in sheets)
        wanted = (sessions[0].id,) if numbered else ("number", sessions[0].id)
        missing = missing_columns(sheets, columns, wanted) or [columns[wanted[-1]].title]
        raise Refused(
            f"{file.name}: tidak ada kolom {' dan '.join(missing)}. Tulis judul kolom itu di satu"
            " baris, lalu ulangi."
        )
    for sheet in holding:
        if sheet.is_hidden:
            remarks.problem(
                f"{sheet.name}!A1",
                "lembar daftar hadir ini tersembunyi; tampilkan atau hapus lembarnya, lalu ulangi",
            )
    say_what_is_unseen(holding, remarks)
    return [
        table
        for sheet in holding
        for table in (_lists(sheet, columns, named=True) if len(holding) > 1 else found[sheet.name])
    ]


def _lists(sheet: Sheet, columns: Columns, named: bool) -> list[Table]:
    # Numbers alone are a roster; only a session makes it a list of attendance.
    return [
        table for table in find_tables(sheet, columns, ("number",), named) if len(table.columns) > 1
    ]


def _say_doubtful_columns(table: Table, sessions: Sequence[Session], remarks: Remarks) -> None:
    """Report the columns of a list in which the program cannot know which marks are right.

    These are two columns for one session, hidden columns, and columns with formulas without a
    result.
    """
    headed = dict(
        zip((session.id for session in sessions), session_headings(sessions), strict=True)
    )
    for index, heading in table.others.items():
        if any(
            name in table.columns and heading_key(headed[name]) == heading_key(heading)
            for name in headed
        ):
            remarks.problem(
                table.address(-1, index),
                f"sesi {shorten(heading)} ada dua kali di daftar ini; hapus salah satu kolomnya",
            )
    for name, index in table.columns.items():
        if index in table.appearance.hidden_columns and any(
            table.value(row, name) for row in range(len(table.rows))
        ):
            remarks.problem(
                table.address(-1, index),
                "kolom ini tersembunyi; tampilkan dan periksa, atau hapus kolomnya, lalu ulangi",
            )
    say_failed_formulas(table, table.columns, remarks)


def _people(table: Table, known: Set[str], remarks: Remarks) -> list[int]:
    """Return the indices of the rows with people of this cohort.

    If a person has several rows in the list, only the first is returned; each later row is a
    problem. Rows of anybody else are problems if they have marks, so that no mark is lost silently.
    """
    first: dict[str, str] = {}
    people = []
    for row in range(len(table.rows)):
        number, cell = table.value(row, "number"), table.cell(row, "number")
        if COLUMNS["number"].is_called(heading_key(number)):
            continue
        if not number:
            if _is_marked_by_hand(table, row):
                remarks.problem(
                    cell,
                    "baris ini berisi tanda hadir tetapi tanpa nomor peserta; isi nomornya, atau"
                    " kosongkan tandanya",
                )
        elif number not in known:
            # A row without marks may be a total or a signature;
            # with marks, somebody's presence would be lost.
            if _has_marks(table, row):
                remarks.problem(cell, f"nomor {quoted(number)} tidak ada di angkatan ini")
            else:
                remarks.note(cell, f"bukan peserta, jadi dilewati: {quoted(number)}")
        elif number in first:
            remarks.problem(
                cell, f'nomor "{number}" sudah ada di {first[number]}; hapus satu barisnya'
            )
        else:
            first[number] = cell
            people.append(row)
    _say_left_out(table, [row for row in people if _has_marks(table, row)], remarks)
    return people


def _has_marks(table: Table, row: int) -> bool:
    return any(table.value(row, column) for column in table.columns if column != "number")


def _is_marked_by_hand(table: Table, row: int) -> bool:
    """True if a row without participant number has a name and marks: somebody was added by hand.

    False for a row of totals below the people, because it has figures instead of marks.
    """
    marks = [table.value(row, column).casefold() for column in table.columns if column != "number"]
    words = [
        cell
        for index, cell in enumerate(table.rows[row])
        if index not in table.columns.values() and any(map(str.isalpha, cell))
    ]
    return bool(words) and any(MEANINGS.get(mark) and not mark.isdigit() for mark in marks)


def _say_left_out(table: Table, people: Sequence[int], remarks: Remarks) -> None:
    """Report hidden or crossed-out rows with marks.

    The row of a person may be hidden or crossed out by mistake, so only the sender knows if the
    marks in the row count.
    """
    for rows, how, remedy in (
        (
            [row for row in people if table.is_hidden(row)],
            "tersembunyi, mungkin oleh saringan (filter)",
            "tampilkan atau hapus",
        ),
        (
            [row for row in people if _is_struck_off(table, row)],
            "dicoret",
            "hapus barisnya atau coretannya",
        ),
    ):
        if rows:
            more = f" (juga {len(rows) - 1} baris lain)" if len(rows) > 1 else ""
            remarks.problem(
                table.cell(rows[0], "number"), f"baris ini {how}{more}; {remedy}, lalu ulangi"
            )


def _is_struck_off(table: Table, row: int) -> bool:
    """True if the name or another cell of the row is crossed out; attendance marks are ignored."""
    marks = {index for column, index in table.columns.items() if column != "number"}
    return any(
        table.place(row, index) in table.appearance.struck
        for index in range(len(table.rows[row]))
        if index not in marks
    )


def _each_once(marks: Iterable[SheetMark], remarks: Remarks) -> Iterator[SheetMark]:
    """Yield the first mark for each person and session.

    Two lists may both have a mark for the same person and session. If the second mark differs from
    the first, a problem is reported.
    """
    first: dict[tuple[str, str], SheetMark] = {}
    for each in marks:
        before = first.setdefault((each.mark.number, each.mark.session), each)
        if before is each:
            yield each
        elif before.mark.presence != each.mark.presence:
            remarks.problem(
                each.cell,
                f"{each.mark.number} di sesi yang sama ditulis lain di {before.cell}; samakan, lalu"
                " ulangi",
            )


def _marks(
    table: Table, row: int, sessions: Sequence[Session], remarks: Remarks
) -> list[SheetMark]:
    marks = []
    for session in [session.id for session in sessions if session.id in table.columns]:
        written = " ".join(table.value(row, session).casefold().split())
        cell = table.cell(row, session)
        meaning = MEANINGS.get(written) or MEANINGS.get(written.rstrip("."))
        if written and (table.is_struck(row, session) or table.is_partly_struck(row, session)):
            remarks.problem(cell, f"tanda ini dicoret; kosongkan, atau {_HINT}")
        elif meaning:
            marks.append(
                SheetMark(cell, AttendanceMark(table.value(row, "number"), session, meaning))
            )
        elif written:
            remarks.problem(
                cell, f"{quoted(table.value(row, session), 20)} tidak dimengerti; {_HINT}"
            )
    return marks


def _say_missing(tables: Sequence[Table], sessions: Sequence[Session], remarks: Remarks) -> None:
    there = {column for table in tables for column in table.columns}
    missing = [
        heading
        for s, heading in zip(sessions, session_headings(sessions), strict=True)
        if s.id not in there
    ]
    if missing:
        remarks.note("", f"tidak ada di lembar ini, jadi tidak berubah: {', '.join(missing)}")
