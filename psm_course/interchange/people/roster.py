"""Reads the roster sheet, the list of people in a cohort.

`roster_rows.py` reads the rows; `same_people.py` finds duplicates.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from psm_course.authoring.problems import shorten
from psm_course.content.region import Region
from psm_course.domain.register import Enrolment
from psm_course.errors import Refused
from psm_course.interchange.nik import is_nik_heading
from psm_course.interchange.people.doubtful_cells import settle_columns
from psm_course.interchange.people.known_people import LookUp, ask_who_is_known
from psm_course.interchange.people.roster_rows import (
    COLUMNS,
    NEEDED,
    RosterRow,
    read_people,
    without_serial_numbers,
)
from psm_course.interchange.people.same_people import tell_apart
from psm_course.interchange.people.which_lists import (
    ask_about_unread_sheets,
    choose_lists,
    choose_sheets,
)
from psm_course.interchange.register_sheet import is_ours
from psm_course.interchange.sheets.reading import Remarks, SheetRemarks, say_what_is_unseen
from psm_course.interchange.sheets.sheets import SheetFile, read_sheets
from psm_course.interchange.sheets.tables import Table, find_tables, missing_columns
from psm_course.interchange.sheets.writing import write_sheet

MOST_PEOPLE = 5_000


@dataclass(frozen=True, slots=True)
class RosterReading(SheetRemarks):
    """The contents of a roster sheet: its people in order, with problems, questions and notes.

    When all `questions` are answered, the sheet is read again with the answers. New questions are
    then only about people who were unclear before. Example: an answer said that a hidden row must
    be read, and the person in this row may be enrolled already.
    """

    rows: tuple[RosterRow, ...]


def read_roster(
    region: Region,
    source: Path | SheetFile,
    answers: Mapping[str, str] | None = None,
    enrolled: Sequence[Enrolment] | None = None,
    known: LookUp | None = None,
    year: int | None = None,
) -> RosterReading:
    """Read a roster.

    Args:
        region: the region of the kelurahan on the sheet.
        source: the sheet.
        answers: the sender's answers so far, by question id.
        enrolled: the people already in the cohort; None if unknown.
        known: finds people of other cohorts; None: other cohorts are not searched.
        year: year of the course, to check birth years; None: every birth year is accepted.

    Raises:
        Refused: the file cannot be read, has no roster, or has too many people. Every other
            problem is in the result, with the address of its cell.
    """
    file = source if isinstance(source, SheetFile) else SheetFile.at(source)
    remarks = Remarks(answers or {})
    people = [
        person
        for table in _tables(region, file, remarks)
        for person in read_people(region, table, remarks, year)
    ]
    if len(people) > MOST_PEOPLE:
        # Every two people of a kelurahan are compared, so a wrong file would take minutes.
        raise Refused(
            f"{file.name}: lebih dari {MOST_PEOPLE:,} orang".replace(",", ".")
            + ". Pastikan ini daftar satu angkatan saja."
        )
    rows = ask_who_is_known(region, tell_apart(people, enrolled, remarks), known, remarks)
    return RosterReading(
        tuple(rows),
        problems=remarks.problems_in_order(),
        questions=tuple(remarks.questions),
        notes=remarks.notes(),
    )


def _tables(region: Region, file: SheetFile, remarks: Remarks) -> Iterable[Table]:
    """Return the lists to read.

    They are the lists of the only sheet with a roster, or of the sheets that the sender chose.
    """
    sheets = read_sheets(file)
    found = {
        sheet.name: find_tables(sheet, COLUMNS, NEEDED, named=len(sheets) > 1) for sheet in sheets
    }
    holding = [sheet for sheet in sheets if found[sheet.name]]
    if not holding:
        missing = missing_columns(sheets, COLUMNS, NEEDED) or [
            COLUMNS[column].title for column in NEEDED
        ]
        raise Refused(
            f"{file.name}: tidak ada kolom {' dan '.join(missing)}. Tulis judul kolom itu di satu"
            " baris, lalu ulangi."
        )
    ask_about_unread_sheets(region, [sheet for sheet in sheets if not found[sheet.name]], remarks)
    chosen = choose_sheets(holding, remarks)
    if len(holding) == 1 and len(sheets) > 1:
        # With one sheet to read, messages need no sheet name before a cell.
        found[holding[0].name] = find_tables(holding[0], COLUMNS, NEEDED)
    tables = [choose_lists(found[sheet.name], sheet, remarks) for sheet in chosen]
    say_what_is_unseen(chosen, remarks)
    settled = [
        settle_columns(region, without_serial_numbers(table), COLUMNS, NEEDED, remarks)
        for of_sheet in tables
        for table in of_sheet
    ]
    for table in settled:
        _say_ignored(table, remarks)
    return settled


def _say_ignored(table: Table, remarks: Remarks) -> None:
    headings = {
        i: heading
        for i, heading in table.others.items()
        if not is_nik_heading(heading) and not is_ours(heading)
    }
    if headings:
        names = ", ".join(shorten(heading) for heading in headings.values())
        remarks.note(
            table.address(-1, min(headings)),
            f"kolom yang tidak diperlukan dan tidak disimpan: {names}",
        )


def write_roster(region: Region, path: Path, people: Iterable[Enrolment]) -> None:
    """Write the roster in our form; `read_roster` reads the same people from it, without questions.

    Sex and birth year are not written.
    """
    header = [
        COLUMNS[column].title for column in ("number", "name", "kelurahan", "kecamatan", "phone")
    ]
    homes = ((person, region.home(person.kelurahan)) for person in people)
    rows = (
        [person.number, person.name, home.name, home.kecamatan, person.phone or ""]
        for person, home in homes
    )
    write_sheet(path, "Peserta", header, rows, [14, 32, 24, 18, 16])
