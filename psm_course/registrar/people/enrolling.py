"""Enrol people in a cohort from a roster (a sheet), and write the cohort's people as a roster.

Functions for the cohort itself are in `cohorts`; functions for single people are in `one_person`
and `adding`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from psm_course.content.region import Region
from psm_course.domain.register import Cohort, Enrolment, KnownPerson
from psm_course.errors import Refused
from psm_course.interchange.people.names import plain_key
from psm_course.interchange.people.roster import RosterReading, read_roster, write_roster
from psm_course.interchange.people.roster_rows import RosterRow
from psm_course.interchange.people.same_people import number_taken
from psm_course.interchange.sheets.reading import Note, SheetRemarks
from psm_course.interchange.sheets.sheets import CellProblem, SheetFile
from psm_course.registrar.archive import refuse_archived
from psm_course.registrar.people.certified import certificate_remarks
from psm_course.registrar.people.leaving import those_who_left
from psm_course.store import audit
from psm_course.store.audit import Deed
from psm_course.store.engine import Connection, Store
from psm_course.store.people import cohorts, people, persons


@dataclass(frozen=True, slots=True)
class Changed:
    """An enrolled person whom a roster changes.

    `before` is the person as in the register, `after` as in the sheet.
    """

    before: Enrolment
    after: Enrolment


@dataclass(frozen=True, slots=True)
class RosterImport(SheetRemarks):
    """Result of importing a roster: what is changed, or the reasons why nothing is changed.

    If there are `problems` or `questions`, nothing is imported: somebody must correct the problems
    in the sheet, and an officer must answer the questions. `unchanged` is a number of people.
    `readmitted` are the participant numbers of people who withdrew and take part again.
    """

    added: tuple[Enrolment, ...]
    changed: tuple[Changed, ...]
    unchanged: int
    # Of the added: the number of somebody said to be the same person.
    known: Mapping[str, str] = field(default_factory=dict)
    readmitted: tuple[str, ...] = ()


# ---- the roster ----------------------------------------------------------------------------------


def preview_roster(
    store: Store,
    region: Region,
    cohort_id: str,
    sheet: Path | SheetFile,
    answers: Mapping[str, str] | None = None,
) -> RosterImport:
    """Read a roster and return what importing it would do, with problems, questions and notes.

    Nothing is written. `answers` are an officer's answers to earlier questions, by question id.

    Raises:
        Refused: the file is no roster, or has no name in it.
    """
    file = _file(sheet)
    cohort, enrolled = _enrolled(store, cohort_id)
    read = _read(store, region, file, answers, cohort, enrolled)
    return _with_certificates(store, cohort, _plan(cohort, enrolled, read, answers))


def import_roster(
    store: Store,
    region: Region,
    cohort_id: str,
    sheet: Path | SheetFile,
    actor: str,
    now: datetime,
    dry_run: bool = False,
    answers: Mapping[str, str] | None = None,
) -> RosterImport:
    """Enrol everybody on a sheet, all or none; return what was changed.

    People who are enrolled already are updated; they do not get a second number.

    Args:
        store, actor, now: the register, the account that acts and the moment.
        region: the city; only a kelurahan of this city is valid.
        cohort_id: the cohort.
        sheet: the roster.
        dry_run: True: check everything and write nothing.
        answers: an officer's answers, by question id.

    Raises:
        Refused: the file is no roster, something must be corrected or answered first, or the cohort
            is archived.
    """
    file = _file(sheet)
    cohort, seen = _enrolled(store, cohort_id)
    # Outside the transaction: a long sheet keeps nobody waiting who hands in.
    read = _read(store, region, file, answers, cohort, seen)
    with store.reading() if dry_run else store.transaction() as tx:
        enrolled = people.list_enrolments(tx, cohort_id)
        # If somebody enrolled people meanwhile, the sheet must be compared with them too.
        read = read if enrolled == seen else _read(store, region, file, answers, cohort, enrolled)
        planned = _plan(cohort, enrolled, read, answers)
        _refuse_unclear(file, planned)
        if not dry_run:
            refuse_archived(cohorts.get_cohort(tx, cohort_id))
            _keep(tx, planned)
            added, changed = len(planned.added), len(planned.changed)
            audit.note(tx, actor, "roster imported", cohort_id, now, added=added, changed=changed)
            audit.note_all(
                tx,
                [Deed(now, actor, "person readmitted", each, {}) for each in planned.readmitted],
            )
    return _with_certificates(store, cohort, planned)


def _keep(tx: Connection, planned: RosterImport) -> None:
    known = persons.persons_of(tx, set(planned.known.values()))
    same = {number: known[earlier] for number, earlier in planned.known.items()}
    people.add_enrolments(tx, list(planned.added), same)
    people.change_enrolments(tx, [each.after for each in planned.changed])
    for number in planned.readmitted:
        people.set_left(tx, number, None, None)


def _file(sheet: Path | SheetFile) -> SheetFile:
    return sheet if isinstance(sheet, SheetFile) else SheetFile.at(sheet)


def _enrolled(store: Store, cohort_id: str) -> tuple[Cohort, tuple[Enrolment, ...]]:
    with store.reading() as tx:
        return cohorts.get_cohort(tx, cohort_id), people.list_enrolments(tx, cohort_id)


def _read(
    store: Store,
    region: Region,
    file: SheetFile,
    answers: Mapping[str, str] | None,
    cohort: Cohort,
    enrolled: Sequence[Enrolment],
) -> RosterReading:
    """Read a roster, and compare its names with those of people in the register.

    People who were erased are not compared. Refused if the sheet has no name at all.
    """

    def known(near: Collection[tuple[str, str]], phones: Collection[str]) -> Sequence[KnownPerson]:
        with store.reading() as tx:
            return persons.likely_known(tx, cohort.id, near, phones)

    named = [person for person in enrolled if person.name]
    read = read_roster(region, file, answers, named, known, cohort.starts_on.year)
    if not read.rows and read.is_clear:
        raise Refused(f"{file.name}: tidak ada satu nama pun di bawah judul kolom.")
    return read


def _plan(
    cohort: Cohort,
    enrolled: Sequence[Enrolment],
    read: RosterReading,
    answers: Mapping[str, str] | None,
) -> RosterImport:
    """Compute what importing the roster `read` would change; nothing is written.

    `enrolled` are all people of the cohort. People who left stay as they are, unless an officer's
    answer says that they take part again.
    """
    by_number = {person.number: person for person in enrolled}
    new = [row for row in read.rows if not row.number]
    known = [(by_number[row.number], row) for row in read.rows if row.number in by_number]
    here = [(old, row) for old, row in known if old.is_expected]
    left = those_who_left(
        [(old, row.cell) for old, row in known if not old.is_expected], answers or {}
    )
    added = [
        _newcomer(cohort, sequence, row) for sequence, row in enumerate(new, len(enrolled) + 1)
    ]
    updated = [Changed(old, _updated(old, row)) for old, row in here]
    changed = [each for each in updated if each.before != each.after]
    return RosterImport(
        tuple(added),
        tuple(changed),
        len(known) - len(changed) - len(left.back),
        known={
            person.number: row.same_as
            for person, row in zip(added, new, strict=True)
            if row.same_as
        },
        readmitted=left.back,
        problems=(*read.problems, *left.problems, *_lost_names(new, here)),
        questions=(*read.questions, *left.questions),
        notes=(*(note for note in read.notes if note.cell not in left.answered), *left.notes),
    )


def _newcomer(cohort: Cohort, sequence: int, row: RosterRow) -> Enrolment:
    return Enrolment(
        number_in(cohort.id, sequence),
        cohort.id,
        row.name,
        row.kelurahan,
        row.phone or None,
        row.sex,
        row.birth_year,
    )


def _updated(old: Enrolment, row: RosterRow) -> Enrolment:
    """The enrolment with the values of its row in the roster; an empty cell changes nothing."""
    read = old.as_on_roster(row.name, row.kelurahan, row.phone)
    return replace(read, sex=row.sex or old.sex, birth_year=row.birth_year or old.birth_year)


def number_in(cohort_id: str, sequence: int) -> str:
    """Make a participant number, such as `D26-017`.

    `sequence` counts the people of a cohort from 1. The number of a person who leaves is not used
    again.
    """
    return f"{cohort_id}-{sequence:03}"


def _with_certificates(store: Store, cohort: Cohort, planned: RosterImport) -> RosterImport:
    """Add a note to the import for each new person who holds a certificate already."""
    if not planned.known:
        return planned
    with store.reading() as tx:
        said = certificate_remarks(tx, set(planned.known.values()), cohort.course)
    certified = (
        Note("", f"{number} {said[known]}")
        for number, known in planned.known.items()
        if known in said
    )
    return replace(planned, notes=(*planned.notes, *certified))


def _lost_names(
    new: Sequence[RosterRow], known: Sequence[tuple[Enrolment, RosterRow]]
) -> Iterator[CellProblem]:
    """Yield a problem for each row without a number, if its number seems to be in another row.

    An example: D26-001 is Siti in the register. The sheet has the name Ani beside D26-001, and a
    row for Siti without a number. Then the number probably belongs to the row of Siti. `new` are
    rows without a number; `known` are enrolled people, each with their row.
    """
    renamed = {
        _identity(old): (old.number, row.cell)
        for old, row in known
        if _identity(old) != _identity(row)
    }
    yield from (
        CellProblem(row.cell, number_taken(*renamed[_identity(row)]))
        for row in new
        if _identity(row) in renamed
    )


def _identity(person: Enrolment | RosterRow) -> tuple[str, str]:
    return plain_key(person.name), person.kelurahan


def _refuse_unclear(file: SheetFile, planned: RosterImport) -> None:
    if planned.is_clear:
        return
    parts = [f"{file.name}: belum ada yang disimpan."]
    if planned.problems:
        parts += [
            f"{len(planned.problems)} hal perlu diperbaiki:",
            *[f"  {problem}" for problem in planned.problems],
        ]
    if planned.questions:
        first = planned.questions[0]
        parts += [
            f"{len(planned.questions)} hal perlu dijawab:",
            *[f"  {question}" for question in planned.questions],
            f"Jawab saat mengulang, misalnya: --answer {first.id}={first.choices[0].value}",
        ]
    raise Refused("\n".join(parts))


def refuse_cells(
    sheet: Path | SheetFile, problems: Sequence[CellProblem], otherwise: str = ""
) -> None:
    """Refuse a sheet that has problems. The sentence lists all problems, each with its cell.

    `otherwise` is a last sentence, which says what else the officer can do.

    Raises:
        Refused: there is at least one problem.
    """
    if problems:
        lines = [
            f"{sheet.name}: {len(problems)} hal perlu diperbaiki; belum ada yang disimpan.",
            *(f"  {problem}" for problem in problems),
        ]
        raise Refused("\n".join([*lines, otherwise] if otherwise else lines))


# ---- given out again -----------------------------------------------------------------------------


def export_roster(store: Store, region: Region, cohort_id: str, path: Path) -> int:
    """Write the roster of a cohort as .xlsx; returns the number of people on the roster.

    People who were erased or left are not on the roster. Importing this roster again changes
    nothing.

    Raises:
        Refused: the file's name does not end with .xlsx, or there is no such cohort.
    """
    if path.suffix.lower() != ".xlsx":
        raise Refused(f"{path}: nama berkas daftar peserta harus berakhiran .xlsx.")
    named = [
        person for person in _enrolled(store, cohort_id)[1] if person.name and person.is_expected
    ]
    write_roster(region, path, named)
    return len(named)
