"""Opening a cohort and enrolling people in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from psm_course.content.course import Course
from psm_course.errors import Refused
from psm_course.interchange.roster import read_roster
from psm_course.interchange.roster_rows import RosterRow
from psm_course.interchange.same_people import number_taken
from psm_course.interchange.sheets import CellProblem
from psm_course.records.register import Cohort, Enrolment
from psm_course.records.rules import version_of
from psm_course.store import audit, people
from psm_course.store.engine import Store
from psm_course.store.rules import add_adoption

_COHORT_ID = re.compile(r"[A-Za-z0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class RosterImport:
    """What an import did, or in a dry run would do."""

    added: tuple[Enrolment, ...]
    changed: tuple[Enrolment, ...]
    unchanged: int


def open_cohort(
    store: Store, cohort_id: str, title: str, starts_on: date, actor: str, now: datetime, course: Course | None = None
) -> Cohort:
    """Open a new cohort, which adopts the rules of `course.yml` as they are now; without a course at hand it has yet to adopt some.

    Refused when the id is taken or cannot stand in a participant number.
    """
    if not _COHORT_ID.fullmatch(cohort_id):
        raise Refused(f'"{cohort_id}" tidak dapat menjadi kode angkatan. Pakai huruf dan angka saja, paling banyak 12, misalnya D26.')
    new = Cohort(cohort_id, title, starts_on)
    with store.transaction() as tx:
        if people.find_cohort(tx, cohort_id):
            raise Refused(f'Angkatan "{cohort_id}" sudah ada. Pilih kode lain.')
        people.add_cohort(tx, new)
        if course:
            add_adoption(tx, cohort_id, course.file, "angkatan dibuka", actor, now)
        adopting = {"rules": version_of(course.file)} if course else {}
        audit.note(tx, actor, "cohort opened", cohort_id, now, **adopting)
    return new


def import_roster(store: Store, cohort_id: str, sheet: Path, actor: str, now: datetime, dry_run: bool = False) -> RosterImport:
    """Enrol everybody on a sheet; people already enrolled are updated, never doubled. All or nothing."""
    read = read_roster(sheet)
    refuse_cells(sheet, [*read.problems, *[CellProblem(question.id, question.with_choices) for question in read.questions]])
    rows = list(read.rows)
    if not rows:
        raise Refused(f"{sheet.name}: tidak ada satu nama pun di bawah judul kolom.")
    with store.transaction() as tx:
        people.get_cohort(tx, cohort_id)
        planned = _plan(tx, cohort_id, sheet, rows)
        if not dry_run:
            people.add_enrolments(tx, list(planned.added))
            for enrolment in planned.changed:
                people.change_enrolment(tx, enrolment)
            audit.note(tx, actor, "roster imported", cohort_id, now, added=len(planned.added), changed=len(planned.changed))
    return planned


def _plan(tx: Connection, cohort_id: str, sheet: Path, rows: list[RosterRow]) -> RosterImport:
    enrolled = people.list_enrolments(tx, cohort_id)
    by_number = {enrolment.number: enrolment for enrolment in enrolled}
    by_person = {(enrolment.name.casefold(), enrolment.kelurahan): enrolment for enrolment in enrolled}
    refuse_cells(
        sheet, [CellProblem(row.cell, f'nomor peserta "{row.number}" tidak ada') for row in rows if row.number not in {"", *by_number}]
    )
    added: list[Enrolment] = []
    changed: list[Enrolment] = []
    unchanged = 0
    meant: dict[str, str] = {}
    for row in rows:
        known = by_number.get(row.number) or by_person.get((row.name.casefold(), row.kelurahan))
        if known and known.number in meant:
            refuse_cells(sheet, [CellProblem(row.cell, number_taken(known.number, meant[known.number]))])
        if known:
            meant[known.number] = row.cell
        if known is None:
            number = f"{cohort_id}-{len(enrolled) + len(added) + 1:03}"
            added.append(Enrolment(number, cohort_id, row.name, row.kelurahan))
        elif (known.name, known.kelurahan) != (row.name, row.kelurahan):
            changed.append(Enrolment(known.number, cohort_id, row.name, row.kelurahan))
        else:
            unchanged += 1
    return RosterImport(tuple(added), tuple(changed), unchanged)


def refuse_cells(sheet: Path, problems: list[CellProblem]) -> None:
    """Refuse a sheet with every problem at its cell, so that it is mended in one go."""
    if problems:
        listed = "\n".join(f"  {problem}" for problem in problems)
        raise Refused(f"{sheet.name}: {len(problems)} hal perlu diperbaiki; belum ada yang disimpan.\n{listed}")
